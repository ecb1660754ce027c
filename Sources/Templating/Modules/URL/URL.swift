import Files

/// A URL in its parts, as Go's `net/url` reads it.
struct URL {
  struct User {
    var name: ByteString
    var password: ByteString?

    var text: ByteString {
      let name = PercentEncoding.userPassword.encode(name)
      guard let password else { return name }
      return name.appending(":").appending(PercentEncoding.userPassword.encode(password))
    }
  }

  private var scheme: ByteString = .empty
  private var opaque: ByteString = .empty
  var user: User?
  private var host: ByteString = .empty
  /// As written.
  private var path: ByteString = .empty
  private var query: ByteString?
  private var fragment: ByteString?

  init(_ text: ByteString) throws(PercentEncoding.Problem) {
    do throws(PercentEncoding.Problem) {
      try parse(text)
    } catch {
      throw PercentEncoding.Problem(message: "parse \"\(text)\": \(error.message)")
    }
  }

  private mutating func parse(_ text: ByteString) throws(PercentEncoding.Problem) {
    if text.bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      throw PercentEncoding.Problem(message: "net/url: invalid control character in URL")
    }
    var rest = text
    if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      let written = rest[hash + 1..<rest.count]
      let decoded = try PercentEncoding.fragment.decode(written)
      if !written.isEmpty {
        fragment = PercentEncoding.fragment.accepts(written) ? written : PercentEncoding.fragment.encode(decoded)
      }
      rest = rest[0..<hash]
    }
    rest = try takeScheme(rest)
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = rest[mark + 1..<rest.count]
      rest = rest[0..<mark]
    }
    if !rest.hasPrefix("/") {
      if !scheme.isEmpty {
        opaque = rest
        return
      }
      let segment = rest[0..<(rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.count)]
      if segment.firstIndex(of: UInt8(ascii: ":")) != nil {
        throw PercentEncoding.Problem(message: "first path segment in URL cannot contain colon")
      }
    }
    if rest.hasPrefix("//"), !scheme.isEmpty || !rest.hasPrefix("///") {
      let slash = rest.firstIndex(of: UInt8(ascii: "/"), from: 2) ?? rest.count
      try takeAuthority(rest[2..<slash])
      rest = rest[slash..<rest.count]
    }
    let decoded = try PercentEncoding.path.decode(rest)
    path = PercentEncoding.path.accepts(rest) ? rest : PercentEncoding.path.encode(decoded)
  }

  private mutating func takeScheme(_ text: ByteString) throws(PercentEncoding.Problem) -> ByteString {
    for index in 0..<text.count {
      switch Unicode.Scalar(text[index]) {
      case "a"..."z", "A"..."Z": continue
      case "0"..."9", "+", "-", ".":
        if index == 0 { return text }
      case ":":
        if index == 0 { throw PercentEncoding.Problem(message: "missing protocol scheme") }
        scheme = ByteString(text[0..<index].text.lowercased())
        return text[index + 1..<text.count]
      default: return text
      }
    }
    return text
  }

  private mutating func takeAuthority(_ text: ByteString) throws(PercentEncoding.Problem) {
    let parts = text.split(at: UInt8(ascii: "@"))
    if parts.count > 1 {
      let info = text[0..<text.count - parts[parts.count - 1].count - 1]
      guard info.bytes.allSatisfy(Self.mayStandInUserInfo) else {
        throw PercentEncoding.Problem(message: "net/url: invalid userinfo")
      }
      let colon = info.firstIndex(of: UInt8(ascii: ":")) ?? info.count
      user = User(name: try PercentEncoding.userPassword.decode(info[0..<colon]))
      if colon < info.count {
        user?.password = try PercentEncoding.userPassword.decode(info[colon + 1..<info.count])
      }
    }
    let host = parts[parts.count - 1]
    if host.hasPrefix("["), host.firstIndex(of: UInt8(ascii: "]")) == nil {
      throw PercentEncoding.Problem(message: "missing ']' in host")
    }
    let port = Self.port(host)
    guard port.isEmpty || port.bytes.dropFirst().allSatisfy({ (48...57).contains($0) }) else {
      throw PercentEncoding.Problem(message: "invalid port \"\(port)\" after host")
    }
    self.host = try PercentEncoding.host.decode(host)
  }

  /// What stands behind the host's name, from its colon on.
  private static func port(_ host: ByteString) -> ByteString {
    var end = host.count
    if let bracket = host.firstIndex(of: UInt8(ascii: "]")) {
      end = bracket + 1
    } else {
      for index in 0..<host.count where host[index] == UInt8(ascii: ":") { end = index }
    }
    return host[end..<host.count]
  }

  private static func mayStandInUserInfo(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: "-._:~!$&'()*+,;=%@".utf8.contains(byte)
    }
  }

  /// The host without a port and without brackets.
  var hostname: ByteString {
    let name = host[0..<host.count - Self.port(host).count]
    return name.hasPrefix("[") && name.hasSuffix("]") ? name[1..<name.count - 1] : name
  }

  var text: ByteString {
    var out = ByteBuffer()
    if !scheme.isEmpty {
      out.append(scheme)
      out.append(literal: ":")
    }
    if !opaque.isEmpty {
      out.append(opaque)
    } else {
      if !scheme.isEmpty || !host.isEmpty || user != nil {
        if !host.isEmpty || !path.isEmpty || user != nil { out.append(literal: "//") }
        if let user {
          out.append(user.text)
          out.append(literal: "@")
        }
        out.append(PercentEncoding.host.encode(host))
      }
      if !path.isEmpty, !path.hasPrefix("/"), !host.isEmpty { out.append(literal: "/") }
      out.append(path)
    }
    if let query {
      out.append(literal: "?")
      out.append(query)
    }
    if let fragment {
      out.append(literal: "#")
      out.append(fragment)
    }
    return out.finish()
  }
}
