// What lives here: what a user's repository means to sailplan. `InputTree` (a directory on disk or a revision in git,
// read alike), `EnvironmentName` and `WorkspaceReader` (sailplan.yaml, environments and what they inherit), `Bundle`,
// `RenderPlan` (inputs → the rendered tree), `Lock`, `Verification`.
// May import: every other library. Reading inputs and writing results touches disk and git; everything between is a
// function of bytes.
// Start reading at `Rendering/RenderPlan.swift`.
