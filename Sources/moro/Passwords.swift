import App
import Foundation

/// Passwords from whoever types the command; never as an argument, where every user of the machine could read it.
enum Passwords {
    static func read() throws -> String {
        guard let line = readLine(strippingNewline: true), !line.isEmpty else { throw Failure("there was no password on standard input.") }
        return line
    }

    static func ask() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { throw Failure("write the password to standard input and add --password-stdin.") }
        guard let first = getpass("New password: ").map({ String(cString: $0) }),
            let again = getpass("Again: ").map({ String(cString: $0) })
        else { throw Failure("no password was read.") }
        guard first == again else { throw Failure("the two were not the same. Nothing was changed.") }
        return first
    }
}
