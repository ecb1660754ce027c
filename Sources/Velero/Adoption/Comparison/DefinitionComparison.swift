import Files
import Kubernetes
package import YAML

extension InstalledObjects {
  /// What is to be said about Velero's resource definitions that are there, beside those of the release.
  ///
  /// They are compared by what they define: descriptions, the version of their generator, and what the server fills in
  /// make no difference.
  /// - Parameter documents: the definitions of the release.
  package func notes(comparingDefinitionsWith documents: [Document]) -> [AdoptionNote] {
    definitions.compactMap { definition in
      let name = definition.identity.name
      let ours = documents.first { $0.value.value(at: "metadata", "name")?.stringValue == name }
      guard let ours else {
        return AdoptionNote(
          "\(definition.identity)", "resource definitions that \(release) does not have: they are not rendered",
          mend: "leave it as long as objects of its kind are needed")
      }
      if definition.content.definitionForm.isEquivalent(to: ours.value.definitionForm) { return nil }
      return AdoptionNote(
        "\(definition.identity)", "resource definitions that are not those of \(release), which are rendered",
        mend: "'sailplan crd check FILE \(release)' tells what replacing it means", isMissing: true)
    }
  }
}

extension Node {
  /// What a resource definition defines.
  fileprivate var definitionForm: Node {
    var spec = self["spec"] ?? .map([])
    spec["conversion"] = nil
    spec["preserveUnknownFields"] = nil
    spec.update("names") { $0 = $0.without("listKind", "singular", "categories") }
    spec.update("versions") { versions in
      versions.updateValues { version in
        if version["additionalPrinterColumns"]?.isHollow == true { version["additionalPrinterColumns"] = nil }
        version.update("schema") { $0 = $0.withoutDescriptions }
        version.update("additionalPrinterColumns") { $0 = $0.withoutDescriptions }
      }
    }
    return spec.withoutHollow
  }

  /// Without texts called description; properties of that name are maps, and stay.
  private var withoutDescriptions: Node {
    switch self {
    case .map(let items):
      .map(
        items.compactMap { item in
          if item.key.stringValue == "description", item.value.stringValue != nil { return nil }
          return MapItem(key: item.key, value: item.value.withoutDescriptions)
        })
    case .sequence(let items): .sequence(items.map { SequenceItem($0.value.withoutDescriptions) })
    default: self
    }
  }
}
