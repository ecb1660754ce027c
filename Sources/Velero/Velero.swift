// What lives here: what is a rule about Velero's options rather than configuration of the bundle. `Install/` takes
// the flags of `velero install`, refuses what that refuses, turns them into values of the bundle
// (`overlays/velero/config/schema.yaml`), and prints objects as it does. `Adoption/` finds values for what exists,
// `Upgrade/` brings values from one release to another.
// May import: Files, YAML, Kubernetes. What a manifest looks like is the bundle's business, not this target's.
// Start reading at `Install/InstallRequest.swift`, or at `Adoption/ObjectAdoption.swift`.
