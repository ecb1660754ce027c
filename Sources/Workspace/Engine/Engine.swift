import Files

/// What brings manifests into a cluster: some engines want objects of their own beside them.
package enum Engine: Sendable, Hashable {
  /// Anything that applies what is rendered, such as kubectl.
  case none
  /// kapp-controller: the rendered tree has a PackageInstall or an App as well.
  case kappController(KappControllerSettings)

  /// The name of kapp-controller in settings, and of the directory of its objects.
  static let kappControllerName: ByteString = "kapp-controller"
}

/// What one `environment.yaml` says about the engine; nothing where it is silent.
struct EngineSettings: Sendable, Hashable {
  /// Whether it is kapp-controller.
  var isKappController: Bool?
  var kappController = KappControllerSettings()

  init() {}

  /// Reads the keys `engine` and `kappController`; what is wrong with them is noted in `map`.
  init(_ map: inout ConfigurationMap) {
    if let engine = map.text("engine") {
      switch engine.value {
      case "none": isKappController = false
      case Engine.kappControllerName: isKappController = true
      default:
        let near = Spelling.nearest(to: engine.value, among: ["none", Engine.kappControllerName])
        map.append(
          Diagnostic(
            "'engine' is '\(engine.value)' (expected none or kapp-controller)", at: engine.range,
            hint: near.map { "did you mean '\($0)'?" }))
      }
    }
    if var inner = map.map("kappController", known: KappControllerSettings.keys) {
      kappController = KappControllerSettings(&inner)
      for diagnostic in inner.diagnostics.list { map.append(diagnostic) }
    }
  }

  /// Keys that are given in `nearer` win.
  mutating func merge(_ nearer: EngineSettings) {
    isKappController = nearer.isKappController ?? isKappController
    kappController.merge(nearer.kappController)
  }

  var engine: Engine { isKappController == true ? .kappController(kappController) : .none }
}

extension WorkspaceReader {
  /// The engine of an environment: what the `environment.yaml` of its directory and of those above it say, the nearest
  /// for each key.
  func engine(of name: EnvironmentName) throws(Diagnostics) -> Engine {
    var settings = EngineSettings()
    for directory in Self.directories(of: name) {
      guard let (_, configuration) = try configuration(in: directory) else { continue }
      settings.merge(configuration.engine)
    }
    return settings.engine
  }
}
