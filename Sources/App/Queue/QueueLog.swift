import Core
import Foundation

/// A log of a queue: JSON objects, one a line, in order of time.
public enum QueueLog {
    /// - Parameter path: `-` is standard input.
    /// - Throws: `Failure` with the number of the line and what is wrong with it.
    public static func replay(_ path: String) throws -> QueueReplay {
        var (replay, number, last) = (QueueReplay(), 0, -Double.infinity)
        for line in try lines(of: path) {
            number += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            let entry = try entry(String(line), number)
            guard entry.at >= last else {
                throw Failure("line \(number): “at” is \(entry.at), before the \(last) of an earlier line. Sort the log by time.")
            }
            last = entry.at
            replay.note(try entry.happening(number), at: entry.at)
        }
        return replay
    }

    private static func lines(of path: String) throws -> [Substring] {
        let data = path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        guard let data else { throw Failure("\(path) can't be read. Is it there, and may you read it?") }
        guard let text = String(data: data, encoding: .utf8) else { throw Failure("\(path) is not UTF-8 text.") }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static func entry(_ line: String, _ number: Int) throws -> Entry {
        do { return try JSONDecoder().decode(Entry.self, from: Data(line.utf8)) } catch DecodingError.keyNotFound(let key, _) {
            throw Failure("line \(number): “\(key.stringValue)” is missing.")
        } catch DecodingError.typeMismatch(_, let context) {
            throw Failure("line \(number): “\(context.codingPath.last?.stringValue ?? "the line")” is of the wrong kind. \(Entry.example)")
        } catch { throw Failure("line \(number) is not a JSON object. \(Entry.example)") }
    }

    private struct Entry: Decodable {
        let at: Double
        let event: String
        let conversation: String?
        let agent: String?
        let capacity: Int?

        static let example = #"A line looks like this: {"at": 12.5, "event": "arrive", "conversation": "c1"}"#

        func happening(_ number: Int) throws -> Queue.Event {
            guard at.isFinite else { throw Failure("line \(number): “at” is a number of seconds.") }
            switch event {
            case "agent_on":
                let count = try named(capacity, "capacity", number)
                guard (0...1_000).contains(count) else { throw Failure("line \(number): “capacity” is a number from 0 to 1000.") }
                return .agentOn(try named(agent, "agent", number), capacity: count)
            case "agent_off": return .agentOff(try named(agent, "agent", number))
            case "arrive": return .arrive(try named(conversation, "conversation", number))
            case "start": return .start(try named(conversation, "conversation", number), agent: try named(agent, "agent", number))
            case "end": return .end(try named(conversation, "conversation", number))
            case "leave": return .leave(try named(conversation, "conversation", number))
            default:
                throw Failure("line \(number): “event” is “\(event)”. Known: agent_on, agent_off, arrive, start, end, leave.")
            }
        }

        private func named<Thing>(_ thing: Thing?, _ field: String, _ number: Int) throws -> Thing {
            guard let thing else { throw Failure("line \(number): “\(field)” is missing; “\(event)” needs it.") }
            return thing
        }
    }
}
