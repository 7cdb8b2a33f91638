/// One setting that is wrong: where, what, and how to mend it.
public struct ConfigurationFault: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String
    /// Whether it was written on the command line.
    public let isUsage: Bool

    init(_ place: String, _ sentence: String, isUsage: Bool = false) {
        description = "\(place): \(sentence)"
        self.isUsage = isUsage
    }

    static func wrong(_ entry: Entry, _ setting: Setting) -> ConfigurationFault {
        guard !setting.isSecret else {
            return ConfigurationFault("\(entry.place)", "“\(setting.name)” can't be read. \(setting.remedy)", isUsage: entry.isUsage)
        }
        let shown = entry.text.isEmpty ? "empty" : "“\(entry.text.prefix(80))”"
        return ConfigurationFault("\(entry.place)", "“\(setting.name)” can't be \(shown). \(setting.remedy)", isUsage: entry.isUsage)
    }

    static func unknown(_ entry: Entry) -> ConfigurationFault {
        let names = entry.isVariable ? Setting.all.map(\.variable) : Setting.all.map(\.name)
        let hint = nearest(to: entry.name, among: names).map { "Did you mean “\($0)”?" } ?? "“moro settings” lists them all."
        return ConfigurationFault("\(entry.place)", "there is no setting “\(entry.name.prefix(80))”. \(hint)", isUsage: entry.isUsage)
    }
}

/// Everything that is wrong with the settings, one line each.
public struct ConfigurationFaults: Error, Sendable, CustomStringConvertible {
    public let faults: [ConfigurationFault]
    public var description: String { faults.map(\.description).joined(separator: "\n") }
    public var isUsage: Bool { faults.allSatisfy(\.isUsage) }

    init(_ faults: [ConfigurationFault]) { self.faults = faults }
}

extension Entry {
    fileprivate var isUsage: Bool { if case .flag = place { true } else { false } }
    fileprivate var isVariable: Bool { if case .variable = place { true } else { false } }
}

/// The name that was probably meant: the one with the fewest slips between them, if they are few for its length.
func nearest(to name: String, among names: [String]) -> String? {
    let found = names.map { ($0, slips(Array(name.lowercased()), Array($0.lowercased()))) }.min { $0.1 < $1.1 }
    guard let (nearest, distance) = found, distance <= max(1, min(4, nearest.count / 4)) else { return nil }
    return nearest
}

/// Letters to add, remove, change or swap with their neighbour (optimal string alignment, after Damerau).
private func slips(_ one: [Character], _ other: [Character]) -> Int {
    var rows = [Array(0...other.count)]
    for (i, letter) in one.enumerated() {
        var row = [i + 1]
        for (j, otherLetter) in other.enumerated() {
            var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (letter == otherLetter ? 0 : 1))
            if i > 0, j > 0, letter == other[j - 1], one[i - 1] == otherLetter { best = min(best, rows[i - 1][j - 1] + 1) }
            row.append(best)
        }
        rows.append(row)
    }
    return rows[one.count][other.count]
}
