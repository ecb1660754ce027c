import Glibc

/// Containers may nest a million levels deep. What visits all of them must not nest as deep on the native stack: it does
/// so for a few levels, and puts the rest aside until it is back at the first.
private final class DeepState {
  var burials = 0
  var waitingForBurial: [[Value]] = []
  var freezes = 0
  var waitingForFreeze: [Object] = []

  /// How many levels may nest.
  static let deepest = 64

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { pointer in
      if let pointer { Unmanaged<DeepState>.fromOpaque(pointer).release() }
    }
    return key
  }()

  /// That of the current thread.
  static var current: DeepState {
    if let pointer = pthread_getspecific(key) {
      return Unmanaged<DeepState>.fromOpaque(pointer).takeUnretainedValue()
    }
    let state = DeepState()
    pthread_setspecific(key, Unmanaged.passRetained(state).toOpaque())
    return state
  }
}

/// Lets go of what a dying container held.
enum Graveyard {
  /// Empties the array. Whoever calls must hold the only reference to it.
  static func bury(_ values: inout [Value]) {
    let state = DeepState.current
    guard state.burials < DeepState.deepest else {
      state.waitingForBurial.append(values)
      values = []
      return
    }
    state.burials += 1
    values = []
    if state.burials == 1 {
      while !state.waitingForBurial.isEmpty { _ = state.waitingForBurial.popLast() }
    }
    state.burials -= 1
  }
}

extension Object {
  /// Freezes it now, or a little later if that would nest too deep.
  func freezeSoon() {
    let state = DeepState.current
    guard state.freezes < DeepState.deepest else {
      state.waitingForFreeze.append(self)
      return
    }
    state.freezes += 1
    freeze()
    if state.freezes == 1 {
      while let next = state.waitingForFreeze.popLast() { next.freeze() }
    }
    state.freezes -= 1
  }
}
