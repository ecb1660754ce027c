import Files
import Kubernetes
import Testing
import YAML

@Suite struct ObjectSetDifferenceTests {
  private func set(_ text: ByteString) throws -> ObjectSet {
    try ObjectSet(documents: ParsedFile.parse(SourceFile.register(path: "objects.yaml", contents: text)).documents)
  }

  @Test func tellsWhatComesGoesAndChanges() throws {
    let old = try set(
      """
      {apiVersion: v1, kind: Namespace, metadata: {name: ns}}
      ---
      {apiVersion: v1, kind: Secret, metadata: {name: s, namespace: ns}}
      ---
      {apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: ns}, data: {a: "1"}}
      """)
    let new = try set(
      """
      {apiVersion: v1, kind: ConfigMap, metadata: {namespace: ns, name: c}, data: {a: "2"}}
      ---
      {apiVersion: v1, kind: ConfigMap, metadata: {name: d, namespace: ns}}
      """)
    let difference = ObjectSetDifference(from: old, to: new)
    #expect(difference.added.map(\.description) == ["ConfigMap ns/d (v1)"])
    // What lies in a namespace goes before it.
    #expect(difference.removed.map(\.description) == ["Secret ns/s (v1)", "Namespace ns (v1)"])
    #expect(difference.changed.map(\.identity.description) == ["ConfigMap ns/c (v1)"])
    #expect(difference.changed.first?.fields.map(\.path.description) == ["data.a"])
    #expect(ObjectSetDifference(from: old, to: old).isEmpty)
  }

  @Test func findsTheImagesOfPods() throws {
    let objects = try set(
      """
      {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {template: {spec: {
        initContainers: [{name: a, image: "i:1"}], containers: [{name: b, image: "i:2"}, {name: c}]}}}}
      ---
      {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
      """)
    #expect(objects.images == ["i:1", "i:2"])
    #expect(objects.containers.count == 3)
  }
}
