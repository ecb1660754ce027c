#if SwiftAPI
import APISchema
import Files
import SwiftSyntax

/// Turns declarations into the types that one release has.
struct ReleaseReader {
  private let module: SwiftModule
  private let release: Release?
  private(set) var diagnostics = Diagnostics()
  private var references: TypeReferences

  init(_ module: SwiftModule, release: Release?) {
    self.module = module
    self.release = release
    references = TypeReferences(module, release: release)
  }

  /// The types of a folder.
  mutating func package(_ index: Int) -> SwiftPackage {
    let folder = module.folders[index]
    var types: [APIType] = []
    var names: [ByteString: APIType] = [:]
    for (number, type) in folder.types.enumerated() {
      do throws(Diagnostic) {
        guard let made = try self.type(type, at: SwiftModule.Place(folder: index, type: number)) else { continue }
        if let other = names.updateValue(made, forKey: made.name) { throw .twice(made, other) }
        types.append(made)
      } catch {
        diagnostics.append(error)
      }
    }
    var loose: [CommentGroup] = []
    for group in folder.looseComments {
      do throws(Diagnostic) {
        let comments = try ReleasedComments(group, release: release)
        if comments.isPresent, let group = comments.group { loose.append(group) }
      } catch {
        diagnostics.append(error)
      }
    }
    let package = SwiftPackage(
      path: ByteString(folder.path), position: folder.position, types: types, looseComments: loose)
    if let kind = types.first(where: \.isKind), !loose.contains(where: \.namesGroup) {
      diagnostics.append(.noGroup(kind, folder: folder.path))
    }
    return package
  }

  /// The type of a declaration; nothing if the release does not have it, or if it is none for the schema.
  private mutating func type(_ type: DeclaredType, at place: SwiftModule.Place) throws(Diagnostic) -> APIType? {
    if case .namespace = type.form { return nil }
    var comments = try ReleasedComments(type.comments, release: release)
    guard comments.isPresent, comments.schemaType == nil else { return nil }
    let scope = TypeReferences.Scope(folder: place.folder, path: type.path)
    let encodesItself = module.folders.contains { $0.encoders.contains(type.name) }
    let definition: TypeExpression
    switch type.form {
    case .structure(let properties): definition = structure(properties, type, scope)
    case .alias(let other): definition = try references.expression(other, in: scope)
    case .values(let raw, let cases):
      definition = try references.expression(raw, in: scope)
      var values: [String] = []
      for item in cases where try ReleasedComments(item.comments, release: release).isPresent {
        values.append(item.value)
      }
      if !values.isEmpty, !comments.has("kubebuilder:validation:Enum") {
        comments.addMarker("kubebuilder:validation:Enum=\(values.joined(separator: ";"))", at: type.position)
      }
    case .choice, .namespace:
      guard encodesItself, comments.has("kubebuilder:validation:Type") else { throw .choice(type) }
      definition = TypeExpression(.structure([]), at: type.position)
    }
    return APIType(
      name: references.name(of: type), position: type.position, definition: definition,
      typeParameterCount: type.typeParameterCount, documentation: comments.group,
      marshalers: encodesItself ? .json : [])
  }

  private mutating func structure(
    _ properties: [DeclaredProperty], _ type: DeclaredType, _ scope: TypeReferences.Scope
  ) -> TypeExpression {
    let isKind = Set(["apiVersion", "kind", "metadata"]).isSubset(of: properties.map(\.key))
    var fields: [APIField] = []
    for property in properties {
      do throws(Diagnostic) {
        guard let field = try field(property, scope) else { continue }
        fields.append(field)
      } catch {
        diagnostics.append(error)
      }
    }
    if isKind, let metadata = fields.first(where: { $0.tag?.name == "metadata" }), metadata.type.isObjectMetadata {
      fields.removeAll { ["apiVersion", "kind", "metadata"].contains($0.tag?.name) }
      fields = .ofKind(at: type.position) + fields
    }
    return TypeExpression(.structure(fields), at: type.position)
  }

  private mutating func field(
    _ property: DeclaredProperty, _ scope: TypeReferences.Scope
  ) throws(Diagnostic) -> APIField? {
    let comments = try ReleasedComments(property.comments, release: release)
    guard comments.isPresent else { return nil }
    var type = property.type
    var isOptional = false
    while let wrapped = type.wrappedInOptional {
      isOptional = true
      type = wrapped
    }
    let expression: TypeExpression
    if let other = comments.schemaType {
      expression = try references.expression(other, in: scope)
    } else {
      expression = try references.expression(type, in: scope)
    }
    return APIField(
      name: ByteString(property.name), position: property.position, type: expression,
      tag: JSONTag(name: ByteString(property.key), options: isOptional ? ["omitempty"] : []),
      documentation: comments.group)
  }
}

extension [APIField] {
  /// What makes a structure a kind, as Go embeds it.
  fileprivate static func ofKind(at position: Position) -> [APIField] {
    func embedded(_ name: ByteString, _ tag: JSONTag) -> APIField {
      APIField(
        name: nil, position: position,
        type: TypeExpression(
          .imported(qualifier: "metav1", path: "k8s.io/apimachinery/pkg/apis/meta/v1", name: name), at: position),
        tag: tag)
    }
    return [
      embedded("TypeMeta", JSONTag(name: "", options: ["inline"])),
      embedded("ObjectMeta", JSONTag(name: "metadata", options: ["omitempty"])),
    ]
  }
}

extension TypeExpression {
  fileprivate var isObjectMetadata: Bool {
    guard case .imported(_, let path, let name) = form else { return false }
    return path == "k8s.io/apimachinery/pkg/apis/meta/v1" && name == "ObjectMeta"
  }
}

extension APIType {
  fileprivate var isKind: Bool {
    guard case .structure(let fields) = definition.form else { return false }
    return fields.contains { $0.name == nil && $0.type.isObjectMetadata }
  }
}

extension CommentGroup {
  fileprivate var namesGroup: Bool {
    comments.contains { comment in
      comment.text.text.drop { $0 == "/" || $0 == " " }.hasPrefix("+groupName")
    }
  }
}

extension Diagnostic {
  fileprivate static func twice(_ type: APIType, _ other: APIType) -> Diagnostic {
    Diagnostic(
      "\(type.name) is declared twice", at: type.position,
      notes: [Note("the other one is here", at: SourceRange(other.position))],
      hint: "give one of them another name: types inside others are called by both names")
  }

  fileprivate static func choice(_ type: DeclaredType) -> Diagnostic {
    Diagnostic(
      "the enumeration \(type.name) has no raw values, and so no schema that could be told from it", at: type.position,
      hint: "give it raw values, or encode(to:) and +kubebuilder:validation:Type, or say +schemaType")
  }

  fileprivate static func noGroup(_ kind: APIType, folder: String) -> Diagnostic {
    Diagnostic(
      "\(kind.name) is a kind, but nothing in \(folder) says of which group", at: kind.position,
      hint: "add a comment that stands for itself to one of the folder's files: // +groupName=example.org")
  }
}
#endif
