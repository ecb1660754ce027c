// What is common to the files of this folder: they are the version `velero.io/v1`.
//
// +groupName=velero.io
// +versionName=v1
