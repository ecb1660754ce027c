/// What Carvel's tools (imgpkg, kbld, kapp-controller) exchange: bundles, locks of images, packages; and what is told of the
/// origin of all that: bills of materials and provenance.
///
/// May import: Files, YAML, Kubernetes, OCI, and Crypto for the SHA-1 that SPDX asks for.
