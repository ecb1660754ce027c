package import Files
import YAML

/// How kapp-controller makes an app: what it fetches, what it templates that with, and how it deploys the result. An App
/// has it as its `spec`, a Package as its `spec.template.spec`.
package struct AppSpec: Hashable, Sendable {
  package var fetch: [Fetch]
  package var template: [Template]
  package var deploy: [Deploy]

  package init(fetch: [Fetch], template: [Template], deploy: [Deploy]) {
    self.fetch = fetch
    self.template = template
    self.deploy = deploy
  }

  /// Where files come from.
  package enum Fetch: Hashable, Sendable {
    /// A bundle in a registry; `secret` is the name of the Secret with the account for it.
    case imgpkgBundle(image: ByteString, secret: ByteString? = nil)
    /// A directory of a git repository at a branch, tag or commit.
    case git(url: ByteString, ref: ByteString, directory: ByteString, secret: ByteString? = nil)
  }

  /// One step from files to objects.
  package enum Template: Hashable, Sendable {
    case ytt(Ytt)
    /// Replaces tags by digests; `-` among the paths is what the step before gave.
    case kbld(paths: [ByteString])
  }

  /// What ytt is called with.
  package struct Ytt: Hashable, Sendable {
    /// Files and directories of what was fetched.
    package var paths: [ByteString]
    /// Files that stand in the resource itself; they come behind the paths.
    package var inline: [InlineFile]
    /// Which files are taken for something else than their names say, such as `kustomization.yaml:exclude=true`.
    package var fileMarks: [ByteString]
    /// Leaves comments alone that no template has a meaning for.
    package var ignoresUnknownComments: Bool

    package init(
      paths: [ByteString] = [], inline: [InlineFile] = [], fileMarks: [ByteString] = [],
      ignoresUnknownComments: Bool = false
    ) {
      self.paths = paths
      self.inline = inline
      self.fileMarks = fileMarks
      self.ignoresUnknownComments = ignoresUnknownComments
    }
  }

  /// A file that stands in a resource.
  package struct InlineFile: Hashable, Sendable {
    package var path: ByteString
    package var contents: ByteString

    package init(path: ByteString, contents: ByteString) {
      self.path = path
      self.contents = contents
    }
  }

  /// How objects get into the cluster.
  package enum Deploy: Hashable, Sendable {
    /// By kapp, called with these further options.
    case kapp(rawOptions: [ByteString])
  }

  /// The keys of a `spec`.
  var node: Node {
    .fields([
      "fetch": .items(fetch.map(\.node)), "template": .items(template.map(\.node)),
      "deploy": .items(deploy.map(\.node)),
    ])
  }
}

extension AppSpec.Fetch {
  fileprivate var node: Node {
    switch self {
    case .imgpkgBundle(let image, let secret):
      let bundle = Node.fields(["image": .string(image), "secretRef": .named(secret)])
      return .fields(["imgpkgBundle": bundle])
    case .git(let url, let ref, let directory, let secret):
      let git = Node.fields([
        "url": .string(url), "ref": .string(ref), "subPath": .text(directory), "secretRef": .named(secret),
      ])
      return .fields(["git": git])
    }
  }
}

extension AppSpec.Template {
  fileprivate var node: Node {
    switch self {
    case .ytt(let ytt): .fields(["ytt": ytt.node])
    case .kbld(let paths): .fields(["kbld": .fields(["paths": .texts(paths)])])
    }
  }
}

extension AppSpec.Ytt {
  fileprivate var node: Node {
    let files = Node.textFields(inline.map { ($0.path, $0.contents) })
    return .fields([
      "ignoreUnknownComments": ignoresUnknownComments ? .bool(true) : nil,
      "inline": files.map { .fields(["paths": $0]) },
      "paths": .texts(paths), "fileMarks": .texts(fileMarks),
    ])
  }
}

extension AppSpec.Deploy {
  fileprivate var node: Node {
    switch self {
    case .kapp(let options): .fields(["kapp": .fields(["rawOptions": .texts(options)])])
    }
  }
}
