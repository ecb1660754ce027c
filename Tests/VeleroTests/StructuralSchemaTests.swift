import Files
import Kubernetes
import TestSupport
import Testing
import Velero
import YAML

/// One row of the table: a field of a type, and what holds for it.
struct FieldRow: CustomTestStringConvertible, Sendable {
  let type: String
  let field: String
  let change: String

  var testDescription: String { "\(type) \(field)" }
}

/// Where the definitions have a type: a definition, and a path in it.
private let places: [String: [(definition: String, path: String)]] = [
  "BackupSpec": [("backups", "spec"), ("schedules", "spec.template")],
  "BackupHooks": [("backups", "spec.hooks"), ("schedules", "spec.template.hooks")],
  "BackupResourceHookSpec": [("backups", "spec.hooks.resources[]"), ("schedules", "spec.template.hooks.resources[]")],
  "BackupResourceHook": [
    ("backups", "spec.hooks.resources[].pre[]"), ("backups", "spec.hooks.resources[].post[]"),
  ],
  "ExecHook": [
    ("backups", "spec.hooks.resources[].pre[].exec"), ("schedules", "spec.template.hooks.resources[].post[].exec"),
  ],
  "BackupStorageLocationSpec": [("backupstoragelocations", "spec")],
  "ObjectStorageLocation": [("backupstoragelocations", "spec.objectStorage")],
  "DeleteBackupRequestSpec": [("deletebackuprequests", "spec")],
  "DownloadRequestSpec": [("downloadrequests", "spec")],
  "DownloadTarget": [("downloadrequests", "spec.target")],
  "PodVolumeBackupSpec": [("podvolumebackups", "spec")],
  "PodVolumeRestoreSpec": [("podvolumerestores", "spec")],
  "ResticRepositorySpec": [("resticrepositories", "spec")],
  "RestoreSpec": [("restores", "spec")],
  "ScheduleSpec": [("schedules", "spec")],
  "VolumeSnapshotLocationSpec": [("volumesnapshotlocations", "spec")],
]

/// Rows of types and fields, as the proposal for structural schemas lists them, and what was made of them.
@Suite struct StructuralSchemaTests {
  private static let table = """
    | BackupSpec                 | includedNamespaces      | optional                                    |
    |                            | excludedNamespaces      | optional                                    |
    |                            | includedResources       | optional                                    |
    |                            | excludedResources       | optional                                    |
    |                            | labelSelector           | optional                                    |
    |                            | snapshotVolumes         | optional                                    |
    |                            | ttl                     | optional                                    |
    |                            | includeClusterResources | optional                                    |
    |                            | hooks                   | optional                                    |
    |                            | storageLocation         | optional                                    |
    |                            | volumeSnapshotLocations | optional                                    |
    | BackupHooks                | resources               | optional                                    |
    | BackupResourceHookSpec     | name                    | required                                    |
    |                            | includedNamespaces      | optional                                    |
    |                            | excludedNamespaces      | optional                                    |
    |                            | includedResources       | optional                                    |
    |                            | excludedResources       | optional                                    |
    |                            | labelSelector           | optional                                    |
    |                            | pre                     | optional                                    |
    |                            | post                    | optional                                    |
    | BackupResourceHook         | exec                    | required                                    |
    | ExecHook                   | container               | optional                                    |
    |                            | command                 | required, minItems 1                        |
    |                            | onError                 | optional, enum Continue Fail                |
    |                            | timeout                 | optional                                    |
    | BackupStorageLocationSpec  | provider                | required                                    |
    |                            | config                  | optional                                    |
    |                            | objectStorage           | required                                    |
    |                            | accessMode              | optional, enum ReadOnly ReadWrite           |
    | ObjectStorageLocation      | bucket                  | required                                    |
    |                            | prefix                  | optional                                    |
    | DeleteBackupRequestSpec    | backupName              | required                                    |
    | DownloadRequestSpec        | target                  | required                                    |
    | DownloadTarget             | kind                    | required, enum BackupLog BackupContents     |
    |                            | name                    | required                                    |
    | PodVolumeBackupSpec        | node                    | required                                    |
    |                            | pod                     | required                                    |
    |                            | volume                  | required                                    |
    |                            | backupStorageLocation   | required                                    |
    |                            | repoIdentifier          | required                                    |
    |                            | tags                    | optional                                    |
    | PodVolumeRestoreSpec       | pod                     | required                                    |
    |                            | volume                  | required                                    |
    |                            | backupStorageLocation   | required                                    |
    |                            | repoIdentifier          | required                                    |
    |                            | snapshotID              | required                                    |
    | ResticRepositorySpec       | volumeNamespace         | required                                    |
    |                            | backupStorageLocation   | required                                    |
    |                            | resticIdentifier        | required                                    |
    |                            | maintenanceFrequency    | required                                    |
    | RestoreSpec                | backupName              | required until v1.13.2                      |
    |                            | scheduleName            | optional                                    |
    |                            | includedNamespaces      | optional                                    |
    |                            | excludedNamespaces      | optional                                    |
    |                            | includedResources       | optional                                    |
    |                            | excludedResources       | optional                                    |
    |                            | namespaceMapping        | optional                                    |
    |                            | labelSelector           | optional                                    |
    |                            | restorePVs              | optional                                    |
    |                            | includeClusterResources | optional                                    |
    | ScheduleSpec               | template                | required                                    |
    |                            | schedule                | required                                    |
    | VolumeSnapshotLocationSpec | provider                | required                                    |
    |                            | config                  | optional                                    |
    """

