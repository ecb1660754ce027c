/// Bytes, files, places in them, and what can be said about them.
///
/// What lives here: `ByteString` (the string type of the whole project), `SourceFile` and `Position` (where
/// something was written), `Diagnostic` (what is wrong there, and how to mend it), `FileSet` (path → bytes, the type
/// that enters and leaves every stage) and `Disk`, the one place that reads and writes.
///
/// May import: the standard library and Glibc. Start reading at `FileSet.swift`.
