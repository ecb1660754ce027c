/// An address of `http` or `https`, split where requests need it.
package struct WebAddress: Hashable, Sendable {
  /// How the server is spoken to.
  package enum Scheme: String, Hashable, Sendable {
    case http, https

    fileprivate var usualPort: Int { self == .http ? 80 : 443 }
  }

  package var scheme: Scheme
  /// The host and, where one is written, the port; an IPv6 address stands in brackets.
  package var authority: String
  /// Path and query, from the first slash on; never empty.
  package var target: String

  package init(_ scheme: Scheme, authority: String, target: String) {
    self.scheme = scheme
    self.authority = authority
    self.target = target
  }

  /// Reads an absolute address; nothing where it is none, or names a user or has characters that no address has.
  package init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let colon = text.firstIndex(of: ":"),
      let scheme = Scheme(rawValue: text[..<colon].lowercased()), text[colon...].hasPrefix("://")
    else { return nil }
    let rest = text[colon...].dropFirst(3).prefix { $0 != "#" }
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let authority = rest[..<end]
    guard !authority.isEmpty, !authority.contains("@") else { return nil }
    let target = rest[end...]
    self.init(
      scheme, authority: authority.lowercased(), target: target.hasPrefix("/") ? String(target) : "/\(target)")
  }

  package var text: String { "\(scheme.rawValue)://\(authority)\(target)" }

  /// The address without what may hold a secret, for messages.
  package var origin: String { "\(scheme.rawValue)://\(authority)" }

  /// The host without port and brackets.
  package var host: String {
    if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
    return String(authority.prefix { $0 != ":" })
  }

  private var port: Int {
    let afterHost = authority.hasPrefix("[") ? authority.drop { $0 != "]" }.dropFirst() : authority.drop { $0 != ":" }
    return Int(afterHost.dropFirst()) ?? scheme.usualPort
  }

  /// Whether what is meant for one server may be shown to the other: scheme, host and port are the same.
  package func isSameServer(as other: WebAddress) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  /// Where a `Location` leads that a server gave for this address; nothing where that is no address.
  package func following(_ location: String) -> WebAddress? {
    if location.hasPrefix("//") { return WebAddress("\(scheme.rawValue):\(location)") }
    if location.hasPrefix("/") { return WebAddress("\(origin)\(location)") }
    if let absolute = WebAddress(location) { return absolute }
    guard !location.contains("://") else { return nil }
    let path = target.prefix { $0 != "?" }
    if location.isEmpty || location.hasPrefix("?") { return WebAddress("\(origin)\(path)\(location)") }
    let directory = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
    return WebAddress("\(origin)\(directory)\(location)")
  }

  /// The address with one more item in its query.
  package func adding(_ name: String, _ value: String) -> WebAddress {
    var address = self
    address.target += "\(target.contains("?") ? "&" : "?")\(name)=\(Self.escape(value))"
    return address
  }

  /// `value` as an item of a query or a form writes it: all but letters, digits and `-._~` in hexadecimal.
  package static func escape(_ value: String) -> String {
    var text = ""
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        text +=
          byte < 16 ? "%0\(String(byte, radix: 16, uppercase: true))" : "%\(String(byte, radix: 16, uppercase: true))"
      }
    }
    return text
  }

  /// Whether the host is this machine itself, so that plain HTTP leaves it for nobody to read.
  package var isLoopback: Bool {
    let host = host
    if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
