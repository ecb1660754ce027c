/// Text in columns as wide as their widest cell.
func columns(_ rows: [[String]]) -> String {
  var widths: [Int] = []
  for row in rows {
    for (index, cell) in row.enumerated() {
      if index == widths.count { widths.append(0) }
      widths[index] = max(widths[index], cell.count)
    }
  }
  return rows.map { row in
    var line = ""
    for (index, cell) in row.enumerated() {
      line += cell
      if index + 1 < row.count { line += String(repeating: " ", count: widths[index] - cell.count + 2) }
    }
    return line + "\n"
  }.joined()
}
