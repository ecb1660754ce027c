/// The front end that reads Go API packages, without running Go.
///
/// What lives here: the lexer and the parser of declarations, comments and struct tags (`Syntax`), and how packages are
/// found (`Packages`: modules, replace directives, workspaces, vendor folders, the module cache, build constraints). What
/// it hands on are the definitions of APISchema.
///
/// May import: APISchema, Files.
