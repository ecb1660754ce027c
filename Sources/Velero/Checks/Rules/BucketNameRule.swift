import Files

extension CheckRule {
  static let bucketName = CheckRule(
    "bucket-name", .error, "a location's bucket is none",
    why: "The location stays unavailable: the server refuses a bucket with a slash, and there is none without a name."
  ) { tree, findings in
    for location in tree.backupLocations {
      let bucket = location.text("spec", "objectStorage", "bucket") ?? ""
      let slash = UInt8(ascii: "/")
      var inner = bucket.utf8.drop { $0 == slash }
      while inner.last == slash { inner.removeLast() }
      if inner.isEmpty {
        findings.add(
          "the location names no bucket", in: tree, location, at: location.position("spec", "objectStorage", "bucket"),
          mend: "write spec.objectStorage.bucket")
      } else if inner.contains(slash) {
        findings.add(
          "the bucket '\(bucket)' has a slash in it", in: tree, location,
          at: location.position("spec", "objectStorage", "bucket"), mend: "put what is behind the slash into the prefix"
        )
      }
    }
  }
}
