/// YAML 1.1 as ytt reads and prints it, without libyaml.
///
/// What lives here: `Node` and `Document` (the tree that all stages share), the scanner and parser that keep
/// comments and positions (`Parser/`), scalar resolution (`Resolution/`), and the printer (`Printer/`).
///
/// May import: Files. Start reading at `Node.swift`.
