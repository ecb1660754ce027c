package import Files
import Kubernetes
import Templating
import YAML

/// Turns what environments are made of into their rendered trees: a function of bytes.
///
/// The bundle is parsed and compiled once for all environments, on whatever threads they are rendered.
package struct RenderPlan: Sendable {
  package let bundle: Bundle

  package init(bundle: Bundle) {
    self.bundle = bundle
  }

  /// Renders one environment.
  /// - Throws: all that is wrong with its values, or what is wrong with the templates or the objects.
  package func render(_ inputs: EnvironmentInputs) throws(Diagnostics) -> RenderedEnvironment {
    let documents = try documents(inputs)
    let objects = try ObjectSet(documents: documents)
    let layout = try Layout(objects)
    var files = [FileSet.File(path: Layout.kustomization, contents: layout.kustomizationText)]
    for (object, path) in zip(objects.objects, layout.paths) {
      var out = ByteBuffer()
      print(object.content, into: &out)
      files.append(FileSet.File(path: path, contents: out.finish()))
    }
    let tree = FileSet(files)
    let lock = Lock(inputs: inputs, bundle: bundle, release: Self.release(of: objects), output: tree)
    return RenderedEnvironment(name: inputs.name, objects: objects, paths: layout.paths, tree: tree, lock: lock)
  }

  /// The release is what the server's image says, unless another label says better.
  private static func release(of objects: ObjectSet) -> ByteString {
    .empty
  }
}

extension RenderPlan {
  /// Seam to the engine.
  private func documents(_ inputs: EnvironmentInputs) throws(Diagnostics) -> [Document] { [] }
}
