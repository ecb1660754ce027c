import Files
import Glibc
import YAML

/// A program that keeps credentials, in the protocol of docker-credential-helpers: it is started with the word `get`,
/// reads the server's name, and writes JSON.
struct CredentialHelper {
  let name: String
  /// The directories in which programs lie, as PATH lists them.
  let directories: String?

  private var program: String { "docker-credential-\(name)" }

  /// Where it lies; its name where it is not found, so that starting it says so.
  private var place: String {
    let candidates = directories?.split(separator: ":").map { "\($0)/\(program)" } ?? []
    return candidates.first { access($0, X_OK) == 0 } ?? program
  }

  /// What it has for a server; nothing where it has none.
  func credential(for server: String) throws(Diagnostic) -> Credential? {
    guard !name.contains("/") else {
      throw Diagnostic(
        "'\(name)' is not the name of a credential helper", hint: "name the part behind docker-credential-")
    }
    let result: Process.Result
    do throws(Process.Failure) {
      result = try Process.run([place, "get"], input: ByteString(server))
    } catch {
      throw Diagnostic(
        "the credential helper \(program) cannot be started: \(error.reason)",
        hint: "install it, or take it out of Docker's config.json (credsStore, credHelpers)")
    }
    let said = result.output.text + result.errorOutput.text
    if result.status != 0 {
      if said.contains("credentials not found") { return nil }
      // Only the first line of what it says of its failure, and nothing of a success, is ever shown.
      let reason = said.split(separator: "\n").first.map { ": \($0)" } ?? ""
      throw Diagnostic(
        "the credential helper \(program) failed for \(server)\(reason)",
        hint: "try it: echo \(server) | \(program) get")
    }
    guard let document = try? JSONField(document: result.output, shown: "the answer of \(program)"),
      let user = try? document["Username"].text(), let secret = try? document["Secret"].text()
    else {
      throw Diagnostic("the credential helper \(program) gave no JSON with Username and Secret for \(server)")
    }
    if secret.isEmpty { return nil }
    return user == "<token>" ? .identityToken(secret.text) : .basic(user: user.text, password: secret.text)
  }
}
