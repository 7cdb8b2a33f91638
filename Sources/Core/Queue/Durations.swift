import Foundation

/// How long something takes, learned from how long it took lately, and from how long what is not over has taken already.
///
/// The product-limit estimator (Kaplan and Meier, 1958): what is still going on counts as longer than now. Without it an hour in which
/// nothing ends would look like one in which everything ends soon.
struct Durations: Sendable {
    /// Ascending, each with the share that lasts longer.
    private let steps: [(value: Double, beyond: Double)]
    /// Of what ended; what outlasts everything known goes on for as long again.
    private let mean: Double
    let count: Int

    /// - Parameters:
    ///   - ended: how long each took.
    ///   - running: how long each that is not over has taken.
    init(ended: [Double], running: [Double]) {
        count = ended.count
        mean = ended.isEmpty ? 0 : ended.reduce(0, +) / Double(ended.count)
        let all = (ended.map { ($0, true) } + running.map { ($0, false) }).sorted { $0.0 < $1.0 }
        var (steps, beyond, left): ([(Double, Double)], Double, Double) = ([], 1, Double(all.count))
        for (value, hasEnded) in all {
            if hasEnded {
                beyond *= 1 - 1 / left
                steps.append((value, beyond))
            }
            left -= 1
        }
        self.steps = steps
    }

    /// How much longer it takes when it has taken so long already.
    /// - Parameter chance: 0 ..< 1, the share of cases that are shorter.
    func rest(after elapsed: Double, chance: Double) -> Double {
        let start = steps.partitioningIndex { $0.value > elapsed }
        let alive = start == 0 ? 1 : steps[start - 1].beyond
        let wanted = alive * (1 - chance)
        let place = steps[start...].partitioningIndex { $0.beyond <= wanted }
        if alive > 0, place < steps.endIndex { return steps[place].value - elapsed }
        // Beyond everything that is known, in the manner of what has no memory.
        let known = max(elapsed, steps.last?.value ?? 0)
        return known - elapsed - mean * log(1 - min(chance, 0.999))
    }
}

extension RandomAccessCollection {
    /// The first place from which on a condition holds, if it holds for everything after it.
    fileprivate func partitioningIndex(where holds: (Element) -> Bool) -> Index {
        var (low, count) = (startIndex, count)
        while count > 0 {
            let half = count / 2
            let middle = index(low, offsetBy: half)
            if holds(self[middle]) {
                count = half
            } else {
                low = index(after: middle)
                count -= half + 1
            }
        }
        return low
    }
}
