// swift-tools-version: 6.1
import PackageDescription

// Rows as in docs/map.md: a target imports only targets above it.
let package = Package(
    name: "moro",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "moro", targets: ["moro"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // Row 0
        .target(name: "Core"),
        .target(
            name: "Sockets",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "Files",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),

        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),

        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        .systemLibrary(name: "CMalloc"),

        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),

        // Row 1
        .target(
            name: "Storage",
            dependencies: [
                "Core", "CPostgres", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
            ]
        ),

        .target(name: "Wire", dependencies: ["Core"]),

        // Row 2
        .target(
            name: "Realtime",
            dependencies: [
                "Core", "Sockets", "Storage", "Wire", .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // Row 3
        .target(
            name: "Reception",
            dependencies: [
                "Core", "Files", "Storage", "Wire", "Realtime", "CSodium",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),

        // Row 4
        .target(
            name: "API",
            dependencies: [
                "Core", "Files", "Sockets", "Storage", "Wire", "Realtime", "Reception", "CZlib",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
            ]
        ),

        // Row 5
        .target(
            name: "App",
            dependencies: [
                "Core", "Files", "Sockets", "Storage", "Realtime", "Reception", "API",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),

        // Row 6
        .executableTarget(
            name: "moro",
            dependencies: ["App", "CMalloc", "Files", "Storage", .product(name: "ArgumentParser", package: "swift-argument-parser")]
        ),

        .target(name: "TestSupport", dependencies: ["Core", "CPostgres", "Files", "Storage"], path: "Tests/Support"),
        .testTarget(name: "CoreTests", dependencies: ["Core", "TestSupport"]),
        .testTarget(name: "SocketsTests", dependencies: ["Sockets"]),
        .testTarget(
            name: "FilesTests",
            dependencies: [
                "Files", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(name: "WireTests", dependencies: ["Wire", "TestSupport"]),
        .testTarget(
            name: "RealtimeTests",
            dependencies: ["Realtime", "Sockets", "Storage", "TestSupport", .product(name: "Hummingbird", package: "hummingbird")]
        ),
        .testTarget(name: "ReceptionTests", dependencies: ["Reception", "CSodium", "Files", "TestSupport"]),
        .testTarget(
            name: "APITests",
            dependencies: [
                "API", "Core", "Files", "Storage", "Sockets", "Realtime", "Reception", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "AppTests",
            dependencies: ["App", "Core", "Files", "Storage", "TestSupport", "moro", .product(name: "Crypto", package: "swift-crypto")]),
    ]
)
