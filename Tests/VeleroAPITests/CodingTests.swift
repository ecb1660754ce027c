import Foundation
import Testing
import VeleroAPI

@Suite struct CodingTests {
  private func decode<T: Decodable>(_ type: T.Type, _ json: String) throws -> T {
    try JSONDecoder().decode(type, from: Data(json.utf8))
  }

  private func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// What is not set is not written.
  @Test func aBackupIsWrittenAsAManifest() throws {
    var backup = Backup(metadata: ObjectMeta(name: "b", namespace: "velero"))
    backup.spec?.includedNamespaces = ["shop"]
    backup.spec?.ttl = VeleroAPI.Duration(rawValue: "720h")
    #expect(
      try encode(backup) == """
        {"apiVersion":"velero.io/v1","kind":"Backup","metadata":{"name":"b","namespace":"velero"},\
        "spec":{"includedNamespaces":["shop"],"ttl":"720h"}}
        """)
  }

  @Test(arguments: [
    #"{"exec":{"command":["sync"],"onError":"Continue","timeout":"30s"}}"#, #"{"exec":{"command":["sync"]}}"#,
  ])
  func hooksComeBackAsTheyWere(json: String) throws {
    #expect(try encode(decode(BackupResourceHook.self, json)) == json)
  }

  /// Properties have the names of the manifest.
  @Test func hooksAreCalledPreAndPost() throws {
    let json = #"{"name":"n","post":[],"pre":[{"exec":{"command":["sync"]}}]}"#
    let hooks = try decode(BackupResourceHookSpec.self, json)
    #expect(hooks.preHooks?.count == 1)
    #expect(try encode(hooks) == json)
  }

  /// Fields that are not described are kept where anything is allowed.
  @Test func initContainersAreWhateverTheyAre() throws {
    let json = #"{"initContainers":[{"env":[null,true,1,1.5,"x",[],{}],"name":"n"}]}"#
    #expect(try encode(decode(InitRestoreHook.self, json)) == json)
  }

  @Test func numbersAndTextsAreTold() throws {
    #expect(try decode([IntOrString].self, #"[8080,"http"]"#) == [.int(8080), .string("http")])
    #expect(try decode([Quantity].self, #"[1,"500m"]"#).map(\.rawValue) == ["1", "500m"])
  }

  @Test(arguments: [#"{"name":"n"}"#, #"{"kind":"Nonsense","name":"n"}"#]) func whatIsRequiredHasToBeThere(json: String)
  {
    #expect(throws: DecodingError.self) { try decode(DownloadTarget.self, json) }
  }

  @Test func nothingSaidAboutTheUploaderIsAValue() throws {
    #expect(try decode([UploaderType].self, #"["kopia","restic",""]"#) == [.kopia, .restic, .unspecified])
  }
}
