import Carvel
package import Files
import Templating
import YAML

/// Reads a workspace: what it is made of, and what each environment inherits.
///
/// Every file is read once, however many environments inherit it.
package final class WorkspaceReader {
  package let tree: any InputTree
  /// When nothing was read yet.
  let began = DiskStamp.Moment.now
  package let configuration: WorkspaceConfiguration
  let resolver: PathResolver
  private var files: [ByteString: WorkspaceFile] = [:]
  /// By their paths; nothing where a directory has none.
  private var environmentConfigurations: [ByteString: (WorkspaceFile, EnvironmentConfiguration)?] = [:]
  private var readBundle: Bundle?

  static let valuesFile: ByteString = "values.yaml"
  /// The most bytes that a file of values or an overlay may have.
  package static let largestInput = 16 << 20
  /// The most bytes that a file of a bundle may have.
  package static let largestTemplate = 64 << 20

  /// The bytes of every ordinary file of the workspace that was read so far, `sailplan.yaml` and the bundle included, by
  /// where it really is.
  private(set) var contentsRead: [ByteString: ByteString] = [:]

  /// The same as files.
  package var filesRead: FileSet { FileSet(contentsRead.map { FileSet.File(path: $0.key, contents: $0.value) }) }

  /// Counts what others read of the same tree as read.
  func note(_ others: [ByteString: ByteString]) { contentsRead.merge(others) { own, _ in own } }

  /// Reads `sailplan.yaml` at the top of `tree`.
  package init(_ tree: any InputTree) throws(Diagnostics) {
    self.tree = tree
    resolver = PathResolver(tree: tree)
    let contents: ByteString
    do {
      let file = try resolver.file(WorkspaceConfiguration.file, limit: Self.largestInput)
      contents = file.contents
      if file.kind == .file { contentsRead[file.path] = contents }
    } catch {
      throw Diagnostics(error)
    }
    let source = SourceFile.register(path: tree.shown(WorkspaceConfiguration.file), contents: contents)
    configuration = try WorkspaceConfiguration(parsing: source)
  }

  /// Whether what reading and rendering keep in memory is left to the end of the process.
  var leavesMemory = false {
    didSet { if leavesMemory { _ = Unmanaged.passRetained(self) } }
  }

  /// Frees nothing of what reading and rendering keep: for a command that ends the process soon, which frees all at once.
  package func leaveMemory() { leavesMemory = true }

  // MARK: Environments

  /// All environments, by the bytes of their names.
  package func environments() throws(Diagnostics) -> [EnvironmentName] {
    try search { (search) throws(Diagnostic) in try search.visitAll() }
  }

  /// The environment of this name alone, or those in the group of this name; none where there is neither.
  package func environments(in name: EnvironmentName) throws(Diagnostics) -> [EnvironmentName] {
    try search { (search) throws(Diagnostic) in try search.visit(name) }
  }

  private func search(
    _ visit: (inout EnvironmentSearch) throws(Diagnostic) -> Void
  ) throws(Diagnostics) -> [EnvironmentName] {
    var search = EnvironmentSearch(tree: tree, resolver: resolver)
    do {
      try visit(&search)
    } catch {
      throw Diagnostics(error)
    }
    abandoned.formUnion(search.abandoned)
    for directory in search.unconfigured {
      environmentConfigurations.updateValue(nil, forKey: directory.appendingPath(EnvironmentConfiguration.file))
    }
    return search.names.sorted()
  }

  /// Directories that were met while looking for environments and have a lock but no values: what was rendered for an
  /// environment that is no more.
  package private(set) var abandoned: Set<EnvironmentName> = []

  /// The name of an environment as people give it: shells complete `environments/prod/`.
  package static func name(_ text: ByteString) throws(Diagnostic) -> EnvironmentName {
    let prefix = EnvironmentName.root.appending("/")
    guard text.hasPrefix(prefix) else { return try EnvironmentName(text) }
    let end = text.hasSuffix("/") ? max(prefix.count, text.count - 1) : text.count
    return try EnvironmentName(text[prefix.count..<end])
  }

  /// The labels of an environment: what the `environment.yaml` of its directory and of those above it say, the nearest
  /// for each key.
  package func labels(of name: EnvironmentName) throws(Diagnostics) -> [ByteString: ByteString] {
    var labels: [ByteString: ByteString] = [:]
    for directory in Self.directories(of: name) {
      guard let (_, configuration) = try configuration(in: directory) else { continue }
      labels.merge(configuration.labels) { _, nearer in nearer }
    }
    return labels
  }

  // MARK: Inputs

  /// What an environment is rendered from: its own values and overlays, and those of every directory above it up to
  /// `environments/`.
  package func inputs(for name: EnvironmentName) throws(Diagnostics) -> EnvironmentInputs {
    try inputs(for: name, requiringValues: true)
  }

  /// The same for an environment that need not be there yet: what it would inherit, and what is there of it.
  package func inputs(
    for name: EnvironmentName, requiringValues isRequired: Bool
  ) throws(Diagnostics) -> EnvironmentInputs {
    try inputs(for: name, from: Self.directories(of: name), requiringValues: isRequired)
  }

  /// What an environment inherits: the same without what its own directory has.
  func inherited(by name: EnvironmentName) throws(Diagnostics) -> EnvironmentInputs {
    try inputs(for: name, from: Self.directories(of: name).dropLast(), requiringValues: false)
  }

  private func inputs(
    for name: EnvironmentName, from directories: some Sequence<ByteString>, requiringValues isRequired: Bool
  ) throws(Diagnostics) -> EnvironmentInputs {
    var diagnostics = Diagnostics()
    var values: [WorkspaceFile] = []
    var overlays: [WorkspaceFile] = []
    var configurations: [WorkspaceFile] = []
    for directory in directories {
      do throws(Diagnostics) {
        if let (file, configuration) = try self.configuration(in: directory) {
          configurations.append(file)
          values += try taken(configuration, in: directory)
        }
        let isOwn = directory == name.directory
        if let file = try valuesFile(in: directory, isRequired: isOwn && isRequired) { values.append(file) }
      } catch {
        diagnostics.append(contentsOf: error)
      }
      do throws(Diagnostic) {
        for path in try paths(below: directory.appendingPath("overlays")) { overlays.append(try file(path)) }
      } catch {
        diagnostics.append(error)
      }
    }
    var images: ImageSettings?
    do throws(Diagnostics) {
      images = try imageSettings(in: directories)
    } catch {
      diagnostics.append(contentsOf: error)
    }
    try diagnostics.throwIfErrors()
    return EnvironmentInputs(
      name: name, values: values, overlays: overlays, configurations: configurations, engine: try engine(of: name),
      images: images)
  }

  // MARK: Images

  /// What becomes of images, by the files that say so: environments that have them in common share it.
  private var readImages: [[ByteString]: ImageSettings] = [:]

  /// Whether images are named as templates name them, whatever locks and mirrors there are.
  package var namesImagesAsWritten = false

  private func imageSettings(in directories: some Sequence<ByteString>) throws(Diagnostics) -> ImageSettings? {
    if namesImagesAsWritten { return nil }
    var lock: WorkspaceFile?
    var rules: [ImageRewriting.Rule] = []
    var paths: [ByteString] = []
    for directory in directories {
      if let configuration = try configuration(in: directory)?.1, !configuration.rewrittenImages.isEmpty {
        rules += configuration.rewrittenImages
        paths.append(directory)
      }
      let path = directory.appendingPath(ImageSettings.file)
      do throws(Diagnostic) {
        if try resolver.resolve(path) != nil { lock = try file(path) }
      } catch {
        throw Diagnostics(error)
      }
    }
    if lock == nil && rules.isEmpty { return nil }
    paths.append(lock?.path ?? .empty)
    if let known = readImages[paths] { return known }
    let read = try ImageSettings(lockFile: lock, rewriting: ImageRewriting(rules))
    readImages[paths] = read
    return read
  }

  /// What is said about the environments in and below a directory.
  func configuration(
    in directory: ByteString
  ) throws(Diagnostics) -> (WorkspaceFile, EnvironmentConfiguration)? {
    let path = directory.appendingPath(EnvironmentConfiguration.file)
    if let known = environmentConfigurations[path] { return known }
    let file: WorkspaceFile
    do throws(Diagnostic) {
      if try resolver.resolve(path) == nil {
        environmentConfigurations.updateValue(nil, forKey: path)
        return nil
      }
      file = try self.file(path)
    } catch {
      throw Diagnostics(error)
    }
    let read = (file, try EnvironmentConfiguration(parsing: file.input.unit.source))
    environmentConfigurations.updateValue(read, forKey: path)
    return read
  }

  /// The values that the environments in and below a directory take over.
  private func taken(
    _ configuration: EnvironmentConfiguration, in directory: ByteString
  ) throws(Diagnostics) -> [WorkspaceFile] {
    var diagnostics = Diagnostics()
    var taken: [WorkspaceFile] = []
    for reference in configuration.valuesFrom {
      let file: WorkspaceFile
      do throws(Diagnostic) {
        guard let path = directory.appendingPath(reference.file).withoutSteps else { throw .outside(reference.file) }
        file = try self.file(path)
      } catch {
        diagnostics.append(Diagnostic(error.message, at: reference.range, hint: error.hint))
        continue
      }
      do throws(Diagnostics) {
        taken += try ExistingValues(file, reference).files
      } catch {
        diagnostics.append(contentsOf: error)
      }
    }
    try diagnostics.throwIfErrors()
    return taken
  }

  /// `environments`, then each directory on the way down.
  static func directories(of name: EnvironmentName) -> [ByteString] {
    var directories = [EnvironmentName.root]
    for part in name.path.pathComponents {
      directories.append((directories.last ?? .empty).appendingPath(part))
    }
    return directories
  }

  /// The values of a directory. A key that stands twice, of which ytt takes the last, is a mistake in such a file.
  private func valuesFile(in directory: ByteString, isRequired: Bool) throws(Diagnostics) -> WorkspaceFile? {
    let path = directory.appendingPath(Self.valuesFile)
    if let file = files[path] { return file }
    let found: WorkspaceFile
    do throws(Diagnostic) {
      if !isRequired, try resolver.resolve(path) == nil { return nil }
      found = try file(path)
    } catch {
      throw Diagnostics(error)
    }
    _ = try ParsedFile.parse(found.input.unit.source, options: ParseOptions(duplicateKeys: .error))
    return found
  }

  private func file(_ path: ByteString) throws(Diagnostic) -> WorkspaceFile {
    if let file = files[path] { return file }
    let file = WorkspaceFile(path: path, contents: try read(path, limit: Self.largestInput))
    files[path] = file
    return file
  }

  private func read(_ path: ByteString, limit: Int) throws(Diagnostic) -> ByteString {
    let file = try resolver.file(path, limit: limit)
    if file.kind == .file { contentsRead[file.path] = file.contents }
    return file.contents
  }

  /// What is in a file of the workspace; nothing where there is none.
  func contentsIfAny(_ path: ByteString) throws(Diagnostic) -> ByteString? {
    try resolver.resolve(path) == nil ? nil : try read(path, limit: Self.largestInput)
  }

  /// The files below a directory, by the bytes of their paths; none where it is missing. Links are followed.
  func paths(below directory: ByteString) throws(Diagnostic) -> [ByteString] {
    guard let top = try resolver.resolve(directory) else { return [] }
    guard top.kind == .directory else { throw .notADirectory(tree.shown(directory)) }
    var walk = FileWalk(tree: tree, resolver: resolver)
    try walk.visit(directory)
    return walk.paths.sorted()
  }

  // MARK: The bundle

  /// The bundle that the workspace renders from.
  package func bundle() throws(Diagnostics) -> Bundle {
    if let readBundle { return readBundle }
    let bundle = try readBundleOfWorkspace()
    readBundle = bundle
    return bundle
  }

  private func readBundleOfWorkspace() throws(Diagnostics) -> Bundle {
    guard let directory = configuration.bundle else { return RenderPlan.embedded.bundle }
    let config = directory.appendingPath("config")
    do throws(Diagnostic) {
      guard try resolver.resolve(config)?.kind == .directory else { throw .noBundle(tree.shown(directory)) }
      var files: [FileSet.File] = []
      for path in try paths(below: config) {
        let contents = try read(path, limit: Self.largestTemplate)
        files.append(FileSet.File(path: path[config.count + 1..<path.count], contents: contents))
      }
      return Bundle(source: .directory(directory), files: FileSet(files))
    } catch {
      throw Diagnostics(error)
    }
  }
}

extension Diagnostic {
  fileprivate static func notADirectory(_ path: String) -> Diagnostic {
    Diagnostic("\(path) must be a directory", hint: "put the overlays into files in a directory of that name")
  }

  fileprivate static func outside(_ path: ByteString) -> Diagnostic {
    Diagnostic("'\(path)' leads out of the workspace", hint: "copy the file into the workspace")
  }

  fileprivate static func noBundle(_ path: String) -> Diagnostic {
    Diagnostic(
      "there is no bundle in \(path)",
      hint: "it needs a directory 'config'; without 'bundle' in sailplan.yaml the built-in one is used")
  }
}
