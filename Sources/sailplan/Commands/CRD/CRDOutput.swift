import APISchema
import Files

/// Where manifests go.
enum CRDOutput: Equatable {
  case directory(String)
  case standard
  case none

  /// Writes the manifests, each in one step; one that is there already with the same bytes is left alone.
  func write(_ files: [CustomResourceGenerator.File]) throws(Diagnostic) {
    switch self {
    case .none: return
    case .standard: for file in files { Output.standard.write(file.contents) }
    case .directory(let directory):
      guard !files.isEmpty else { return }
      try Disk.createDirectory(directory)
      for file in files {
        let path = "\(directory)/\(file.name)"
        if let old = try? Disk.read(path, limit: file.contents.count), old == file.contents { continue }
        try Disk.replace(path, with: file.contents)
      }
    }
  }
}
