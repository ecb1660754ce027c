/// What Carvel's tools (imgpkg, kbld, kapp-controller) exchange: bundles, locks of images, packages.
///
/// May import: Files, YAML, Kubernetes, OCI.
