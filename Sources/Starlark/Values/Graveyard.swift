import Glibc

/// Lets go of what a dying container held, without nesting as deep as the containers did: a list in a list in a list,
/// a million levels deep, must not overflow the stack when it is freed.
enum Graveyard {
  /// How many levels may be freed inside each other.
  private static let deepest = 64

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { pointer in
      if let pointer { Unmanaged<State>.fromOpaque(pointer).release() }
    }
    return key
  }()

  private final class State {
    var depth = 0
    var waiting: [[Value]] = []
  }

  private static var state: State {
    if let pointer = pthread_getspecific(key) { return Unmanaged<State>.fromOpaque(pointer).takeUnretainedValue() }
    let state = State()
    pthread_setspecific(key, Unmanaged.passRetained(state).toOpaque())
    return state
  }

  static func bury(_ values: consuming [Value]) {
    let state = state
    guard state.depth < deepest else {
      state.waiting.append(values)
      return
    }
    state.depth += 1
    values = []
    state.depth -= 1
    if state.depth == 0 { drain(state) }
  }

  private static func drain(_ state: State) {
    guard !state.waiting.isEmpty else { return }
    state.depth = 1
    while !state.waiting.isEmpty {
      _ = state.waiting.popLast()
    }
    state.depth = 0
  }
}
