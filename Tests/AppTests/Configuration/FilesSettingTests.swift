import Files
import Foundation
import TestSupport
import Testing

@testable import App

@Suite("The setting of the attached files")
struct FilesSettingTests {
    private static let bucket = "s3://moro/liitteet?endpoint=http://127.0.0.1:1"

    @Test("A directory, a bucket, or nothing, which is the data directory")
    func read() throws {
        func files(_ text: String) throws -> FilesChoice {
            try Configuration.settings(flags: ["files": text], environment: [:], file: nil).files
        }
        #expect(try files("") == .inData && files("own") == .inData)
        #expect(try files("/srv/moro") == .directory(URL(fileURLWithPath: "/srv/moro", isDirectory: true)))
        #expect(try files(Self.bucket) == .bucket(#require(BucketAddress(Self.bucket))))
    }

    @Test(
        "What is none is refused with its place and the remedy, and not repeated",
        arguments: ["s3://KEY:salasana@moro", "https://salasana/moro", "s3://moro?endpoint=https://x:salasana@y", "s3://"])
    func wrong(text: String) throws {
        let command = try Command.moro(["agent", "list"], environment: ["MORO_FILES": text])
        #expect(command.status == 1 || command.status == 64)
        #expect(
            command.complaint.contains("environment variable MORO_FILES: “files” can't be read. Write the path of a directory, or s3://"))
        #expect(!command.complaint.contains("salasana"), "\(command)")
    }

    @Test("Keys come from settings of their own, or all of them from where other programs have them; nobody prints them")
    func keys() throws {
        let aws = ["AWS_ACCESS_KEY_ID": "AKIAMUIDEN", "AWS_SECRET_ACCESS_KEY": "muiden salaisuus", "AWS_SESSION_TOKEN": "muiden vuoro"]
        let own = ["MORO_S3_ACCESS_KEY": "AKIAOMA", "MORO_S3_SECRET_KEY": "omasalaisuus"]
        func keys(_ environment: [String: String]) throws -> [String?] {
            let keys = try Configuration.settings(flags: [:], environment: environment, file: nil).bucketKeys
            return [keys.access, keys.secret, keys.session]
        }
        #expect(try keys(aws) == ["AKIAMUIDEN", "muiden salaisuus", "muiden vuoro"])
        #expect(try keys(aws.merging(own) { $1 }) == ["AKIAOMA", "omasalaisuus", nil])
        #expect(try keys(aws.merging(["MORO_S3_ACCESS_KEY": "AKIAOMA"]) { $1 }) == ["AKIAOMA", nil, nil])
        #expect(try keys(aws.mapValues { _ in "" }) == [nil, nil, nil])

        let place = try Place()
        let file = try place.file("moro.yaml", "files: \"\(Self.bucket)\"\ns3-access-key: AKIAOMA\ns3-secret-key: omasalaisuus\n")
        for words in [["settings"], ["settings", "--json"], ["doctor", "--data", place.settings.data.path]] {
            let command = try Command.moro(words + ["--config", file])
            #expect(command.output.contains("s3://moro/liitteet") || command.output.contains("127.0.0.1:1"), "\(command)")
            #expect(!(command.output + command.complaint).contains("omasalaisuus") && !command.output.contains("AKIAOMA"), "\(command)")
        }
        let settings = try Configuration.settings(flags: [:], environment: aws, file: file)
        var dumped = "\(settings)\(String(reflecting: settings))"
        dump(settings, to: &dumped)
        #expect(!dumped.contains("salaisuus") && !dumped.contains("AKIA"))
    }

    @Test("A key with a space in it is refused, and not repeated; on the command line there is none")
    func wrongKey() throws {
        let command = try Command.moro(["agent", "list"], environment: ["MORO_S3_SECRET_KEY": "sala suus"])
        #expect(command.complaint.contains("“s3-secret-key” can't be read") && !command.complaint.contains("suus"), "\(command)")
        #expect(try Command.moro(["serve", "--s3-secret-key", "salaisuus"]).status == 64)
    }

    @Test("What can't be is said before anything is made: a bucket without a key, a directory that isn't there")
    func refused() throws {
        let place = try Place()
        let nowhere = place.directory.appendingPathComponent("jaettu").path
        let rest = ["--data", place.settings.data.path, "--port", "18104"]
        for (files, sentence) in [
            (Self.bucket, "there is no key to it. Set s3-access-key"), (nowhere, "which is not there. Mount the share"),
        ] {
            let serve = try Command.moro(["serve", "--files", files] + rest)
            #expect(serve.status == 1 && serve.complaint.contains(sentence), "\(serve)")
            #expect(serve.complaint.split(separator: "\n").count == 1)
            let doctor = try Command.moro(["doctor", "--files", files] + rest)
            #expect(doctor.status == 1 && doctor.output.contains(sentence), "\(doctor)")
        }
        #expect(!FileManager.default.fileExists(atPath: place.settings.data.path) && !FileManager.default.fileExists(atPath: nowhere))
    }

    @Test("The doctor writes, reads and removes: in a directory, and says when nobody answers at a bucket")
    func doctor() throws {
        let place = try Place()
        let shared = place.directory.appendingPathComponent("jaettu")
        try FileManager.default.createDirectory(at: shared, withIntermediateDirectories: true)
        let rest = ["--data", place.settings.data.path, "--port", "18105"]
        let well = try Command.moro(["doctor", "--files", shared.path] + rest)
        #expect(well.output.contains("\(shared.path) can be written, read and removed from"), "\(well)")
        let files = try FileManager.default.subpathsOfDirectory(atPath: shared.path).filter { $0.count > 2 }
        #expect(files == [])
        let away = try Command.moro(
            ["doctor", "--files", Self.bucket] + rest, environment: ["AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "salaisuus"])
        #expect(away.status == 1 && away.output.contains("127.0.0.1:1 can't be reached") && away.output.contains("firewall"), "\(away)")
    }
}

/// With the program, and a bucket on a real server.
@Suite("Attached files in a bucket", .enabled(if: TestBucket.server != nil))
struct BucketCommandTests {
    private let place = Result { try Place() }
    private let prefix = UUID().uuidString

    private func keys(_ secret: String = TestBucket.secret, key: String = TestBucket.key) -> [String: String] {
        ["AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret]
    }

    private func settings(_ place: Place, files: String) throws -> Settings {
        var settings = place.settings
        settings.files = try #require(FilesChoice(files))
        (settings.bucketKeys.access, settings.bucketKeys.secret) = (TestBucket.key, TestBucket.secret)
        return settings
    }

    @Test("The doctor finds all well, or names what is wrong and how to mend it")
    func doctor() throws {
        let place = try place.get()
        let right = try TestBucket.text(prefix: prefix)
        let cases: [(String, [String: String], String, String?)] = [
            (right, keys(), "can be written, read and removed from", nil),
            (right, keys(TestBucket.secret + "x"), "SignatureDoesNotMatch", "Check s3-secret-key"),
            (right, keys(key: "AKIAEIKUKAAN"), "InvalidAccessKeyId", "Check s3-access-key"),
            (try TestBucket.text(prefix: prefix, bucket: "ei-ole-olemassa"), keys(), "NoSuchBucket", "Create the bucket"),
        ]
        for (files, environment, found, remedy) in cases {
            let command = try Command.moro(
                ["doctor", "--json", "--port", "18106", "--data", place.settings.data.path, "--files", files], environment: environment)
            let findings: [[String: Any]] = try command.fact("findings") ?? []
            let finding = findings.first { $0["subject"] as? String == "attached files" }
            #expect((finding?["sentence"] as? String)?.contains(found) == true, "\(command)")
            #expect((finding?["remedy"] as? String)?.hasPrefix(remedy ?? "") ?? (remedy == nil))
            #expect(!(command.output + command.complaint).contains(TestBucket.secret))
        }
    }

    @Test("They are carried there while Moro works and home again, each once; the backup fetches them, the restore puts them back")
    func journey() async throws {
        let place = try place.get()
        try await DemoShop(settings: place.settings).open()
        let first = try await place.attach("kuva kiukaasta")
        let (old, bucket) = (["--data", place.settings.data.path], try TestBucket.text(prefix: prefix))
        func move(_ words: [String]) throws -> String { try Command.moro(["move"] + words + old, environment: keys()).output }
        #expect(try move(["--files-to", bucket]) == "1 attached files, 1 of them copied.\n")
        let second = try await place.attach("kuva kiuluista")
        #expect(try move(["--files-to", bucket]) == "2 attached files, 1 of them copied.\n")
        try FileManager.default.removeItem(at: place.settings.data.appendingPathComponent("files"))

        let backup = place.directory.appendingPathComponent("backup")
        let here = try settings(place, files: bucket)
        #expect(try await Backup(settings: here, to: backup).take().files.brought == 2)
        #expect(try await Backup(settings: here, to: backup).take().files.brought == 0)

        let (restored, there) = (try Place(), try TestBucket.text(prefix: prefix + "-toinen"))
        let new = try settings(restored, files: there)
        // An earlier attempt has come half-way.
        try await new.openFiles().put(Data("kuva kiukaasta".utf8), digest: first)
        let (_, files) = try await Restore(settings: new, from: backup).run()
        #expect((files.named, files.brought, files.missing) == (2, 1, []))
        for (digest, text) in [(first, "kuva kiukaasta"), (second, "kuva kiuluista")] {
            #expect(try await new.openFiles().get(digest) == Data(text.utf8))
        }

        let home = place.directory.appendingPathComponent("koti")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        #expect(try move(["--files-from", there, "--files-to", home.path]) == "2 attached files, 2 of them copied.\n")
        #expect(try await DirectoryStore(home).get(second) == Data("kuva kiuluista".utf8))
    }

    @Test("A whole installation is moved with them into a bucket and out of it")
    func withDatabase() async throws {
        let (place, target) = (try place.get(), try Place())
        try await DemoShop(settings: place.settings).open()
        let digest = try await place.attach("kuva kiukaasta")
        let bucket = try TestBucket.text(prefix: prefix)
        let there = try Command.moro(
            [
                "move", "--from", "sqlite:" + place.settings.data.path, "--to", "sqlite:" + target.settings.data.path, "--files-to", bucket,
            ],
            environment: keys())
        #expect(there.status == 0 && there.output.contains("1 attached files, 1 of them copied."), "\(there)")
        #expect(try await settings(target, files: bucket).openFiles().get(digest) == Data("kuva kiukaasta".utf8))
        let home = try Place()
        let back = try Command.moro(
            [
                "move", "--from", "sqlite:" + target.settings.data.path, "--to", "sqlite:" + home.settings.data.path, "--files-from",
                bucket,
            ],
            environment: keys())
        #expect(back.status == 0 && back.output.contains("1 attached files, 1 of them copied."), "\(back)")
        #expect(try await home.settings.openFiles().get(digest) == Data("kuva kiukaasta".utf8))
    }

    @Test("Where the bucket refuses, backup and move end with one sentence, the store's own code, and no secret")
    func refused() async throws {
        let place = try place.get()
        try await DemoShop(settings: place.settings).open()
        _ = try await place.attach("kuva kiukaasta")
        let (old, bucket) = (["--data", place.settings.data.path], try TestBucket.text(prefix: prefix))
        let backup = place.directory.appendingPathComponent("backup").path
        for words in [["move", "--files-to", bucket], ["backup", "--to", backup, "--files", bucket]] {
            let command = try Command.moro(words + old, environment: keys(TestBucket.secret + "x"))
            #expect(command.status == 1 && command.complaint.contains("Check s3-secret-key"), "\(command)")
            #expect(command.complaint.split(separator: "\n").count == 1 && !command.complaint.contains(TestBucket.secret))
        }
        #expect(!FileManager.default.fileExists(atPath: backup + "/manifest.json"))
    }
}
