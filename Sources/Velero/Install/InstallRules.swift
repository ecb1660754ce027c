package import Files

extension InstallRequest {
  /// What can be printed.
  package enum OutputFormat: String, Sendable, CaseIterable {
    case yaml, json
  }

  /// What the flags say is to be printed; YAML where they do not.
  package var outputFormat: OutputFormat { OutputFormat(rawValue: text("output")) ?? .yaml }

  /// What is printed otherwise than asked for, or will not last.
  package var warnings: [Diagnostic] {
    var warnings: [Diagnostic] = []
    if has("crds-version"), text("crds-version") == "v1beta1" {
      warnings.append(
        Diagnostic(
          "resource definitions are printed as v1: Kubernetes has read no v1beta1 since 1.22",
          at: range("crds-version"),
          severity: .warning))
    }
    if text("uploader-type") == "restic", ReleaseVersion(1, 15, 0) <= version {
      warnings.append(
        Diagnostic(
          "Velero v1.17 and later write with kopia only", at: range("uploader-type"),
          hint: "give --uploader-type=kopia; backups made with restic can still be restored", severity: .warning))
    }
    return warnings
  }

  /// Refuses what `velero install` refuses, in the order in which it looks (measured on the releases themselves), all
  /// at once. What it asks a cluster, namely whether ConfigMaps exist, is not asked.
  /// - Throws: a diagnostic for each rule that is broken.
  package func validate() throws(Diagnostics) {
    var broken = Broken(request: self)
    broken.checkOutput()
    broken.checkDefinitions()
    // Up to v1.15.0 the uploader is looked at even where nothing else is.
    if !isOn("crds-only") || version < ReleaseVersion(1, 15, 1) { broken.checkUploader() }
    if !isOn("crds-only") {
      broken.checkBackupLocation()
      broken.checkSnapshotLocation()
      broken.checkProvider()
      broken.checkNodeAgent()
      broken.checkSecret()
      broken.checkDurations()
      broken.checkResources()
    }
    try broken.diagnostics.throwIfErrors()
  }
}

private struct Broken {
  let request: InstallRequest
  var diagnostics = Diagnostics()

  private mutating func report(_ message: String, at flag: String? = nil, hint: String? = nil) {
    diagnostics.append(Diagnostic(message, at: flag.flatMap { request.range($0) }, hint: hint))
  }

  mutating func checkOutput() {
    if !request.isOn("dry-run") {
      report("install prints and does not install", hint: "add --dry-run, and pipe the output to kubectl apply -f -")
    }
    let output = request.text("output")
    if !output.isEmpty, InstallRequest.OutputFormat(rawValue: output) == nil {
      report("--output cannot be '\(output)' (expected yaml or json)", at: "output")
    }
  }

  mutating func checkDefinitions() {
    guard request.has("crds-version"), !["v1", "v1beta1"].contains(request.text("crds-version")) else { return }
    report("--crds-version cannot be '\(request.text("crds-version"))' (expected v1 or v1beta1)", at: "crds-version")
  }

  mutating func checkUploader() {
    guard request.has("uploader-type") else { return }
    let uploader = request.text("uploader-type")
    let known = request.minor.uploaders
    if uploader == "restic", !known.contains(uploader) {
      report(
        "--uploader-type cannot be 'restic': Velero v1.17 and later write with kopia only", at: "uploader-type",
        hint: "leave it out; backups made with restic can still be restored")
    } else if !known.contains(uploader) {
      report(
        "--uploader-type cannot be '\(uploader)' (expected \(known.joined(separator: " or ")))", at: "uploader-type")
    }
  }

  mutating func checkBackupLocation() {
    if request.text("bucket").hasPrefix("-") {
      report("--bucket cannot begin with a dash", at: "bucket")
    }
    guard request.isOn("no-default-backup-location") else {
      if request.text("provider").isEmpty {
        report(
          "--provider is missing", hint: "name the plugin's provider, such as aws, or give --no-default-backup-location"
        )
      }
      if request.text("bucket").isEmpty {
        report("--bucket is missing", hint: "name a bucket, or give --no-default-backup-location")
      }
      return
    }
    for flag in ["bucket", "prefix"] where !request.text(flag).isEmpty {
      report("--\(flag) cannot be given with --no-default-backup-location", at: flag)
    }
    if !request.map("backup-location-config").isEmpty {
      report(
        "--backup-location-config cannot be given with --no-default-backup-location", at: "backup-location-config")
    }
  }

  mutating func checkSnapshotLocation() {
    if request.isOn("use-volume-snapshots") {
      if request.text("provider").isEmpty, request.isOn("no-default-backup-location") {
        report(
          "--provider is missing: volume snapshots need one", hint: "name one, or give --use-volume-snapshots=false")
      }
    } else if !request.map("snapshot-location-config").isEmpty {
      report(
        "--snapshot-location-config cannot be given with --use-volume-snapshots=false", at: "snapshot-location-config")
    }
  }

  mutating func checkProvider() {
    let hasLocations = !request.isOn("no-default-backup-location") || request.isOn("use-volume-snapshots")
    if !hasLocations {
      if !request.text("provider").isEmpty {
        report(
          "--provider cannot be given with --no-default-backup-location and --use-volume-snapshots=false: "
            + "nothing would use it", at: "provider")
      }
    } else if request.items("plugins").isEmpty {
      report("--plugins is missing", hint: "name the image of the provider's plugin")
    }
  }

  mutating func checkNodeAgent() {
    let agent = request.has("use-node-agent") ? "use-node-agent" : "use-restic"
    for flag in ["default-volumes-to-fs-backup", "default-volumes-to-restic"]
    where request.isOn(flag) && !request.isOn(agent) {
      report("--\(flag) needs --\(agent): what runs on the nodes copies the files", at: flag)
    }
  }

  mutating func checkSecret() {
    switch (request.text("secret-file").isEmpty, request.isOn("no-secret")) {
    case (true, false): report("--secret-file or --no-secret is missing")
    case (false, true): report("--secret-file and --no-secret exclude each other", at: "no-secret")
    default: break
    }
  }

  mutating func checkDurations() {
    for flag in request.table where flag.kind == .duration && request.duration(flag.name) < 0 {
      report("--\(flag.name) cannot be negative", at: flag.name)
    }
  }

  /// An empty amount is none; what else is wrong with amounts, the bundle says.
  mutating func checkResources() {
    for flag in request.table {
      guard case .value(let path) = flag.meaning, path.hasPrefix("server.resources") || path.hasPrefix("nodeAgent.res"),
        request.text(flag.name).isEmpty
      else { continue }
      report("--\(flag.name) cannot be empty (expected an amount such as 500m or 128Mi, or 0 for none)", at: flag.name)
    }
  }
}