  static let rows: [FieldRow] = {
    var type = ""
    return table.split(separator: "\n").map { line in
      let cells = line.split(separator: "|").map { cell in
        String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      if !cells[0].isEmpty { type = cells[0] }
      return FieldRow(type: type, field: cells[1], change: cells[2])
    }
  }()

  /// In every release that has the type.
  @Test(arguments: rows) func theTableHolds(_ row: FieldRow) throws {
    let places = try #require(places[row.type])
    var found = 0
    for file in ReleaseDefinitions.ofBundle.files {
      for place in places where file.name == "\(place.definition).velero.io" {
        let type = try #require(file.definition.schema(at: place.path), "\(file.name) \(file.first)")
        let field = try #require(type.value(at: "properties")?.value(at: ByteString(row.field)))
        check(field, isRequired: type.value(at: "required")?.texts.contains(row.field) ?? false, file, row)
        found += 1
      }
    }
    #expect(found > 0)
  }

  private func check(_ field: Node, isRequired: Bool, _ file: ReleaseDefinitions.File, _ row: FieldRow) {
    for part in row.change.split(separator: ",") {
      let words = part.split(separator: " ").map(String.init)
      switch words[0] {
      case "required":
        let last = words.count == 3 ? ReleaseVersion(words[2]) : nil
        #expect(isRequired == (last.map { file.last <= $0 } ?? true), "\(file.name) \(file.first)")
      case "optional": #expect(!isRequired, "\(file.name) \(file.first)")
      case "minItems": #expect(field.value(at: "minItems")?.structure == Node.int(Int64(words[1]) ?? 0).structure)
      case "enum":
        #expect(Array(field.value(at: "enum")?.texts.prefix(words.count - 1) ?? []) == Array(words.dropFirst()))
      default: Issue.record("the table says \(words[0])")
      }
    }
  }

  /// Nothing in a status has to be there.
  @Test func everyStatusFieldIsOptional() throws {
    for file in ReleaseDefinitions.ofBundle.files {
      let status = try #require(file.definition.schema(at: "status"))
      #expect(status.value(at: "required") == nil, "\(file.name) \(file.first)")
      #expect(file.definition.schema?.value(at: "required") == nil, "\(file.name) \(file.first)")
    }
  }

  /// Recorded structures, release by release: equal but for texts.
  @Test(.enabled(if: Repository.goldens != nil), arguments: ReleaseDefinitions.releases)
  func definitionsAreThoseOfTheRelease(_ release: ReleaseVersion) throws {
    let folder = "\(try #require(Repository.goldens))/crds"
    let index = try Disk.read("\(folder)/index.tsv", limit: 1 << 20).text.split(separator: "\n")
    let row = try #require(index.first { $0.hasPrefix("\(release)\t") }).split(separator: "\t")
    let recorded = try Disk.entries("\(folder)/\(row[1])").map(\.name.text).sorted()
    let definitions = ReleaseDefinitions.ofBundle.definitions(of: release)
    #expect(definitions.map { "\($0.name).yaml" } == recorded)
    for definition in definitions {
      let path = "\(folder)/\(row[1])/\(definition.name).yaml"
      let source = SourceFile.register(path: path, contents: try Disk.read(path, limit: 1 << 20))
      let document = try #require(try ParsedFile.parse(source, options: ParseOptions()).documents.last)
      #expect(definition.definition.structure == document.value.structure, "\(definition.name)")
    }
  }
}
