/// Container images and registries, as any tool for them knows them; nothing here is about Carvel or Velero.
///
/// What lives here: names of images and of contents (`Reference/`), manifests, indexes and configurations (`Manifest/`),
/// archives of files as they are read and written (`Layer/`), requests to servers (`HTTP/`), and the protocol of
/// registries on top of these (`Registry/`).
///
/// May import: Files, YAML (which reads and prints JSON), Crypto, `Czlib` and `Ccurl` (internally), Glibc. Start
/// reading at `Manifest/Descriptor.swift`, and at `Registry/RegistryClient.swift`.
