import Foundation

/// Where the front end's files lie when nobody has said.
enum WebDirectory {
    /// The first `Web` in the program's package, beside the program, where packages put it, or in the working directory.
    static func found() -> URL {
        let candidates = beside(program) + [here.appendingPathComponent("Web", isDirectory: true)]
        return candidates.first(where: holdsFrontEnd) ?? candidates[candidates.count - 1]
    }

    static func holdsFrontEnd(_ directory: URL) -> Bool {
        FileManager.default.fileExists(atPath: directory.appendingPathComponent("widget/embed.js").path)
    }

    /// A build lies three or four folders deep in its package (`.build/<platform>/debug`).
    private static func beside(_ program: URL) -> [URL] {
        var folder = program.deletingLastPathComponent()
        var candidates: [URL] = []
        for _ in 0..<5 {
            candidates.append(folder.appendingPathComponent("Web", isDirectory: true))
            candidates.append(folder.appendingPathComponent("share/moro/Web", isDirectory: true))
            folder = folder.deletingLastPathComponent()
        }
        return candidates
    }

    private static var here: URL { URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true) }

    private static var program: URL {
        (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])).resolvingSymlinksInPath()
    }
}
