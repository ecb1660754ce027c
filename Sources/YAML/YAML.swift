/// YAML 1.1 as ytt reads and prints it, without libyaml.
///
/// What lives here: `Node` and `Document` (the tree that all stages share), the scanner and parser that keep
/// comments and positions (`Parser/`), scalar resolution (`Resolution/`), the printer (`Printer/`), and edits of
/// single values in a text that otherwise stays as it is (`Edit/`).
///
/// May import: Files. Start reading at `Node.swift`.
