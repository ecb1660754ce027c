import Files
import Kubernetes
import TestSupport
import Testing
import YAML

@testable import Velero

/// What kapp is told of Velero's objects.
@Suite struct KappAnnotationTests {
  private static let releases = ["v1.7.2", "v1.12.4", "v1.16.2", "v1.18.1"]

  private static func objects(_ release: String, annotated: Bool = true) throws -> [KubernetesObject] {
    let values = """
      velero: {version: \(release)}
      provider: kind
      backupStorage: {bucket: b}
      kind: {objectStore: {enabled: true, storage: 1Gi}}
      schedules:
      - {name: daily, schedule: "@daily", labels: {team: a}}
      - {name: own, schedule: "@daily", template: {metadata: {labels: {own: label}}}}
      kapp: {annotations: \(annotated)}
      extraObjects:
      - {apiVersion: v1, kind: Namespace, metadata: {name: other}}
      """
    return try ObjectSet.objects(in: try RenderedBundle.documents(values: ByteString(values)))
  }

  private static func annotations(_ object: KubernetesObject) -> [String: String] {
    var found: [String: String] = [:]
    for item in (object.content.value(at: "metadata", "annotations") ?? .null).mapItems {
      found[item.key.stringValue?.text ?? ""] = item.value.stringValue?.text
    }
    return found.filter { $0.key.hasPrefix("kapp.k14s.io/") }
  }

  @Test(arguments: releases) func byDefaultItIsToldNothing(_ release: String) throws {
    for object in try Self.objects(release, annotated: false) {
      #expect(Self.annotations(object).isEmpty, "\(object.identity)")
      #expect(object.identity.name != "velero-kapp-config")
    }
  }

  @Test(arguments: releases) func whatHoldsBackupsStays(_ release: String) throws {
    let kept = try Self.objects(release).filter { Self.annotations($0)["kapp.k14s.io/delete-strategy"] == "orphan" }
    let kinds = Set(kept.map(\.identity.kind))
    #expect(kinds == ["CustomResourceDefinition", "Namespace", "PersistentVolumeClaim"])
    let definitions = try Self.objects(release).filter { $0.identity.kind == "CustomResourceDefinition" }
    #expect(kept.count == definitions.count + 2)
    #expect(!kept.contains { $0.identity.name == "other" })
  }

  /// A rule about a group that nothing belongs to would order nothing.
  @Test(arguments: releases) func rulesAreAboutGroupsThatAreThere(_ release: String) throws {
    let objects = try Self.objects(release)
    let groups = Set(objects.compactMap { Self.annotations($0)["kapp.k14s.io/change-group"] })
    var rules: [String] = []
    for object in objects {
      rules += Self.annotations(object).filter { $0.key.hasPrefix("kapp.k14s.io/change-rule") }.map(\.value)
    }
    #expect(rules.count >= 6)
    for rule in rules {
      let words = rule.split(separator: " ").map(String.init)
      #expect(words.count == 4, "\(rule)")
      // Of kapp's own groups one is named.
      #expect(words.last.map { groups.contains($0) || $0 == "change-groups.kapp.k14s.io/crds" } ?? false, "\(rule)")
    }
  }

  /// Velero copies labels of a schedule only where its template has none.
  @Test(arguments: releases) func labelsOfKappDoNotGetToBackups(_ release: String) throws {
    let schedules = try Self.objects(release).filter { $0.identity.kind == "Schedule" }
    let labels = schedules.map { schedule in
      (schedule.content.value(at: "spec", "template", "metadata", "labels") ?? .null).mapItems.map {
        "\($0.key.stringValue ?? .empty)=\($0.value.stringValue ?? .empty)"
      }
    }
    #expect(labels == [["component=velero", "team=a"], ["own=label"]])
  }

  /// Servers write into schedules from the release on that can skip them.
  @Test func onlyThoseThatNeedItGetSettings() throws {
    let names = try Self.releases.filter { release in
      try Self.objects(release).contains { $0.identity.name == "velero-kapp-config" }
    }
    #expect(names == ["v1.16.2", "v1.18.1"])
  }
}
