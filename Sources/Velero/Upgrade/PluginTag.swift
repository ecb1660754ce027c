extension ImageReference {
  /// The same with another tag, and without a digest.
  func tagged(_ tag: String) -> ImageReference { ImageReference("\(repository):\(tag)") }
}

extension ReleaseCatalogue {
  /// The plugin whose image has that name, with whatever release it goes.
  func plugin(named image: String) -> String? {
    for minor in minors {
      if let plugin = minor.plugins.first(where: { ImageReference($0.image).name == image }) { return plugin.name }
    }
    return nil
  }
}

extension ReleaseCatalogue.Plugin {
  /// The tag of the image that goes with the minor version by default.
  var tag: String { ImageReference(image).tag ?? "" }

  /// Whether a tag is one that goes with the minor version: the default, or one that the plugin's makers name.
  func takes(tag: String) -> Bool {
    if self.tag == tag { return true }
    let version = tag.hasPrefix("v") ? tag.dropFirst() : tag[...]
    return fits.contains { version == $0 || version.hasPrefix($0 + ".") }
  }
}
