// What is common to the files of this folder: they are the version `velero.io/v2alpha1`. It came with data movement, in
// v1.12.0, and has nothing but what that needs.
//
// +groupName=velero.io
// +versionName=v2alpha1
