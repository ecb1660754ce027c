import Files
import Starlark
import YAML

/// What renderings of the same files with different data values have in common, so that it is made once: the schema, and
/// the documents of templates that read the same.
///
/// A result depends on the file, on the values that were read, and on what can be loaded or read from it. So renderings
/// share while they have the same libraries and data files; others start anew. Templates that print, list files, or
/// evaluate libraries are always run; so are overlays that match something, for their functions end with the rendering
/// that made them.
///
/// For one thread.
package final class SharedResults {
  /// What one file gave for one set of reads.
  private struct Run {
    let reads: ValueReads
    let documents: [Document]
  }

  private struct Runs {
    /// Kept alive: its address is the key.
    let unit: SourceUnit
    var runs: [Run] = []
    var hits = 0
    var misses = 0

    /// Whether results are still worth keeping: those of a template that each environment renders differently are not.
    var areWorthIt: Bool { hits * 4 >= misses - Self.patience }

    private static let patience = 16
    static let most = 64
  }

  /// What data values have in common.
  let values = SharedValues()
  /// What was loaded and is the same for all data values.
  let modules = LoadedModules()

  /// The directories of the last rendering.
  private var last: (files: [InputFile], options: TemplateOptions, root: Directory)?
  /// Those of the files that the renderings begin with.
  private var base: (files: [InputFile], options: TemplateOptions, root: Directory)?
  private var common: [InputFile] = []
  private var commonPaths: Set<ByteString> = []
  private var files: [ObjectIdentifier: Runs] = [:]
  private var sharedSchema: (run: RenderingRun, schema: Schema, reads: ValueReads)?
  private var hasNoSchema = false

  /// The bounds of the stack of the thread that it is for.
  let stack = StackBounds()

  /// Made on the thread that will use it.
  package init() {}

  deinit { sharedSchema?.run.thread.endModules() }

  /// The directories of a rendering that can take part; nothing for one that cannot. One with other libraries or data
  /// files begins anew.
  func root(of input: RenderInput) -> Directory? {
    // Marks change what files are; nobody who renders often uses them.
    guard input.files.indices.allSatisfy({ !input.files[$0].isMarked }) else { return nil }
    if let last, last.options == input.options, last.files.count == input.files.count,
      input.begins(with: last.files)
    {
      return last.root
    }
    if let base, base.options == input.options, input.begins(with: base.files),
      input.files[base.files.count...].allSatisfy({ isOfOneRendering($0, input.options) })
    {
      let root = base.root.adding(input.files[base.files.count...])
      last = (input.files, input.options, root)
      return root
    }
    guard fit(input) else { return nil }
    // What it has in common with the one before is likely to be what all have in common.
    let common = zip(last?.files ?? [], input.files).prefix { $0.unit === $1.unit }.count
    let root = Directory.root(of: input.files)
    if common > 0, input.files[common...].allSatisfy({ isOfOneRendering($0, input.options) }) {
      let files = Array(input.files[..<common])
      base = (files, input.options, Directory.root(of: files))
    }
    last = (input.files, input.options, root)
    return root
  }

  /// Whether no other rendering, and no other file, has to do with a file.
  private func isOfOneRendering(_ file: InputFile, _ options: TemplateOptions) -> Bool {
    !file.canBeReadByMany && !file.isSchema(options) && !commonPaths.contains(file.path)
  }

  private func fit(_ input: RenderInput) -> Bool {
    let common = input.files.filter { $0.canBeReadByMany || $0.isSchema(input.options) }
    if !(common.count == self.common.count && zip(common, self.common).allSatisfy { $0.unit === $1.unit }) {
      sharedSchema?.run.thread.endModules()
      sharedSchema = nil
      hasNoSchema = false
      modules.end()
      files = [:]
      last = nil
      base = nil
      self.common = common
      commonPaths = Set(common.map(\.path))
    }
    // Of two files with one path the first is found, whatever it is.
    return commonPaths.count == common.count
      && input.files.allSatisfy { file in
        file.canBeReadByMany || file.isSchema(input.options) || !commonPaths.contains(file.path)
      }
  }

  /// The schema; nothing where it cannot be shared, or is wrong.
  func schema(_ input: RenderInput) -> Schema? {
    if let sharedSchema { return sharedSchema.schema }
    if hasNoSchema { return nil }
    let run = RenderingRun(input) { _ in }
    let reads = ValueReads(Document(.map([])))
    run.reads = reads
    if let (schema, addressed) = try? run.library.schema(overlays: []), addressed.isEmpty, !reads.dependsOnMore {
      sharedSchema = (run, schema, reads)
      return schema
    }
    run.thread.endModules()
    hasNoSchema = true
    return nil
  }

  /// Whether it is the schema that renderings share.
  func shares(_ schema: Schema) -> Bool { sharedSchema?.schema.root === schema.root }

  /// Whether a rule of the schema has read what is not the same in all renderings.
  var schemaDependsOnMore: Bool { sharedSchema?.reads.dependsOnMore ?? true }

  /// Gives the schema up if a rule of it has read what is not the same in all renderings. True says that values have to
  /// be checked anew.
  func giveUpSchema() -> Bool {
    guard let shared = sharedSchema, schemaDependsOnMore else { return false }
    shared.run.thread.endModules()
    sharedSchema = nil
    hasNoSchema = true
    return true
  }

  /// What a file gives with these values; nothing where that is not known.
  func documents(of unit: SourceUnit, values: Document) -> [Document]? {
    let key = ObjectIdentifier(unit)
    guard var known = files[key] else { return nil }
    files[key] = nil
    defer { files[key] = known }
    guard let index = known.runs.firstIndex(where: { $0.reads.hold(for: values) }) else { return nil }
    known.hits += 1
    return known.runs[index].documents
  }

  /// Keeps what a file gave.
  func keep(_ documents: [Document], of unit: SourceUnit, _ reads: ValueReads) {
    let key = ObjectIdentifier(unit)
    var known = files[key] ?? Runs(unit: unit)
    files[key] = nil
    defer { files[key] = known }
    known.misses += 1
    guard known.areWorthIt else {
      known.runs = []
      return
    }
    if reads.dependsOnMore || documents.contains(where: \.isOverlay) { return }
    if known.runs.count == Runs.most { known.runs.removeFirst() }
    known.runs.append(Run(reads: reads, documents: documents))
  }
}

extension RenderInput {
  /// Whether these are the very files that it has first.
  fileprivate func begins(with others: [InputFile]) -> Bool {
    others.count <= files.count && others.indices.allSatisfy { others[$0].unit === files[$0].unit }
  }
}

extension InputFile {
  /// Whether a mark changes what it is.
  fileprivate var isMarked: Bool { markedKind != nil || markedTemplate != nil || markedForOutput != nil }

  /// Whether other files can load it, or `data.read` is likely to read it.
  var canBeReadByMany: Bool { isLibrary || kind == .data }

  /// Whether it is part of the schema. One that cannot be read is none, and fails elsewhere.
  fileprivate func isSchema(_ options: TemplateOptions) -> Bool {
    guard kind == .yaml && isTemplate else { return false }
    let annotation = LibraryExecution.schemaAnnotation
    return (try? unit.hasDocument(annotated: annotation, isStrict: options.isStrict)) ?? false
  }
}

extension Document {
  /// Whether it is put over other documents.
  var isOverlay: Bool { annotations?.template?[OverlayAnnotation.match] != nil }
}
