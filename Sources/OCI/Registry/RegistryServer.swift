import Files
import Synchronization

/// One registry: how it is spoken to, and what it wants to see before it answers.
final class RegistryServer: Sendable {
  /// Host and port as references name them.
  let name: String
  private let state: Mutex<State>

  private struct State {
    var scheme: WebAddress.Scheme?
    /// How it wants to be told who asks; nothing where it does not.
    var challenge: AuthenticationChallenge?
    /// Tokens by the scopes that they are for.
    var tokens: [String: BearerToken] = [:]
  }

  init(name: String) {
    self.name = name
    state = Mutex(State())
  }

  /// How it is spoken to; nothing while nobody has found out.
  var scheme: WebAddress.Scheme? { state.withLock(\.scheme) }

  /// What it asked for last.
  var challenge: AuthenticationChallenge? { state.withLock(\.challenge) }

  func address(_ scheme: WebAddress.Scheme, _ target: String) -> WebAddress {
    WebAddress(scheme, authority: RegistryName.endpoint(name), target: target)
  }

  /// Keeps what the first request found out.
  func set(scheme: WebAddress.Scheme, challenge: AuthenticationChallenge?) {
    state.withLock {
      $0.scheme = scheme
      $0.challenge = challenge
    }
  }

  /// Keeps what a refused request was told.
  func set(challenge: AuthenticationChallenge) { state.withLock { $0.challenge = challenge } }

  /// A token for scopes that is still good.
  func token(for scopes: String) -> BearerToken? {
    state.withLock { state in
      guard let token = state.tokens[scopes], token.isFresh else { return nil }
      return token
    }
  }

  func keep(_ token: BearerToken, for scopes: String) { state.withLock { $0.tokens[scopes] = token } }

  /// Forgets a token that the registry refused, unless another one has taken its place.
  func forget(_ token: BearerToken, for scopes: String) {
    state.withLock { if $0.tokens[scopes]?.text == token.text { $0.tokens[scopes] = nil } }
  }
}

/// A token that a registry takes for some scopes and some time.
struct BearerToken: Sendable {
  let text: String
  private let end: ContinuousClock.Instant

  /// - Parameter seconds: how long it is good for, as the token server says.
  init(_ text: String, seconds: Int) {
    self.text = text
    // Not used up to its last second: the request takes a while to arrive.
    end = .now + .seconds(max(1, min(seconds, 86_400) * 9 / 10))
  }

  var isFresh: Bool { ContinuousClock.now < end }
}
