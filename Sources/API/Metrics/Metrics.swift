import Core
import Hummingbird
import Storage

/// The numbers of this Moro for Prometheus, as text (version 0.0.4).
struct Metrics {
    private(set) var text = ""

    mutating func gauge(_ name: String, _ help: String, _ value: Double) { add(name, "gauge", help, [("", value)]) }
    mutating func gauge(_ name: String, _ help: String, by label: String, _ values: [(String, Double)]) {
        add(name, "gauge", help, values.map { ("{\(label)=\"\($0)\"}", $1) })
    }

    mutating func counter(_ name: String, _ help: String, _ value: Double) { add(name, "counter", help, [("", value)]) }
    mutating func counter(_ name: String, _ help: String, by label: String, _ values: [(String, Double)]) {
        add(name, "counter", help, values.map { ("{\(label)=\"\($0)\"}", $1) })
    }

    mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
        var (lines, sum) = ([(String, Double)](), 0)
        for (bound, count) in zip(histogram.bounds.map { "\(Self.plain($0))" } + ["+Inf"], histogram.counts) {
            sum += count
            lines.append(("_bucket{le=\"\(bound)\"}", Double(sum)))
        }
        add(name, "histogram", help, lines + [("_sum", histogram.sum), ("_count", Double(sum))])
    }

    private mutating func add(_ name: String, _ type: String, _ help: String, _ lines: [(String, Double)]) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        for (label, value) in lines { text += "\(name)\(label) \(Self.plain(value))\n" }
    }

    /// Whole numbers without a point.
    private static func plain(_ number: Double) -> String { Int64(exactly: number).map { "\($0)" } ?? "\(number)" }
}

extension House {
    /// To be read by those whom the setting `metrics` names; nobody else learns that it is there.
    func metrics(_ request: Request, _ context: MoroContext) async throws -> Response {
        guard !isForwardedByStranger(request, context), configuration.readsMetrics(address(of: request, context)) else {
            throw Refusal.notFound("page")
        }
        let text = try await metricsText()
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private func metricsText() async throws -> String {
        var (metrics, counts) = (Metrics(), meter.counts)
        metrics.gauge(
            "moro_sockets", "Connected sockets.", by: "listener",
            Meter.Listeners.allCases.map { ($0.rawValue, Double(counts.sockets[$0] ?? 0)) })
        for status in ["2xx", "3xx", "4xx", "5xx"] { counts.requests[status, default: 0] += 0 }
        metrics.counter(
            "moro_http_requests_total", "Answered requests, by status.", by: "status",
            counts.requests.sorted { $0.key < $1.key }.map { ($0.key, Double($0.value)) })
        metrics.histogram("moro_commit_seconds", "How long a commit took until it was on disk.", counts.commitSeconds)
        metrics.histogram("moro_commit_writes", "How many writes went into one commit.", counts.commitWrites)
        metrics.counter("moro_commits_failed_total", "Commits that failed; nothing of them is stored.", Double(counts.failedCommits))
        try await addStored(to: &metrics)
        addProcess(to: &metrics)
        return metrics.text
    }

    private func addStored(to metrics: inout Metrics) async throws {
        let (events, jobs) = try await store.read { tx in
            (try tx.workspaces().reduce(0) { try $0 + tx.head(of: $1.id) }, try tx.jobCounts())
        }
        metrics.counter("moro_events_total", "Events in the log, of all times.", Double(events))
        metrics.gauge("moro_jobs_waiting", "Jobs on the list, due or not yet.", Double(jobs.waiting))
        metrics.gauge("moro_jobs_failing", "Jobs that have failed and are being tried again.", Double(jobs.failing))
    }

    private func addProcess(to metrics: inout Metrics) {
        metrics.gauge("process_start_time_seconds", "When this process began, since 1970.", meter.startedAt.timeIntervalSince1970)
        if let seconds = ProcessFacts.processorSeconds {
            metrics.counter("process_cpu_seconds_total", "Processor time.", seconds)
        }
        if let bytes = ProcessFacts.memory { metrics.gauge("process_resident_memory_bytes", "Memory in use.", Double(bytes)) }
        if let files = ProcessFacts.openFiles { metrics.gauge("process_open_fds", "Open files and sockets.", Double(files)) }
    }
}

/// Counts every answer.
struct CountingMiddleware: RouterMiddleware {
    let meter: Meter

    func handle(
        _ request: Request, context: MoroContext, next: (Request, MoroContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        meter.answered(response.status.code)
        return response
    }
}
