import Files

/// What dictionaries and sets have in common: values in a hash table, walked over in the order in which they were added.
package class HashedValues: Object {
  // Not checked for overlapping access at run time, here and where others say the same: no method of it calls back.
  @exclusivity(unchecked) final var table = HashTable()

  deinit {
    guard table.holdsObjects else { return }
    var contents = table.takeContents()
    Graveyard.bury(&contents)
  }

  package final override var truth: Bool { table.count > 0 }
  package final override var count: Int? { table.count }
  package final override var isIterable: Bool { true }
  package final override func makeIterator() throws(Failure) -> ValueIterator? { KeyIterator(self) }

  package final override func freeze() {
    guard table.markFrozen() else { return }
    table.freezeContents()
  }
}

/// Walks over the keys, which nobody adds to or removes meanwhile.
private final class KeyIterator: ValueIterator {
  private let values: HashedValues
  private var cursor = 0

  init(_ values: HashedValues) {
    self.values = values
    values.table.iterators += 1
  }

  override func next() throws(Failure) -> Value? {
    while cursor < values.table.entryCount {
      cursor += 1
      if let key = values.table.key(at: cursor - 1) { return key }
    }
    return nil
  }

  override func finish() { values.table.iterators -= 1 }
}
