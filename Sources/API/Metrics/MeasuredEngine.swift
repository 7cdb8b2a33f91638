import Storage

/// A database whose commits are counted and timed.
public struct MeasuredEngine: Engine {
    private let engine: any Engine
    private let meter: Meter

    public init(_ engine: any Engine, meter: Meter) {
        self.engine = engine
        self.meter = meter
    }

    public var dialect: Dialect { engine.dialect }
    public var exchange: (any Exchange)? { engine.exchange }

    public func commit(_ work: [(any Connection) -> Bool]) throws {
        let begun = ContinuousClock.now
        do { try engine.commit(work) } catch {
            meter.commitFailed()
            throw error
        }
        meter.committed(work.count, in: .now - begun)
    }

    public func read<Answer: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Answer) async throws -> Answer {
        try await engine.read(body)
    }

    public func close() throws { try engine.close() }
}
