#if SwiftAPI
import Files
import SwiftDiagnostics
import SwiftParserDiagnostics
import SwiftSyntax

extension SourceFileSyntax {
  /// What is wrong with the source as Swift, of which this is the tree.
  func errors(in file: SourceFile) -> [Files.Diagnostic] {
    guard hasError else { return [] }
    return ParseDiagnosticsGenerator.diagnostics(for: self).filter { $0.diagMessage.severity == .error }.map { error in
      Files.Diagnostic("this is not Swift: \(error.message)", at: file.position(error.position.utf8Offset))
    }
  }
}
#endif
