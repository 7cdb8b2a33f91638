import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import NIOHTTP1

/// Questions to a bucket by HTTP: signed, within a time, asked again where that may help.
struct BucketLine: Sendable {
    private let address: BucketAddress
    private let credentials: S3Credentials
    private let patience: BucketStore.Patience
    private let now: @Sendable () -> Date

    enum Question: Sendable {
        /// - isNew: only where there is nothing of this name.
        case put(Data, _ digest: String, isNew: Bool)
        case get, head, delete
    }

    init(
        _ address: BucketAddress, _ credentials: S3Credentials, _ patience: BucketStore.Patience, _ now: @escaping @Sendable () -> Date
    ) {
        (self.address, self.credentials, self.patience, self.now) = (address, credentials, patience, now)
    }

    /// - Throws: `FileFault` when there was no answer. An answer that says no is an answer.
    func ask(_ question: Question, key: String) async throws -> BucketAnswer {
        let deadline = NIODeadline.now() + .init(question.isLarge ? patience.file : patience.question)
        var pause = patience.pause
        for attempt in 1... {
            let answer = await Result { try await once(question, key, deadline) }
            let isLast = attempt >= patience.attempts || NIODeadline.now() + .init(pause) >= deadline
            guard !isLast, answer.isWorthAnotherTry else { return try answer.get() }
            try await Task.sleep(for: pause * Double.random(in: 0.5...1.5))
            pause *= 4
        }
        throw CancellationError()
    }

    private func once(_ question: Question, _ key: String, _ deadline: NIODeadline) async throws -> BucketAnswer {
        let request = request(question, key)
        do {
            let response = try await Self.client.execute(request, deadline: deadline)
            return BucketAnswer(
                status: Int(response.status.code), headers: response.headers, body: try await response.body.collect(upTo: Self.largest))
        } catch let error as CancellationError {
            throw error
        } catch {
            throw fault(error)
        }
    }

    private func request(_ question: Question, _ key: String) -> HTTPClientRequest {
        let (moment, path) = (now(), address.path(key))
        var headers = [("host", address.host), ("x-amz-date", Signature.stamp(moment)), ("x-amz-content-sha256", question.payload)]
        if let token = credentials.sessionToken { headers.append(("x-amz-security-token", token)) }
        if case .put(_, _, isNew: true) = question { headers.append(("if-none-match", "*")) }
        let signed = Signature.Request(method: question.method, path: path, headers: headers, payload: question.payload)
        let authorization = Signature(credentials: credentials, region: address.region).authorization(of: signed, at: moment)
        var request = HTTPClientRequest(url: "\(address.isSecure ? "https" : "http")://\(address.host)\(Signature.encoded(path: path))")
        request.method = HTTPMethod(rawValue: question.method)
        request.headers = HTTPHeaders(headers + [("authorization", authorization)])
        if case .put(let bytes, _, _) = question {
            request.headers.add(name: "content-type", value: "application/octet-stream")
            request.body = .bytes(ByteBuffer(bytes: bytes))
        }
        return request
    }

    private func fault(_ error: any Error) -> FileFault {
        switch error as? HTTPClientError {
        case .deadlineExceeded?, .connectTimeout?, .readTimeout?, .writeTimeout?, .getConnectionFromPoolTimeout?:
            FileFault(.late, "\(address.host) does not answer in time")
        default: FileFault(.unreachable, "\(address.host) can't be reached: \(error)")
        }
    }

    /// A good deal more than an attachment has.
    private static let largest = 1 << 27

    /// One for all buckets, for the life of the process. A signed request is for one address: it is not carried elsewhere.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(4), read: .seconds(15))
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()
}

extension BucketLine.Question {
    fileprivate var method: String {
        switch self {
        case .put: "PUT"
        case .get: "GET"
        case .head: "HEAD"
        case .delete: "DELETE"
        }
    }

    fileprivate var isLarge: Bool {
        switch self {
        case .put, .get: true
        case .head, .delete: false
        }
    }

    /// SHA-256 of the body: a file's own name.
    fileprivate var payload: String {
        if case .put(_, let digest, _) = self { digest } else { Self.nothing }
    }

    private static let nothing = SHA256.hash(data: Data()).hex
}

extension Result<BucketAnswer, any Error> {
    fileprivate var isWorthAnotherTry: Bool {
        switch self {
        case .success(let answer): answer.isPassing
        case .failure(let error): error is FileFault
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
