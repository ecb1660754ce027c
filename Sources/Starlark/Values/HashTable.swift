import Files

/// Keys and values in the order of their insertion, found by hash: what dictionaries and sets are made of.
///
/// Up to eight entries are searched one by one, which is faster than any index.
struct HashTable: ~Copyable {
  struct Entry {
    var hash: Int
    /// Nothing where an entry was removed.
    var key: Value?
    var value: Value
  }

  private var entries: UnsafeMutablePointer<Entry>?
  private var capacity = 0
  /// How many entries there are, removed ones included.
  private(set) var entryCount = 0
  /// Numbers of entries by hash, -1 where there is none; none while there are few entries.
  private var index: UnsafeMutablePointer<Int32>?
  private var mask = -1
  /// How many entries were not removed.
  private(set) var count = 0
  /// Entries before this one were removed.
  private var firstLive = 0
  private(set) var isFrozen = false
  /// Whether nothing was ever put in. What is removed need not be hashable then.
  private var isUntouched = true
  /// How many loops are walking over it.
  var iterators = 0

  private static let fewest = 8

  deinit {
    entries?.deinitialize(count: entryCount)
    entries?.deallocate()
    index?.deallocate()
  }

  /// Refuses changes from now on; false if it did so already. The holder then freezes the entries: not this table
  /// itself, which they may contain.
  mutating func markFrozen() -> Bool {
    if isFrozen { return false }
    isFrozen = true
    return true
  }

  func checkMutable(_ verb: StaticString) throws(Failure) {
    if isFrozen { throw Failure("cannot \(verb) frozen hash table") }
    if iterators > 0 { throw Failure("cannot \(verb) hash table during iteration") }
  }

  /// The key of an entry, unless it was removed.
  func key(at number: Int) -> Value? {
    guard let entries, number < entryCount else { return nil }
    return entries[number].key
  }

  /// The value of an entry.
  func value(at number: Int) -> Value {
    guard let entries, number < entryCount else { return .none }
    return entries[number].value
  }

  private func find(_ key: Value, hash: Int) throws(Failure) -> Int? {
    guard let entries else { return nil }
    guard let index else {
      for number in 0..<entryCount where entries[number].hash == hash {
        if try Self.matches(entries + number, key) { return number }
      }
      return nil
    }
    var place = hash & mask
    while true {
      let number = Int(index[place])
      if number < 0 { return nil }
      if entries[number].hash == hash, try Self.matches(entries + number, key) { return number }
      place = (place &+ 1) & mask
    }
  }

  private static let keyOffset = MemoryLayout<Entry>.offset(of: \.key) ?? 0

  @inline(__always)
  private static func matches(_ entry: UnsafeMutablePointer<Entry>, _ key: Value) throws(Failure) -> Bool {
    guard entry.pointee.key != nil else { return false }
    let place = UnsafeMutableRawPointer(entry).advanced(by: keyOffset).assumingMemoryBound(to: Value.self)
    return try place.lend { candidate throws(Failure) in
      switch (candidate, key) {
      case (.int(let a), .int(let b)): a == b
      case (.string(let a), .string(let b)): a == b
      default: try candidate.equals(key)
      }
    }
  }

  func value(for key: Value) throws(Failure) -> Value? {
    let hash = try key.hash()
    guard let number = try find(key, hash: hash), let entries else { return nil }
    return entries[number].value
  }

  func holds(_ key: Value) throws(Failure) -> Bool { try find(key, hash: try key.hash()) != nil }

  /// Adds a key or gives it another value; false if it was there.
  @discardableResult
  mutating func insert(_ key: Value, _ value: Value) throws(Failure) -> Bool {
    try checkMutable("insert into")
    isUntouched = false
    let hash = try key.hash()
    if let number = try find(key, hash: hash), let entries {
      entries[number].value = value
      return false
    }
    append(Entry(hash: hash, key: key, value: value))
    return true
  }

  private mutating func append(_ entry: Entry) {
    if entryCount == capacity { grow() }
    guard let entries else { return }
    (entries + entryCount).initialize(to: entry)
    entryCount += 1
    count += 1
    if index != nil { place(entryCount - 1) }
  }

  private func place(_ number: Int) {
    guard let entries, let index else { return }
    var place = entries[number].hash & mask
    while index[place] >= 0 { place = (place &+ 1) & mask }
    index[place] = Int32(truncatingIfNeeded: number)
  }

  /// Drops removed entries and makes room for as many again.
  private mutating func grow() {
    let larger = max(4, count * 2)
    let moved = UnsafeMutablePointer<Entry>.allocate(capacity: larger)
    var next = 0
    if let entries {
      for number in 0..<entryCount {
        if entries[number].key == nil {
          (entries + number).deinitialize(count: 1)
        } else {
          (moved + next).moveInitialize(from: entries + number, count: 1)
          next += 1
        }
      }
      entries.deallocate()
    }
    entries = moved
    capacity = larger
    entryCount = next
    firstLive = 0
    index?.deallocate()
    index = nil
    guard larger > Self.fewest else { return }
    var size = 32
    while size < larger * 2 { size *= 2 }
    let fresh = UnsafeMutablePointer<Int32>.allocate(capacity: size)
    fresh.initialize(repeating: -1, count: size)
    index = fresh
    mask = size - 1
    for number in 0..<next { place(number) }
  }

  /// Removes a key and gives its value.
  mutating func remove(_ key: Value) throws(Failure) -> Value? {
    try checkMutable("delete from")
    guard !isUntouched, let number = try find(key, hash: try key.hash()), let entries else { return nil }
    let value = entries[number].value
    entries[number].key = nil
    entries[number].value = .none
    count -= 1
    if count == 0 { removeEntries() }
    return value
  }

  mutating func removeAll() throws(Failure) {
    try checkMutable("clear")
    removeEntries()
  }

  private mutating func removeEntries() {
    entries?.deinitialize(count: entryCount)
    entries?.deallocate()
    entries = nil
    index?.deallocate()
    index = nil
    capacity = 0
    entryCount = 0
    count = 0
    firstLive = 0
  }

  /// The key that was inserted first.
  mutating func firstKey() -> Value? {
    guard let entries else { return nil }
    while firstLive < entryCount {
      if let key = entries[firstLive].key { return key }
      firstLive += 1
    }
    return nil
  }

  var keys: [Value] {
    var keys: [Value] = []
    keys.reserveCapacity(count)
    for number in 0..<entryCount { if let key = key(at: number) { keys.append(key) } }
    return keys
  }

  /// Freezes keys and values.
  func freezeContents() {
    for number in 0..<entryCount {
      if let key = key(at: number), key.isObject { key.freeze() }
      if holdsObject(at: number) { value(at: number).freeze() }
    }
  }

  /// Whether letting go of it may let go of other containers.
  var holdsObjects: Bool {
    for number in 0..<entryCount where holdsObject(at: number) || key(at: number)?.isObject == true { return true }
    return false
  }

  private func holdsObject(at number: Int) -> Bool { entries?[number].value.isObject == true }

  /// Takes everything out, for a holder that is going away: gives what may hold other containers.
  mutating func takeContents() -> [Value] {
    var contents: [Value] = []
    for number in 0..<entryCount {
      if let key = key(at: number), key.isObject { contents.append(key) }
      if holdsObject(at: number) { contents.append(value(at: number)) }
    }
    removeEntries()
    return contents
  }
}
