/// The meaning of ytt 0.48: templates, data values, schemas, overlays, libraries.
///
/// What lives here: `Fragment`, `Struct` and `Conversion` (YAML as Starlark values and back), `NodeAnnotations` (what a
/// template says about a node), `Template/` and `Text/` (files to programs, programs to documents), `Library/` (the
/// pipeline from files and values to documents), `Overlay/`, `DataValues/`, `Schema/`, `Validation/`, and `Modules/`,
/// one file for each `@ytt:` module.
///
/// May import: Files, YAML, Starlark, Crypto. Start reading at `Library/Rendering.swift`.
