package import Files
package import Starlark
import YAML

/// A compiled template: a program, and what its host statements do. Made once, run any number of times, on any
/// number of threads at once.
package final class Template: Sendable {
  /// What a template makes.
  package enum Output: Sendable {
    case documents
    case text
    /// A `.star` file makes nothing but its exports.
    case nothing
  }

  /// What a host statement does. The numbers are those of nodes in `nodes`.
  enum Operation: Sendable {
    /// Begins a node; with a literal value, the whole of it.
    case open(Int32)
    /// Gives the open node the value of an expression.
    case value(Int32)
    /// Remembers an annotation for a node about to be opened.
    case annotation(Int32, name: ByteString, position: Position)
    /// Adds items without anything to compute to a map, a sequence, the documents of the file.
    case mapItems(Int32, [MapItem])
    case sequenceItems(Int32, [SequenceItem])
    case documents(Int32, [Document])
    /// Begins a text inside a node.
    case beginText
    case text(ByteString)
    /// Appends the value of an expression to the text.
    case printedText
    /// Ends the text: it is a node's key, or its value.
    case endTextAsKey(Int32)
    case endTextAsValue(Int32)
  }

  /// A node of a template that is built at run time.
  struct Blueprint: Sendable {
    enum Kind: Sendable {
      case documentSet, document, mapItem, sequenceItem
    }
    enum Content: Sendable {
      /// A value comment, or a text template.
      case computed
      case literal(Node)
      case documents, map, sequence
    }

    let kind: Kind
    /// The number of the node that this one is in; -1 for the documents of the file.
    let parent: Int32
    let depth: Int32
    let key: Node
    let position: Position
    var content: Content
  }

  /// The name in messages: its path.
  package let file: SourceFile
  package let program: Program
  package let output: Output
  let operations: [Operation]
  /// By number; 0 is the set of all documents.
  let nodes: [Blueprint]
  /// Whether a repeated key silently replaces the earlier one.
  let overridesMapKeys: Bool

  init(
    file: SourceFile, program: Program, output: Output, operations: [Operation], nodes: [Blueprint],
    overridesMapKeys: Bool
  ) {
    self.file = file
    self.program = program
    self.output = output
    self.operations = operations
    self.nodes = nodes
    self.overridesMapKeys = overridesMapKeys
  }
}

/// How templates are to be read.
package struct TemplateOptions: Sendable, Hashable {
  /// Whether comments that are neither `#@` nor `#!` are allowed in YAML templates.
  package var ignoresUnknownComments = false
  /// Whether a repeated key of a template silently replaces the earlier one.
  package var overridesMapKeys = false
  /// Whether only scalars are allowed that mean the same in every version of YAML.
  package var isStrict = false

  package init() {}
}
