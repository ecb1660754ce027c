// What lives here: the command line of `sailplan-swift-crd`, which makes CustomResourceDefinitions of API types in Swift.
// It is a program of its own, so that `sailplan` need not carry a parser of Swift. It is built with the package trait
// SwiftAPI: `swift run --traits SwiftAPI sailplan-swift-crd`.
import ArgumentParser
import Files
import Glibc

@main struct SwiftCRD {
  static func main() {
    #if SwiftAPI
    do {
      let command = try GenerateCommand.parse()
      try command.run()
    } catch let diagnostics as Diagnostics {
      fail(diagnostics.description)
    } catch let diagnostic as Diagnostic {
      fail(diagnostic.description)
    } catch {
      GenerateCommand.exit(withError: error)
    }
    #else
    fail("sailplan-swift-crd was built without swift-syntax: build it with --traits SwiftAPI\n")
    #endif
  }

  /// Says what is wrong and ends with status 2.
  private static func fail(_ text: String) -> Never {
    Stream.error.write(ByteString(text))
    exit(2)
  }
}
