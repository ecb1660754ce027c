/// Container images and registries, as any tool for them knows them; nothing here is about Carvel or Velero.
///
/// What lives here: names of images and of contents (`Reference/`), manifests, indexes and configurations (`Manifest/`).
///
/// May import: Files, YAML (which reads and prints JSON), Crypto and `Czlib` (internally), Glibc. Start reading at
/// `Manifest/Descriptor.swift`.
