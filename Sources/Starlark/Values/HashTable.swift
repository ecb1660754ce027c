import Files

/// Keys and values in the order of their insertion, found by hash: what dictionaries and sets are made of.
///
/// Up to eight entries are searched one by one, which is faster than any index.
struct HashTable {
  struct Entry {
    var hash: Int
    /// Nothing where an entry was removed.
    var key: Value?
    var value: Value
  }

  private(set) var entries: [Entry] = []
  /// Numbers of entries by hash, -1 where there is none; empty while there are few entries.
  private var index: [Int32] = []
  /// How many entries were not removed.
  private(set) var count = 0
  /// Entries before this one were removed.
  private var firstLive = 0
  private(set) var isFrozen = false
  /// How many loops are walking over it.
  var iterators = 0

  private static let fewest = 8

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

  func find(_ key: Value, hash: Int) throws(Failure) -> Int? {
    if index.isEmpty {
      for number in entries.indices where entries[number].hash == hash {
        if let candidate = entries[number].key, try candidate.equals(key) { return number }
      }
      return nil
    }
    let mask = index.count - 1
    var place = hash & mask
    while true {
      let number = Int(index[place])
      if number < 0 { return nil }
      if entries[number].hash == hash, let candidate = entries[number].key, try candidate.equals(key) {
        return number
      }
      place = (place + 1) & mask
    }
  }

  func value(for key: Value) throws(Failure) -> Value? {
    if entries.isEmpty {
      _ = try key.hash()
      return nil
    }
    guard let number = try find(key, hash: try key.hash()) else { return nil }
    return entries[number].value
  }

  /// Adds a key or gives it another value; false if it was there.
  @discardableResult
  mutating func insert(_ key: Value, _ value: Value) throws(Failure) -> Bool {
    try checkMutable("insert into")
    let hash = try key.hash()
    if let number = try find(key, hash: hash) {
      entries[number].value = value
      return false
    }
    append(Entry(hash: hash, key: key, value: value))
    return true
  }

  private mutating func append(_ entry: Entry) {
    if entries.count >= Self.fewest, (entries.count + 1) * 3 > index.count * 2 { grow() }
    entries.append(entry)
    count += 1
    if !index.isEmpty { place(entries.count - 1) }
  }

  private mutating func place(_ number: Int) {
    let mask = index.count - 1
    var place = entries[number].hash & mask
    while index[place] >= 0 { place = (place + 1) & mask }
    index[place] = Int32(truncatingIfNeeded: number)
  }

  /// Drops removed entries and makes an index with room for as many again.
  private mutating func grow() {
    if count < entries.count { entries.removeAll { $0.key == nil } }
    firstLive = 0
    var size = 32
    while size < (count + 1) * 3 { size *= 2 }
    index = Array(repeating: -1, count: size)
    for number in entries.indices { place(number) }
  }

  mutating func remove(_ key: Value) throws(Failure) -> Value? {
    try checkMutable("delete from")
    guard let number = try find(key, hash: try key.hash()) else { return nil }
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
    entries = []
    index = []
    count = 0
    firstLive = 0
  }

  /// The key that was inserted first.
  mutating func firstKey() -> Value? {
    while firstLive < entries.count {
      if let key = entries[firstLive].key { return key }
      firstLive += 1
    }
    return nil
  }

  var keys: [Value] {
    var keys: [Value] = []
    keys.reserveCapacity(count)
    for entry in entries { if let key = entry.key { keys.append(key) } }
    return keys
  }

  /// Takes everything out, for a holder that is going away.
  mutating func takeEntries() -> [Entry] {
    let taken = entries
    entries = []
    return taken
  }
}
