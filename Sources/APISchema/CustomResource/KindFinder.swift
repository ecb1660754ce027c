import Files

/// Finds the kinds of packages: structures that embed the metadata of a type and of an object.
struct KindFinder {
  private static let metadataPackage: ByteString = "k8s.io/apimachinery/pkg/apis/meta/v1"

  private let schemas: SchemaBuilder

  init(_ schemas: SchemaBuilder) { self.schemas = schemas }

  /// The kinds that the packages declare, in order of their names and groups. A package that cannot be read, or whose
  /// markers cannot, has none.
  func kinds(in packages: [any APIPackage]) -> [GroupKind] {
    var kinds: Set<GroupKind> = []
    for package in packages {
      let before = schemas.diagnostics.list.count
      let scope = schemas.scope(root: package)
      guard schemas.isUsable(scope) else { continue }
      let found = package.typeNames.filter { name in
        guard let declaration = schemas.declaration(name, in: scope) else { return false }
        return isKind(declaration)
      }
      if schemas.diagnostics.list.count > before { continue }
      for name in found {
        kinds.insert(GroupKind(group: scope.groupVersion?.group ?? .empty, name: name))
      }
    }
    return kinds.sorted { $0.text < $1.text }
  }

  private func isKind(_ declaration: TypeDeclaration) -> Bool {
    var hasTypeMeta = false
    var hasObjectMeta = false
    for declared in declaration.fields where declared.field.name == nil {
      guard case .imported(_, Self.metadataPackage, let name) = declared.field.type.form else { continue }
      if name == "TypeMeta" { hasTypeMeta = true }
      if name == "ObjectMeta" { hasObjectMeta = true }
    }
    return hasTypeMeta && hasObjectMeta
  }
}
