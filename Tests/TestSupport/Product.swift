import Glibc

/// What was built along with the tests.
package enum Product {
  /// The program `sailplan`, which lies beside the program that the tests run in.
  package static let sailplan: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    var parts = String(decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .split(separator: "/", omittingEmptySubsequences: false)
    parts[parts.count - 1] = "sailplan"
    return parts.joined(separator: "/")
  }()
}
