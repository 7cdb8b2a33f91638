import Foundation
import Testing

@Suite("Replaying a queue's log")
struct QueueCommandTests {
    let place: Place

    init() throws { place = try Place.underTest() }

    @Test("What was promised and what came of it, in facts")
    func facts() throws {
        var lines = [#"{"at": 0, "event": "agent_on", "agent": "maija", "capacity": 1}"#]
        for number in 0..<12 {
            let time = number * 100
            lines.append(#"{"at": \#(time), "event": "arrive", "conversation": "c\#(number)"}"#)
            lines.append(#"{"at": \#(time), "event": "start", "conversation": "c\#(number)", "agent": "maija"}"#)
            lines.append(#"{"at": \#(time + 100), "event": "end", "conversation": "c\#(number)"}"#)
        }
        lines += [
            #"{"at": 1200, "event": "start", "conversation": "x", "agent": "maija"}"#, "",
            #"{"at": 1250.5, "event": "arrive", "conversation": "y"}"#, #"{"at": 1300, "event": "end", "conversation": "x"}"#,
            #"{"at": 1300, "event": "start", "conversation": "y", "agent": "maija"}"#,
        ]
        let file = try place.file("queue.jsonl", lines.joined(separator: "\n"))
        let replay = try Command.moro(["queue", "replay", file, "--json"])
        #expect(replay.status == 0, "\(replay.complaint)")
        #expect(try replay.fact("promised") == 1)
        #expect(try replay.fact("held_share") == 1.0)
        #expect(try replay.fact("median_upper_s") == 49.5)
        #expect(try replay.fact("median_wait_s") == 49.5)
        #expect(try replay.fact("no_estimate_share") == 0.0)
        let table = try Command.moro(["queue", "replay", file]).output
        #expect(table.contains("1 promised, 100.0 % held"))
    }

    @Test(
        "A wrong line is named with its number, the field and the remedy",
        arguments: [
            (#"{"at": 1}"#, "line 2: “event” is missing."), (#"{"at": "x", "event": "end"}"#, "line 2: “at” is of the wrong kind."),
            (#"{"at": 1, "event": "fly"}"#, "line 2: “event” is “fly”. Known: agent_on"),
            (#"{"at": 1, "event": "start", "conversation": "a"}"#, "line 2: “agent” is missing; “start” needs it."),
            (#"{"at": -1, "event": "agent_off", "agent": "a"}"#, "line 2: “at” is -1.0, before the 0.0 of an earlier line."),
            ("nonsense", "line 2 is not a JSON object."),
            (#"{"at": 1, "event": "agent_on", "agent": "a", "capacity": -1}"#, "line 2: “capacity” is a number from 0 to 1000."),
        ])
    func wrongLine(line: String, complaint: String) throws {
        let file = try place.file("queue.jsonl", #"{"at": 0, "event": "arrive", "conversation": "c"}"# + "\n" + line)
        let replay = try Command.moro(["queue", "replay", file, "--json"])
        #expect(replay.status == 1)
        #expect(replay.complaint.hasPrefix("moro: " + complaint), "\(replay.complaint)")
    }

    @Test("A log that is not there is said to be missing")
    func missing() throws {
        let replay = try Command.moro(["queue", "replay", "nowhere.jsonl"])
        #expect(replay.status == 1 && replay.complaint.contains("nowhere.jsonl can't be read"))
    }
}
