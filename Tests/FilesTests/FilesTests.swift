import Files
import Testing

@Test func byteStringIsSixteenBytesAlsoInAnEnum() {
  enum Either { case int(Int64), float(Double), bytes(ByteString), none }
  #expect(MemoryLayout<ByteString>.stride == 16)
  #expect(MemoryLayout<Either>.stride == 16)
}
