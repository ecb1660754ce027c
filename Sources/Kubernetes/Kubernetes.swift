// What lives here: what makes a YAML document a Kubernetes object (`ObjectIdentity`), a set of objects in the order
// in which they can be applied (`ObjectSet`, `ApplyOrder`), the files that they are kept in (`Layout`), and how two
// versions of one object differ (`FieldDifference`). And CustomResourceDefinitions: how they are read (`Schema/`), what
// the API server demands of them (`Structure/`), what replacing one by another means for stored objects
// (`Compatibility/`), and whether an object fits (`Validation/`).
// May import: Files, YAML, Regexp. Knows nothing of Velero beyond the order in which its installer creates objects.
// Start reading at `ObjectSet.swift`, or at `Schema/CustomResourceDefinition.swift`.
