/// The Starlark language as ytt 0.48 speaks it: blocks close with `end`, indentation means nothing, strings are bytes,
/// `while` and recursion are allowed.
///
/// What lives here: `Program` (parsed and resolved, shareable between threads), the lexer and parser that make one of
/// the segments of a template or of a whole file, the resolver that turns names into slots, `Thread` that evaluates,
/// `Value` and the `Object`s behind it, the universe of built-in functions and methods, and `Failure`, what goes
/// wrong at run time, with its call stack.
///
/// May import: Files, BigInt. Start reading at `Program.swift`, then `Thread.swift`.
