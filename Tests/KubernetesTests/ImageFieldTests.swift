import Files
import Testing
import YAML

@testable import Kubernetes

@Suite struct ImageFieldTests {
  private static func object(_ text: String) throws -> KubernetesObject {
    let source = SourceFile.register(path: "object.yaml", contents: ByteString(text))
    let document = try #require(try ParsedFile.parse(source).documents.first)
    return try KubernetesObject(document.value, position: document.position)
  }

  private static let pods = """
    apiVersion: example.com/v1
    kind: Fleet
    metadata: {name: a}
    spec:
      members:
      - template:
          spec:
            initContainers:
            - {name: one, image: a/one:v1}
            containers:
            - {name: two, image: a/two:v2}
            volumes:
            - name: data
              image: {reference: a/data:v3}
      hooks:
      - image: a/hook
      image: {repository: a, tag: b}
    """

  @Test func findsImagesAtAnyDepthOfAnyKind() throws {
    let fields = try Self.object(Self.pods).imageFields
    #expect(
      fields.map { "\($0.path) \($0.image) \($0.position.line)" } == [
        "spec.members[0].template.spec.initContainers[name=one].image a/one:v1 9",
        "spec.members[0].template.spec.containers[name=two].image a/two:v2 11",
        "spec.members[0].template.spec.volumes[name=data].image.reference a/data:v3 14",
        "spec.hooks[0].image a/hook 16",
      ])
    for field in fields {
      let object = try Self.object(Self.pods)
      #expect(object.content.position(at: field.path, from: object.position).line == field.position.line)
    }
  }

  @Test(arguments: [
    ("ConfigMap", "data: {image: a/b}", 0),
    ("Secret", "stringData: {image: a/b}", 0),
    ("CustomResourceDefinition", "spec: {image: a/b}", 0),
    ("Other", "spec: {image: a/b, imagePullPolicy: Always, images: a}", 1),
    ("Other", "spec: {image: ''}", 0),
  ]) func passesOverWhatNamesNone(kind: String, fields: String, count: Int) throws {
    #expect(
      try Self.object("apiVersion: v1\nkind: \(kind)\nmetadata: {name: a}\n\(fields)\n").imageFields.count == count)
  }

  @Test func settingsOfPluginsNameImages() throws {
    let object = try Self.object(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {velero.io/plugin-config: ''}}\ndata: {image: a/b}\n"
    )
    #expect(object.imageFields.map(\.path.description) == ["data.image"])
  }

  @Test func replacesThoseThatHaveAnotherName() throws {
    let object = try Self.object(Self.pods)
    let replaced = object.replacingImages { $0 == "a/two:v2" ? "b/two@sha256:2" : nil }
    #expect(replaced.identity == object.identity)
    #expect(replaced.imageFields.map(\.image) == ["a/one:v1", "b/two@sha256:2", "a/data:v3", "a/hook"])
    let differences = FieldDifference.differences(from: object.content, to: replaced.content)
    #expect(differences.map(\.path.description) == ["spec.members[0].template.spec.containers[name=two].image"])
  }

  /// What is not changed is shared: its text is not printed again for every environment.
  @Test func isTheVerySameWhereNothingChanges() throws {
    func address(_ object: KubernetesObject) -> UnsafeRawPointer? {
      guard case .map(let items) = object.content else { return nil }
      return items.withUnsafeBytes { $0.baseAddress }
    }
    let object = try Self.object(Self.pods)
    #expect(address(object.replacingImages { _ in nil }) == address(object))
    #expect(address(object.replacingImages { $0 }) != address(object))
  }
}
