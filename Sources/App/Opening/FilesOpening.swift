import Files
import Foundation

/// The one place that decides where attached files are kept, and says in a sentence why that can't be.
extension Settings {
    public func openFiles() throws -> any FileStore { try open(files) }

    func open(_ choice: FilesChoice) throws -> any FileStore {
        switch choice {
        case .inData: return try directory(data.appendingPathComponent("files", isDirectory: true))
        case .directory(let url):
            // Not made: a share that is not mounted, or a slip of the pen, would go unnoticed.
            guard FileManager.default.fileExists(atPath: url.path) else {
                throw Failure("the attached files are to be in \(url.path), which is not there. Mount the share, or make the directory.")
            }
            return try directory(url)
        case .bucket(let address):
            guard let credentials = bucketKeys.credentials else {
                throw Failure(
                    "the attached files are to be in \(address), and there is no key to it. Set s3-access-key and s3-secret-key, or "
                        + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.")
            }
            return BucketStore(address, credentials)
        }
    }

    private func directory(_ url: URL) throws -> DirectoryStore {
        do { return try DirectoryStore(url) } catch let fault as FileFault { throw Failure(fault) }
    }
}

extension Failure {
    init(_ fault: FileFault) { self.init("the attached files: \(fault). \(fault.remedy)") }
}

extension FileFault {
    /// How to mend it.
    var remedy: String {
        switch kind {
        case .missing: "It was there once: restore it from a backup."
        case .unreachable: "Check the endpoint in the setting files, the name server, the firewall and the certificate."
        case .late: "Look whether the store is overloaded, or a firewall swallows what is sent to it."
        case .busy: "Wait; if it stays so, look at the store's own log."
        case .wrongKey: "Check s3-access-key (AWS_ACCESS_KEY_ID): the store does not know it."
        case .wrongSecret: "Check s3-secret-key (AWS_SECRET_ACCESS_KEY): it does not belong to the key."
        case .staleToken: "Get new temporary credentials, or a key that stays: s3-access-key, s3-secret-key, without s3-session-token."
        case .forbidden:
            "Allow the key s3:GetObject, s3:PutObject and s3:DeleteObject on the bucket's objects, and s3:ListBucket on the bucket."
        case .noBucket: "Create the bucket, or correct its name in the setting files."
        case .elsewhere: "Write the bucket's own region and endpoint into the setting files: ?region=…&endpoint=…"
        case .clock: "Set this machine's clock: timedatectl set-ntp true."
        case .disk: "Look whether there is room, whether a share is mounted, and whether the user that Moro runs as may write there."
        case .other: "“moro doctor” and the store's own log tell more."
        }
    }
}
