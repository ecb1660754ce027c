import Files

/// What a call needs to know of a function: trivial, so that copying it counts no references. Lives as long as the
/// function.
struct CallPlan {
  let nodes: UnsafeMutablePointer<TreeNode>
  let lists: UnsafeMutablePointer<Int32>
  let constants: UnsafeMutablePointer<Value>
  let globals: UnsafeMutablePointer<Value?>
  let body: Int32
  let slotCount: Int32
  let parameterCount: Int32
  let position: UInt32
  let takesPlainCalls: Bool
  let hasCells: Bool
  let isExpression: Bool
  let usesHost: Bool

  init(_ code: FunctionCode, _ instance: Instance) {
    let program = instance.program
    nodes = program.nodes
    lists = program.lists
    constants = program.constants
    globals = instance.globals
    body = code.body
    slotCount = Int32(clamping: code.slotCount)
    parameterCount = Int32(clamping: code.parameterCount)
    position = code.position
    takesPlainCalls = code.takesPlainCalls
    hasCells = !code.cells.isEmpty
    isExpression = code.isExpression
    usesHost = code.usesHost
  }
}

/// A call of a Starlark function under way. Lives on the native stack; holds what it needs without counting references
/// because the function outlives it.
struct CallFrame {
  let nodes: UnsafeMutablePointer<TreeNode>
  let lists: UnsafeMutablePointer<Int32>
  let constants: UnsafeMutablePointer<Value>
  let slots: UnsafeMutablePointer<Value?>
  let globals: UnsafeMutablePointer<Value?>
  let function: Unmanaged<Function>
  let caller: UnsafeMutablePointer<CallFrame>?
  /// What is being evaluated: set before anything that may fail or call.
  var position: UInt32
  /// What `return` gave.
  var result: Value?

  var described: Failure.Frame {
    function._withUnsafeGuaranteedRef { function in
      Failure.Frame(
        function: function.code.name, position: function.instance.program.file.position(Int(position)))
    }
  }
}

/// The memory of local variables: chunks that never move, used as a stack.
struct SlotStack: ~Copyable {
  private var chunks: [(base: UnsafeMutablePointer<Value?>, count: Int)] = []
  private var current = -1
  private var top: UnsafeMutablePointer<Value?>?
  private var room = 0

  /// Enough for most programs. More at once would be new pages from the system for each evaluation.
  private static let firstChunkSize = 1_024
  private static let chunkSize = 8_192

  /// Slots of one call, to be given back in the opposite order.
  struct Reservation {
    let base: UnsafeMutablePointer<Value?>
    let count: Int
    fileprivate let previousChunk: Int
    fileprivate let previousRoom: Int
  }

  /// Takes empty slots.
  @inline(__always)
  mutating func reserve(_ count: Int) -> Reservation {
    if count <= room, let base = top {
      let reservation = Reservation(base: base, count: count, previousChunk: current, previousRoom: room)
      top = base + count
      room -= count
      return reservation
    }
    return reserveInNextChunk(count)
  }

  @inline(never)
  private mutating func reserveInNextChunk(_ count: Int) -> Reservation {
    let previousChunk = current
    let previousRoom = room
    current += 1
    while current < chunks.count, chunks[current].count < count { current += 1 }
    if current >= chunks.count {
      let size = max(count, chunks.isEmpty ? Self.firstChunkSize : Self.chunkSize)
      let base = UnsafeMutablePointer<Value?>.allocate(capacity: size)
      base.initialize(repeating: nil, count: size)
      chunks.append((base, size))
      current = chunks.count - 1
    }
    let chunk = chunks[current]
    top = chunk.base + count
    room = chunk.count - count
    return Reservation(base: chunk.base, count: count, previousChunk: previousChunk, previousRoom: previousRoom)
  }

  /// Empties slots and gives them back.
  @inline(__always)
  mutating func release(_ reservation: Reservation) {
    for index in 0..<reservation.count { reservation.base[index] = nil }
    if reservation.previousChunk == current {
      top = reservation.base
      room = reservation.previousRoom
    } else {
      releaseChunk(reservation)
    }
  }

  @inline(never)
  private mutating func releaseChunk(_ reservation: Reservation) {
    current = reservation.previousChunk
    room = reservation.previousRoom
    top = current >= 0 ? chunks[current].base + (chunks[current].count - room) : nil
  }

  deinit {
    for chunk in chunks {
      chunk.base.deinitialize(count: chunk.count)
      chunk.base.deallocate()
    }
  }
}

/// Arrays for the arguments of calls, used again and again: allocating one costs more than many a function that gets it.
struct ArgumentArrays: ~Copyable {
  private var spare: [[Value]] = []

  /// Longer arrays are let go.
  private static let longest = 64

  /// An empty array with room for a few values.
  @inline(__always)
  mutating func take(_ count: Int) -> [Value] {
    if count == 0 { return [] }
    if let array = spare.popLast() { return array }
    var array: [Value] = []
    array.reserveCapacity(max(count, 4))
    return array
  }

  /// Takes back an array after the call.
  @inline(__always)
  mutating func giveBack(_ array: inout [Value]) {
    if array.isEmpty || array.count > Self.longest { return }
    array.removeAll(keepingCapacity: true)
    spare.append([])
    swap(&array, &spare[spare.count - 1])
  }
}
