/// What is different in one release from another, either way round.
package struct ReleaseComparison: Sendable {
  /// A plugin's image, where the releases have different ones; nothing where one has none.
  package struct PluginChange: Sendable {
    package var name: String
    package var old: String?
    package var new: String?
  }

  /// A flag of `velero install` whose default is another one.
  package struct DefaultChange: Sendable {
    package var flag: String
    package var old: String
    package var new: String
  }

  package var plugins: [PluginChange] = []
  /// What copies files of volumes, where that is different: the default first.
  package var uploaders: (old: [String], new: [String])?
  /// What the new release has and the old one has not, and the other way round: sentences.
  package var gained: [String] = []
  package var lost: [String] = []
  /// Flags of `velero install`, sorted by name.
  package var newFlags: [String] = []
  package var goneFlags: [String] = []
  package var changedDefaults: [DefaultChange] = []

  package init(_ old: ReleaseVersion, _ new: ReleaseVersion, in catalogue: ReleaseCatalogue) {
    compareMinors(catalogue.minor(of: old), catalogue.minor(of: new))
    for difference in catalogue.differences {
      switch (difference.contains(old), difference.contains(new)) {
      case (false, true): gained.append(difference.what)
      case (true, false): lost.append(difference.what)
      default: break
      }
    }
    compareFlags(InstallFlag.table(of: old), InstallFlag.table(of: new))
  }

  private mutating func compareMinors(_ old: ReleaseCatalogue.Minor?, _ new: ReleaseCatalogue.Minor?) {
    let images = [old, new].map { minor in
      Dictionary((minor?.plugins ?? []).map { ($0.name, $0.image) }) { first, _ in first }
    }
    for name in Set(images[0].keys).union(images[1].keys).sorted() where images[0][name] != images[1][name] {
      plugins.append(PluginChange(name: name, old: images[0][name], new: images[1][name]))
    }
    if let old, let new, old.uploaders != new.uploaders { uploaders = (old.uploaders, new.uploaders) }
  }

  private mutating func compareFlags(_ old: [InstallFlag], _ new: [InstallFlag]) {
    let defaults = Dictionary(old.map { ($0.name, $0.initial) }) { first, _ in first }
    let names = Set(new.map(\.name))
    for flag in new {
      guard let before = defaults[flag.name] else {
        newFlags.append(flag.name)
        continue
      }
      // The image is the release's own by its nature.
      if before != flag.initial, flag.name != "image" {
        changedDefaults.append(DefaultChange(flag: flag.name, old: before, new: flag.initial))
      }
    }
    goneFlags = old.map(\.name).filter { !names.contains($0) }
  }
}
