@testable import API
import Core
import Storage
import TestSupport
import Testing

/// What Prometheus reads, and who may.
@Suite("Metrics", .timeLimit(.minutes(4)))
struct MetricsTests {
    @Test("sockets, answers, events and jobs are counted as they come and go")
    func counted() async throws {
        try await Shop.open { shop in
            let before = try await shop.metrics()
            #expect(before["moro_sockets{listener=\"visitor\"}"] == 0 && before["moro_sockets{listener=\"agent\"}"] == 0)
            let liisa = try await shop.visitor()
            let ears = [
                try await shop.listen(liisa), try await shop.listen(liisa), try await shop.listen(try await shop.agent()),
            ]
            _ = try await shop.ask("POST", "/conversations", liisa, ["clientId": "1", "text": "Moi"])
            _ = try await shop.ask("GET", "/me")
            try await shop.house.store.write { tx in
                try tx.schedule(.wake, "x", at: tx.now, of: Loylymaki.workspace.id)
                try tx.schedule(.wake, "y", at: tx.now, of: Loylymaki.workspace.id)
                for job in try tx.takeJobs(limit: 1) { try tx.retry(job, after: Refusal.notSignedIn) }
            }
            let after = try await shop.metrics()
            #expect(after["moro_sockets{listener=\"visitor\"}"] == 2 && after["moro_sockets{listener=\"agent\"}"] == 1)
            let answered = { (status: String) in
                (after["moro_http_requests_total{status=\"\(status)\"}"] ?? 0)
                    - (before["moro_http_requests_total{status=\"\(status)\"}"] ?? 0)
            }
            #expect(answered("1xx") == 3 && answered("2xx") == 2 && answered("4xx") == 1 && answered("5xx") == 0)
            #expect(after["moro_events_total"] == Double(try await shop.head()))
            #expect(after["moro_jobs_waiting"] == 2 && after["moro_jobs_failing"] == 1)
            for ear in ears { try await ear.leave() }
        }
    }

    @Test("a commit is counted with its writes, and one that fails as failed")
    func commits() async throws {
        let meter = Meter()
        let store = try Store(MeasuredEngine(SQLiteEngine(), meter: meter), world: .fixed(Clock()))
        let founding = meter.counts.commitWrites
        for number in 1...3 { try await store.write { try $0.insert(Workspace(id: ID("w\(number)"), name: "Löyly")) } }
        #expect(meter.counts.commitWrites.sum - founding.sum == 3)
        #expect(meter.counts.commitSeconds.counts.reduce(0, +) == meter.counts.commitWrites.counts.reduce(0, +))
        #expect(meter.counts.failedCommits == 0)
        #expect(throws: FullDisk.Full.self) { try MeasuredEngine(FullDisk(), meter: meter).commit([]) }
        #expect(meter.counts.failedCommits == 1 && meter.counts.commitWrites.sum - founding.sum == 3)
    }

    @Test("every line is as the format has it, and every number has its meaning and kind")
    func format() async throws {
        try await Shop.open { shop in
            let answer = try await shop.page("/metrics")
            #expect(answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
            var told: Set<Substring> = []
            for line in answer.text.split(separator: "\n") {
                if let head = line.wholeMatch(of: /# (HELP|TYPE) ([a-z_]+) .+/) {
                    told.insert(head.2)
                } else {
                    let sample = try #require(
                        line.wholeMatch(of: /([a-z_]+?)(_bucket|_sum|_count)?(\{[a-z]+="[^"]+"\})? [0-9.e+-]+/), "\(line)")
                    #expect(told.contains(sample.1), "\(line)")
                }
            }
            #expect(answer.text.hasSuffix("\n") && told.count > 8)
        }
    }

    @Test("nobody else learns that it is there: not from afar, not through a proxy")
    func readers() async throws {
        let forwarded = ["X-Forwarded-For": "192.0.2.7"]
        for trusts in [true, false] {
            try await Shop.open(trusts: { trusts && $0 == "127.0.0.1" }) { shop in
                #expect(try await shop.page("/metrics").status == 200)
                let refused = try await shop.page("/metrics", headers: forwarded)
                refused.expectProblem("forwarded")
                #expect(refused.status == 404)
                #expect(try await shop.page("/metrics", headers: ["X-Forwarded-For": "127.0.0.1, 192.0.2.7"]).status == 404)
            }
        }
    }
}

private struct FullDisk: Engine {
    struct Full: Error {}

    let dialect = Dialect.sqlite
    func commit(_ work: [(any Connection) -> Bool]) throws { throw Full() }
    func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer { throw Full() }
    func close() throws {}
}

extension Shop {
    fileprivate func metrics() async throws -> [String: Double] {
        let lines = try await page("/metrics").text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        return Dictionary(lines.map { $0.split(separator: " ") }.map { (String($0[0]), Double($0[1]) ?? .nan) }) { _, last in last }
    }
}
