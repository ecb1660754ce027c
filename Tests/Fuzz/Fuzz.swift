// What libFuzzer calls; it brings `main` itself. `make fuzz` builds and runs it.

import FuzzTargets
import Files
import Glibc

/// The target named by `FUZZ_TARGET`.
private let target: FuzzTarget = {
  guard let name = getenv("FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name)) else {
    fatalError("FUZZ_TARGET is one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  return target
}()

/// Feeds the target with what libFuzzer made up.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(ByteString(Array(UnsafeBufferPointer(start: start, count: count))))
  SourceFile.forgetAll()
  return 0
}
