import CPostgres
import Foundation
import Logging
import Synchronization

/// Calls by LISTEN and NOTIFY on a connection of its own: calls that come while one notification is on its way go together in the next,
/// so their number does not grow with the messages.
///
/// Unchecked, because the connection is touched by its own thread only.
final class PostgresExchange: Exchange, @unchecked Sendable {
    private struct Desk {
        var calls: [String] = []
        var listener: (@Sendable (String?) -> Void)?
        var isClosed = false
    }

    private static let channel = "moro"
    /// More than this waiting, while the database is away, is worth nothing when it is back.
    private static let mostCalls = 10_000

    private let door: PostgresDoor
    private let desk = Mutex(Desk())
    private let bell: (read: Int32, write: Int32)
    private let logger = Logger(label: "moro.nodes")

    init(_ door: PostgresDoor) {
        self.door = door
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        bell = (ends[0], ends[1])
    }

    deinit {
        Foundation.close(bell.read)
        Foundation.close(bell.write)
    }

    func call(_ line: String) {
        guard line.utf8.count <= longestCall else { return }
        let isFirst = desk.withLock { desk in
            if desk.calls.count >= Self.mostCalls { desk.calls.removeAll() }
            desk.calls.append(line)
            return desk.calls.count == 1
        }
        if isFirst { ring() }
    }

    /// The connection is opened when there is somebody to hear.
    func hear(_ listener: @escaping @Sendable (String?) -> Void) {
        let isFirst = desk.withLock { desk in
            defer { desk.listener = listener }
            return desk.listener == nil
        }
        guard isFirst else { return }
        let thread = Thread { self.run() }
        thread.name = "moro.nodes"
        thread.start()
    }

    func close() {
        desk.withLock { $0.isClosed = true }
        ring()
    }

    private var isClosed: Bool { desk.withLock { $0.isClosed } }

    private func ring() {
        var byte: UInt8 = 0
        write(bell.write, &byte, 1)
    }

    private func run() {
        var pause = 0.1
        while !isClosed {
            do {
                let handle = try door.connect()
                defer { PQfinish(handle) }
                try execute("LISTEN \(Self.channel)", [], on: handle)
                // A call may be lost, so nobody waits for the disk with it; all who call would wait one after the other.
                try execute("SET synchronous_commit = off", [], on: handle)
                pause = 0.1
                tell(nil)
                while !isClosed { try exchange(on: handle) }
            } catch {
                if isClosed { return }
                logger.warning("other nodes can't be heard; what they write is found in the log", metadata: ["error": "\(error)"])
                Thread.sleep(forTimeInterval: pause)
                pause = min(pause * 2, 5)
            }
        }
    }

    /// Waits until somebody calls here or elsewhere, passes on both.
    private func exchange(on handle: OpaquePointer) throws {
        var watched = [
            pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0), pollfd(fd: bell.read, events: Int16(POLLIN), revents: 0),
        ]
        poll(&watched, 2, 1_000)
        if watched[1].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 64)
            while read(bell.read, &bytes, bytes.count) > 0 {}
        }
        for payload in payloads(takeCalls()) { try execute("SELECT pg_notify($1, $2)", [Self.channel, payload], on: handle) }
        guard PQconsumeInput(handle) == 1 else { throw ConnectionLost(handle) }
        hearAll(on: handle)
    }

    private func takeCalls() -> [String] {
        desk.withLock { desk in
            defer { desk.calls = [] }
            return desk.calls
        }
    }

    private func payloads(_ calls: [String]) -> [String] {
        calls.reduce(into: []) { payloads, call in
            if let last = payloads.last, last.utf8.count + call.utf8.count < longestCall {
                payloads[payloads.count - 1] = last + "\n" + call
            } else {
                payloads.append(call)
            }
        }
    }

    private func hearAll(on handle: OpaquePointer) {
        let own = PQbackendPID(handle)
        while let notice = PQnotifies(handle) {
            defer { PQfreemem(notice) }
            guard notice.pointee.be_pid != own else { continue }
            for line in String(cString: notice.pointee.extra).split(separator: "\n") { tell(String(line)) }
        }
    }

    private func tell(_ line: String?) { desk.withLock { $0.listener }?(line) }

    private func execute(_ sql: String, _ values: [String], on handle: OpaquePointer) throws {
        let texts = values.map { strdup($0) }
        defer { for text in texts { free(text) } }
        let result = texts.map { UnsafePointer($0) }.withUnsafeBufferPointer {
            PQexecParams(handle, sql, Int32(values.count), nil, $0.baseAddress, nil, nil, 0)
        }
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else { throw ConnectionLost(handle) }
    }
}
