/// Items of collections that are not complete yet, those of the innermost on top.
///
/// A collection's items leave it as an array of exactly their number, moved, so that building a tree costs one
/// allocation a collection.
struct ItemStack<Item>: ~Copyable {
  private var base: UnsafeMutablePointer<Item>
  private var capacity = 64
  /// How many items there are.
  private(set) var count = 0

  init() { base = .allocate(capacity: capacity) }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always)
  mutating func push(_ item: consuming Item) {
    if count == capacity { grow() }
    (base + count).initialize(to: item)
    count &+= 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Item>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }

  /// Takes the items from `start` on off the stack.
  mutating func pop(from start: Int) -> [Item] {
    let number = count - start
    if number <= 0 { return [] }
    count = start
    var items: [Item] = []
    items.reserveCapacity(number)
    for index in start..<start + number { items.append((base + index).move()) }
    return items
  }

  /// Lends the items from `start` on.
  func withItems<R>(from start: Int, _ body: (UnsafeMutableBufferPointer<Item>) -> R) -> R {
    body(UnsafeMutableBufferPointer(start: base + start, count: count - start))
  }

  /// Drops the topmost items until `count` are left.
  mutating func truncate(to count: Int) {
    guard count < self.count else { return }
    (base + count).deinitialize(count: self.count - count)
    self.count = count
  }
}
