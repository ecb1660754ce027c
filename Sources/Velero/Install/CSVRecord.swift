/// The fields of one CSV record (RFC 4180): between commas, quoted ones may hold commas and doubled quotes.
///
/// Nothing if there is no record, if a quote stands within a plain field, or if a quoted one does not end.
func csvFields(_ text: String) -> [String]? {
  var fields: [String] = []
  var rest = Substring(text)
  guard !rest.isEmpty else { return nil }
  while true {
    if rest.hasPrefix("\"") {
      guard let field = quotedField(&rest) else { return nil }
      fields.append(field)
    } else {
      let field = rest.prefix { $0 != "," }
      guard !field.contains("\"") else { return nil }
      fields.append(String(field))
      rest = rest.dropFirst(field.count)
    }
    if rest.isEmpty { return fields }
    guard rest.hasPrefix(",") else { return nil }
    rest = rest.dropFirst()
  }
}

/// Takes a quoted field from the front.
private func quotedField(_ rest: inout Substring) -> String? {
  rest = rest.dropFirst()
  var field = ""
  while let quote = rest.firstIndex(of: "\"") {
    field += rest[..<quote]
    rest = rest[rest.index(after: quote)...]
    guard rest.hasPrefix("\"") else { return field }
    field += "\""
    rest = rest.dropFirst()
  }
  return nil
}
