package import Files
import Glibc
import Kubernetes
import Templating
import Velero
import YAML

/// Turns what environments are made of into their rendered trees: a function of bytes.
///
/// The bundle is parsed and compiled once for all environments, on whatever threads they are rendered.
package struct RenderPlan: Sendable {
  package let bundle: Bundle
  private let templates: [InputFile]

  package init(bundle: Bundle) {
    self.bundle = bundle
    templates = bundle.files.files.map { InputFile(path: $0.path, contents: $0.contents) }
  }

  /// The plan for the bundle that the binary carries.
  package static let embedded = RenderPlan(bundle: .embedded)

  /// Reads and compiles the files of the embedded bundle on a thread of its own, for a command that will need them and
  /// has something else to do meanwhile. The last file comes first: whoever renders begins with the first ones, and so
  /// the two meet in the middle. The digest of the bundle, and what checks will need, come last as they are needed last.
  package static func warmUp(checking isChecking: Bool) {
    let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { isChecking in
      for template in RenderPlan.embedded.templates.reversed() { template.prepare() }
      _ = RenderPlan.embedded.bundle.digest
      if isChecking != nil { TreeCheck.warmUp() }
      return nil
    }
    var thread = pthread_t()
    let started = pthread_create(&thread, nil, body, isChecking ? UnsafeMutableRawPointer(bitPattern: 1) : nil)
    if started == 0 { pthread_detach(thread) }
  }

  /// Renders one environment.
  /// - Parameter common: what it may have in common with others that were rendered on the same thread.
  /// - Throws: all that is wrong with its values, or what is wrong with the templates or the objects.
  package func render(
    _ inputs: EnvironmentInputs, _ common: CommonWork = CommonWork()
  ) throws(Diagnostics) -> RenderedEnvironment {
    if inputs.values.allSatisfy(\.contents.isBlankYAML) { throw Diagnostics(.noValues(inputs)) }
    let output: RenderOutput
    do throws(Diagnostics) {
      output = try Rendering.render(try input(inputs, common), sharing: common.results)
    } catch {
      throw error.placed(in: inputs, bundle: bundle, sources: Set(templates.map(\.unit.source.id)))
    }
    let values = output.values.value
    let release = values.value(at: "velero", "version")?.stringValue ?? .empty
    var made = try common.objects(in: output.documents)
    if let images = inputs.images {
      made = common.naming(made, images, release: ReleaseVersion(release.text), facts: bundle.imageFacts)
    }
    let (objects, layout) = try common.arrange(made)
    var files = [FileSet.File(path: Layout.kustomization, contents: layout.kustomizationText)]
    for (object, path) in zip(objects.objects, layout.paths) {
      files.append(FileSet.File(path: path, contents: common.print(object)))
    }
    if case .kappController(let settings) = inputs.engine {
      files += try KappControllerObjects(inputs: inputs, settings: settings, release: release).files()
    }
    let tree = FileSet(files)
    let lock = Lock(
      inputs: inputs, bundle: bundle, release: release, output: tree, digest: common.digest)
    return RenderedEnvironment(
      name: inputs.name, objects: objects, paths: layout.paths, tree: tree, lock: lock,
      provider: values.value(at: "provider")?.stringValue ?? .empty,
      kubernetes: values.value(at: "kubernetes", "version")?.stringValue ?? .empty, inputs: inputs)
  }

  /// As `ytt -f config -f overlays --data-values-file values.yaml` takes them.
  private func input(_ inputs: EnvironmentInputs, _ common: CommonWork) throws(Diagnostics) -> RenderInput {
    var values = DataValueArguments()
    values.valuesFiles = try engineValues(inputs, common)
    values.valuesFiles += inputs.values.map { file in
      DataValueArguments.ValuesFile(
        argument: file.input.path, files: [(name: file.input.path.text, contents: file.contents)],
        isSecret: file.isOfSecret)
    }
    var input = RenderInput(files: templates + inputs.overlays.map(\.input), dataValues: values)
    input.reportsEachCause = true
    return input
  }

  /// What the engine asks for where the environment's own values do not say otherwise.
  private func engineValues(
    _ inputs: EnvironmentInputs, _ common: CommonWork
  ) throws(Diagnostics) -> [DataValueArguments.ValuesFile] {
    guard case .kappController = inputs.engine else { return [] }
    if common.knowsKappAnnotations == nil {
      common.knowsKappAnnotations = try KappAnnotations.areKnown(to: templates)
    }
    if common.knowsKappAnnotations == false { return [] }
    let name = Engine.kappControllerName
    return [
      DataValueArguments.ValuesFile(argument: name, files: [(name: name.text, contents: KappAnnotations.values)])
    ]
  }
}

extension InputFile {
  /// Makes of the file what rendering will ask for; what is wrong with it is told when it does.
  fileprivate func prepare() {
    switch kind {
    case .yaml: _ = try? unit.template(TemplateOptions())
    case .starlark: _ = try? unit.starlarkTemplate()
    case .text, .data: break
    }
  }
}

extension ByteString {
  /// Whether there is nothing but blanks, comments and the marks of documents.
  fileprivate var isBlankYAML: Bool {
    var start = 0
    while start < count {
      let end = firstIndex(of: UInt8(ascii: "\n"), from: start) ?? count
      let line = self[start..<end].text.drop { $0.isWhitespace }
      if !line.isEmpty && !line.hasPrefix("#") && !line.hasPrefix("---") { return false }
      start = end + 1
    }
    return true
  }
}

extension Diagnostic {
  fileprivate static func noValues(_ inputs: EnvironmentInputs) -> Diagnostic {
    let file = inputs.values.last
    return Diagnostic(
      "\(file?.path ?? inputs.name.directory) is empty, and nothing is inherited",
      at: file.map { $0.input.unit.source.range(0..<0) },
      hint: "say at least which provider it is: 'provider: aws'; 'sailplan environment add' writes sample values")
  }
}
