extension InstallFlag {
  /// The flags of a release, sorted by name.
  package static func table(of version: ReleaseVersion) -> [InstallFlag] {
    all.filter { $0.span.contains(version) }.map { flag in
      guard flag.name == "image" else { return flag }
      var image = flag
      image.initial = "velero/velero:\(version)"
      return image
    }
  }

  /// The releases that have had a flag, oldest first; none if it is no flag of any.
  static func spans(of name: String) -> [ReleaseSpan] { all.filter { $0.name == name }.map(\.span) }

  /// The flag of a table that means what a flag of another release means: the same one under another name.
  static func flag(meaningAs name: String, in table: [InstallFlag]) -> InstallFlag? {
    guard case .value(let path)? = all.first(where: { $0.name == name })?.meaning else { return nil }
    return table.first { $0.meaning == .value(path) }
  }

  /// The flag that names the release: ours, the only one that `velero install` does not have.
  package static let release = InstallFlag(
    "velero-version", .text, .special, "The release to print, and whose flags these are. The newest unless given.")

  /// Names, types and defaults are those of the releases' own `velero install`: an entry for each run of releases in
  /// which a flag stayed as it was.
  private static let all: [InstallFlag] = [
    InstallFlag(
      "apply", .bool, .cluster, "Change objects that are there already. Printing is not concerned.", since: "v1.18.0"),
    InstallFlag(
      "backup-location-config", .map, .value("backupStorage.config"), "Settings of the default backup location."),
    InstallFlag(
      "backup-repository-configmap", .text, .value("configMaps.backupRepository"),
      "ConfigMap with settings of backup repositories.", since: "v1.15.0"),
    InstallFlag("bucket", .text, .value("backupStorage.bucket"), "Bucket or container of the default backup location."),
    InstallFlag(
      "cacert", .text, .contents("backupStorage.caCert"), "File with certificates to trust in the object store."),
    InstallFlag(
      "concurrent-backups", .integer, .value("server.concurrentBackups"), "How many backups may run at once.",
      initial: "0", since: "v1.18.0"),
    InstallFlag("crds-only", .bool, .special, "Print the resource definitions only."),
    InstallFlag(
      "crds-version", .text, .special, "Version of the API of the resource definitions: v1.", initial: "v1",
      until: "v1.7.2"),
    InstallFlag(
      "csi-snapshot-early-frequent-polling", .bool, .value("server.csiSnapshotEarlyFrequentPolling"),
      "Ask more often at first whether a CSI snapshot is ready.", since: "v1.18.1"),
    InstallFlag(
      "default-repo-maintain-frequency", .duration, .value("repositoryMaintenance.frequency"),
      "How often backup repositories are kept in order.", initial: "0s", since: "v1.10.0"),
    InstallFlag(
      "default-restic-prune-frequency", .duration, .value("repositoryMaintenance.frequency"),
      "How often backup repositories are pruned.", initial: "0s", until: "v1.9.7"),
    InstallFlag(
      "default-snapshot-move-data", .bool, .value("volumes.moveSnapshotData"),
      "Move the data of CSI snapshots to the object store, by default.", since: "v1.12.1"),
    InstallFlag(
      "default-volumes-to-fs-backup", .bool, .value("volumes.fileSystemByDefault"),
      "Copy the files of all volumes, by default.", since: "v1.10.0"),
    InstallFlag(
      "default-volumes-to-restic", .bool, .value("volumes.fileSystemByDefault"),
      "Copy the files of all volumes, by default.", until: "v1.9.7"),
    InstallFlag(
      "disable-informer-cache", .bool, .value("server.disableInformerCache"),
      "Restore without a cache: slower, in less memory.", initial: "true", since: "v1.12.1", until: "v1.12.3"),
    InstallFlag(
      "disable-informer-cache", .bool, .value("server.disableInformerCache"),
      "Restore without a cache: slower, in less memory.", since: "v1.12.4"),
    InstallFlag("dry-run", .bool, .special, "Print, and leave the cluster alone. Needed here."),
    InstallFlag("features", .text, .special, "Feature flags between commas."),
    InstallFlag(
      "garbage-collection-frequency", .duration, .value("server.garbageCollectionFrequency"),
      "How often expired backups are looked for.", initial: "0s", since: "v1.9.0"),
    InstallFlag("image", .text, .value("images.server"), "Image of the server and the node agents."),
    InstallFlag(
      "item-block-worker-count", .integer, .value("server.itemBlockWorkerCount"),
      "How many groups of objects are backed up at once.", initial: "0", since: "v1.16.0"),
    InstallFlag(
      "keep-latest-maintenance-jobs", .integer, .value("repositoryMaintenance.jobs.keepLatest"),
      "How many maintenance jobs are kept. Servers from v1.17.0 on do not start with it.", initial: "0",
      since: "v1.14.0"),
    InstallFlag("kubeconfig", .text, .cluster, "File with clusters and accounts. Printing is not concerned."),
    InstallFlag("kubecontext", .text, .cluster, "Context in that file. Printing is not concerned.", until: "v1.9.7"),
    InstallFlag("kubecontext", .text, .cluster, "Context in that file. Printing is not concerned.", since: "v1.10.2"),
    InstallFlag(
      "kubelet-root-dir", .text, .value("nodeAgent.kubeletRootDirectory"), "The kubelet's folder on the nodes.",
      initial: "/var/lib/kubelet", since: "v1.17.0"),
    InstallFlag(
      "label-columns", .list, .cluster, "Columns of a table. Printing objects is not concerned.", letter: "L"),
    InstallFlag(
      "maintenance-job-cpu-limit", .text, .value("repositoryMaintenance.jobs.cpuLimit"),
      "Processor time that a maintenance job gets at most. Servers from v1.17.0 on do not start with it.",
      since: "v1.14.0"),
    InstallFlag(
      "maintenance-job-cpu-request", .text, .value("repositoryMaintenance.jobs.cpuRequest"),
      "Processor time that a maintenance job asks for. Servers from v1.17.0 on do not start with it.", since: "v1.14.0"),
    InstallFlag(
      "maintenance-job-mem-limit", .text, .value("repositoryMaintenance.jobs.memoryLimit"),
      "Memory that a maintenance job gets at most. Servers from v1.17.0 on do not start with it.", since: "v1.14.0"),
    InstallFlag(
      "maintenance-job-mem-request", .text, .value("repositoryMaintenance.jobs.memoryRequest"),
      "Memory that a maintenance job asks for. Servers from v1.17.0 on do not start with it.", since: "v1.14.0"),
    InstallFlag("namespace", .text, .special, "Namespace to install in.", initial: "velero", letter: "n"),
    InstallFlag(
      "no-default-backup-location", .bool, .negated("backupStorage.enabled"), "Make no default backup location."),
    InstallFlag("no-secret", .bool, .special, "Make no Secret: credentials come from elsewhere."),
    InstallFlag(
      "node-agent-configmap", .text, .value("configMaps.nodeAgent"), "ConfigMap with settings of the node agent.",
      since: "v1.15.0"),
    InstallFlag(
      "node-agent-disable-host-path", .bool, .value("nodeAgent.disableHostPath"),
      "Run the node agent without volumes of the host.", since: "v1.17.0"),
    InstallFlag(
      "node-agent-pod-cpu-limit", .text, .value("nodeAgent.resources.limits.cpu"),
      "Processor time that a node agent gets at most; 0 for no limit.", initial: "1000m", since: "v1.10.0",
      until: "v1.13.2"),
    InstallFlag(
      "node-agent-pod-cpu-limit", .text, .value("nodeAgent.resources.limits.cpu"),
      "Processor time that a node agent gets at most; 0 for no limit.", initial: "0", since: "v1.14.0"),
    InstallFlag(
      "node-agent-pod-cpu-request", .text, .value("nodeAgent.resources.requests.cpu"),
      "Processor time that a node agent asks for; 0 for none.", initial: "500m", since: "v1.10.0", until: "v1.13.2"),
    InstallFlag(
      "node-agent-pod-cpu-request", .text, .value("nodeAgent.resources.requests.cpu"),
      "Processor time that a node agent asks for; 0 for none.", initial: "0", since: "v1.14.0"),
    InstallFlag(
      "node-agent-pod-mem-limit", .text, .value("nodeAgent.resources.limits.memory"),
      "Memory that a node agent gets at most; 0 for no limit.", initial: "1Gi", since: "v1.10.0", until: "v1.13.2"),
    InstallFlag(
      "node-agent-pod-mem-limit", .text, .value("nodeAgent.resources.limits.memory"),
      "Memory that a node agent gets at most; 0 for no limit.", initial: "0", since: "v1.14.0"),
    InstallFlag(
      "node-agent-pod-mem-request", .text, .value("nodeAgent.resources.requests.memory"),
      "Memory that a node agent asks for; 0 for none.", initial: "512Mi", since: "v1.10.0", until: "v1.13.2"),
    InstallFlag(
      "node-agent-pod-mem-request", .text, .value("nodeAgent.resources.requests.memory"),
      "Memory that a node agent asks for; 0 for none.", initial: "0", since: "v1.14.0"),
    InstallFlag(
      "node-agent-priority-class-name", .text, .value("nodeAgent.priorityClassName"),
      "Priority class of the node agents.", since: "v1.17.0"),
    InstallFlag("output", .text, .special, "What to print: yaml or json.", letter: "o"),
    InstallFlag("plugins", .list, .value("images.plugins"), "Images of plugins."),
    InstallFlag(
      "pod-annotations", .map, .value("pods.annotations"), "Annotations of the pods of server and node agents."),
    InstallFlag(
      "pod-labels", .map, .value("pods.labels"), "Labels of the pods of server and node agents.", since: "v1.9.0"),
    InstallFlag(
      "pod-volume-operation-timeout", .duration, .value("volumes.fileSystemTimeout"),
      "How long copying a volume's files may take.", initial: "0s", since: "v1.13.0"),
    InstallFlag("prefix", .text, .value("backupStorage.prefix"), "Folder in the bucket."),
    InstallFlag(
      "privileged-node-agent", .bool, .value("nodeAgent.privileged"), "Run the node agent privileged.", since: "v1.12.1"
    ),
    InstallFlag("provider", .text, .special, "Provider of the default backup and snapshot locations."),
    InstallFlag(
      "repo-maintenance-job-configmap", .text, .value("configMaps.repositoryMaintenance"),
      "ConfigMap with settings of maintenance jobs.", since: "v1.15.0"),
    InstallFlag(
      "restic-pod-cpu-limit", .text, .value("nodeAgent.resources.limits.cpu"),
      "Processor time that a restic pod gets at most; 0 for no limit.", initial: "1000m", until: "v1.9.7"),
    InstallFlag(
      "restic-pod-cpu-request", .text, .value("nodeAgent.resources.requests.cpu"),
      "Processor time that a restic pod asks for; 0 for none.", initial: "500m", until: "v1.9.7"),
    InstallFlag(
      "restic-pod-mem-limit", .text, .value("nodeAgent.resources.limits.memory"),
      "Memory that a restic pod gets at most; 0 for no limit.", initial: "1Gi", until: "v1.9.7"),
    InstallFlag(
      "restic-pod-mem-request", .text, .value("nodeAgent.resources.requests.memory"),
      "Memory that a restic pod asks for; 0 for none.", initial: "512Mi", until: "v1.9.7"),
    InstallFlag("restore-only", .bool, .value("velero.restoreOnly"), "Accept restores only."),
    InstallFlag("sa-annotations", .map, .value("serviceAccount.annotations"), "Annotations of the service account."),
    InstallFlag(
      "schedule-skip-immediately", .bool, .value("server.scheduleSkipImmediately"),
      "A new schedule waits for its first due time.", since: "v1.13.0"),
    InstallFlag(
      "secret-file", .text, .contents("credentials.content"), "File with the provider's credentials, for a Secret."),
    InstallFlag(
      "server-priority-class-name", .text, .value("server.priorityClassName"), "Priority class of the server.",
      since: "v1.17.0"),
    InstallFlag(
      "service-account-name", .text, .value("serviceAccount.existingName"), "A service account that is there already.",
      since: "v1.11.0"),
    InstallFlag("show-labels", .bool, .cluster, "A column of a table. Printing objects is not concerned."),
    InstallFlag(
      "snapshot-location-config", .map, .value("snapshotStorage.config"), "Settings of the default snapshot location."),
    InstallFlag(
      "uploader-type", .text, .value("server.uploader"), "What copies volumes' files: kopia or restic.",
      initial: "restic", since: "v1.10.0", until: "v1.11.1"),
    InstallFlag(
      "uploader-type", .text, .value("server.uploader"), "What copies volumes' files: kopia.", initial: "kopia",
      since: "v1.12.0"),
    InstallFlag(
      "use-node-agent", .bool, .value("volumes.fileSystem"), "Run the node agent on Linux nodes.", since: "v1.10.0"),
    InstallFlag(
      "use-node-agent-windows", .bool, .value("nodeAgent.windows"), "Run the node agent on Windows nodes.",
      since: "v1.16.0"),
    InstallFlag("use-restic", .bool, .value("volumes.fileSystem"), "Run restic on the nodes.", until: "v1.9.7"),
    InstallFlag(
      "use-volume-snapshots", .bool, .value("volumes.snapshots"), "Make the default snapshot location.", initial: "true"
    ),
    InstallFlag(
      "velero-pod-cpu-limit", .text, .value("server.resources.limits.cpu"),
      "Processor time that the server gets at most; 0 for no limit.", initial: "1000m"),
    InstallFlag(
      "velero-pod-cpu-request", .text, .value("server.resources.requests.cpu"),
      "Processor time that the server asks for; 0 for none.", initial: "500m"),
    InstallFlag(
      "velero-pod-mem-limit", .text, .value("server.resources.limits.memory"),
      "Memory that the server gets at most; 0 for no limit.", initial: "512Mi"),
    InstallFlag(
      "velero-pod-mem-request", .text, .value("server.resources.requests.memory"),
      "Memory that the server asks for; 0 for none.", initial: "128Mi"),
    InstallFlag("wait", .bool, .cluster, "Wait until all runs. Printing is not concerned."),
  ]
}
