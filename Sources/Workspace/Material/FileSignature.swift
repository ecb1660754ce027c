package import Files
import Git

extension WorkspaceLocation {
  /// A signature of a file by the key that signs the commits of the repository that `start` lies in.
  package static func signature(ofFile bytes: ByteString, from start: String) throws(Diagnostic) -> ByteString {
    do throws(GitError) {
      return try Repository.discover(at: start).signature(ofFile: bytes)
    } catch {
      throw error.diagnostic
    }
  }
}
