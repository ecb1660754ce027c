// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "sailplan",
  products: [
    .executable(name: "sailplan", targets: ["sailplan"]),
    .library(name: "SailplanTemplating", targets: ["Files", "YAML", "Starlark", "Templating"]),
    .library(name: "SailplanKubernetes", targets: ["Kubernetes"]),
    .library(name: "SailplanWorkspace", targets: ["Workspace", "Velero", "Git"]),
    .library(name: "VeleroAPI", targets: ["VeleroAPI"]),
    .executable(name: "sailplan-swift-crd", targets: ["sailplan-swift-crd"]),
  ],
  traits: [
    .trait(name: "SwiftAPI", description: "Builds sailplan-swift-crd, which reads Swift sources with swift-syntax.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1"),
  ],
  targets: [
    // The engine, from the bottom up. A target imports only what stands above it here.
    .target(name: "Files"),
    .target(name: "YAML", dependencies: ["Files"]),
    .target(name: "Regexp", dependencies: ["Files"]),
    .target(name: "Starlark", dependencies: ["Files", "BigInt"]),
    .target(
      name: "Templating",
      dependencies: ["Files", "YAML", "Regexp", "Starlark", .product(name: "Crypto", package: "swift-crypto")]),

    // What the product is about.
    .target(name: "Kubernetes", dependencies: ["Files", "YAML", "Regexp"]),
    .target(name: "Velero", dependencies: ["Files", "YAML", "Kubernetes"]),

    // From API types to CustomResourceDefinitions.
    .target(name: "APISchema", dependencies: ["Files", "YAML"]),
    .target(name: "GoAPI", dependencies: ["Files", "APISchema"]),
    .target(
      name: "SwiftAPI",
      dependencies: ["Files", "APISchema"]
        + ["SwiftDiagnostics", "SwiftParser", "SwiftParserDiagnostics", "SwiftSyntax"].map {
          .product(name: $0, package: "swift-syntax", condition: .when(traits: ["SwiftAPI"]))
        }),
    .target(name: "VeleroAPI"),

    // Storage.
    .target(name: "CLateLoading"),
    .target(name: "CMemory"),
    .target(name: "Clibgit2", dependencies: ["CLateLoading"]),
    .target(name: "Czlib", dependencies: ["CLateLoading"]),
    .target(name: "Ccurl", dependencies: ["CLateLoading"]),
    .target(
      name: "Git", dependencies: ["Files", "Clibgit2", "Czlib", .product(name: "Crypto", package: "swift-crypto")]),

    // What is published: images in registries, and what Carvel's tools make of them.
    .target(
      name: "OCI", dependencies: ["Files", "YAML", "Czlib", "Ccurl", .product(name: "Crypto", package: "swift-crypto")]),
    .target(
      name: "Carvel",
      dependencies: ["Files", "YAML", "Kubernetes", "OCI", .product(name: "Crypto", package: "swift-crypto")]),

    // The program.
    .target(name: "CAssets", exclude: ["README.md", "report"]),
    .target(
      name: "Workspace",
      dependencies: [
        "Files", "YAML", "Starlark", "Templating", "Kubernetes", "Velero", "Git", "OCI", "Carvel", "CAssets",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .executableTarget(
      name: "sailplan",
      dependencies: [
        "Files", "YAML", "Starlark", "Templating", "Kubernetes", "Velero", "APISchema", "GoAPI", "Git",
        "OCI", "Carvel", "Workspace", "CMemory",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "sailplan-swift-crd",
      dependencies: [
        "Files", "APISchema", "SwiftAPI",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // One test target a library; fixtures are read from the top-level folder of that name.
    .target(name: "TestSupport", dependencies: ["Files"], path: "Tests/TestSupport"),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
    .testTarget(name: "YAMLTests", dependencies: ["YAML", "Files", "TestSupport", "Yams"]),
    .testTarget(name: "StarlarkTests", dependencies: ["Starlark", "Files", "TestSupport"]),
    .testTarget(name: "TemplatingTests", dependencies: ["Templating", "YAML", "Starlark", "Files", "TestSupport"]),
    .testTarget(name: "APISchemaTests", dependencies: ["APISchema", "YAML", "Files", "TestSupport"]),
    .testTarget(name: "GoAPITests", dependencies: ["GoAPI", "APISchema", "YAML", "Files", "TestSupport"]),
    .testTarget(name: "VeleroAPITests", dependencies: ["VeleroAPI"]),
    .testTarget(
      name: "SwiftAPITests", dependencies: ["SwiftAPI", "APISchema", "Velero", "YAML", "Files", "TestSupport"]),
    .testTarget(name: "KubernetesTests", dependencies: ["Kubernetes", "YAML", "Files", "TestSupport"]),
    .testTarget(
      name: "VeleroTests",
      dependencies: [
        "Velero", "Templating", "Kubernetes", "YAML", "Files", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .executableTarget(name: "CommitLoop", dependencies: ["Git", "Files"], path: "Tests/CommitLoop"),
    .testTarget(name: "GitTests", dependencies: ["Git", "Files", "TestSupport", "CommitLoop"]),
    .testTarget(name: "CarvelTests", dependencies: ["Carvel", "OCI", "YAML", "Files", "TestSupport"]),
    .testTarget(name: "OCITests", dependencies: ["OCI", "YAML", "Files", "TestSupport"]),
    .testTarget(
      name: "WorkspaceTests",
      dependencies: ["Workspace", "Velero", "Kubernetes", "Git", "OCI", "YAML", "Files", "TestSupport"]),
    .testTarget(name: "SailplanTests", dependencies: ["sailplan", "OCI", "Carvel", "YAML", "Files", "TestSupport"]),
    .target(
      name: "FuzzTargets", dependencies: ["Files", "YAML", "Starlark", "Templating", "APISchema", "GoAPI", "OCI"],
      path: "Tests/FuzzTargets"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets", "Files", "TestSupport"]),

    // What `Benchmarks` measures inside a process.
    .executableTarget(name: "YAMLSpeed", dependencies: ["YAML", "Files"], path: "Benchmarks/ytt/YAMLSpeed"),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

// `make fuzz` alone builds this: libFuzzer brings its `main`.
if Context.environment["SAILPLAN_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(name: "Fuzz", dependencies: ["FuzzTargets", "Files"], path: "Tests/Fuzz"))
}

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
}
for target in package.targets where target.name == "Fuzz" {
  target.swiftSettings?.append(.unsafeFlags(["-parse-as-library"]))
}
