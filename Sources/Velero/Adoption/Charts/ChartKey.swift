import Files
import YAML

/// What becomes of a key of the velero chart that needs no more than a place.
enum ChartRule: Sendable {
  /// A value of the bundle that means the same.
  case value(String)
  /// The same; a map of texts.
  case texts(String)
  /// An argument of the server, or of the agents.
  case serverArgument(String), agentArgument(String)
  /// A field of the objects of a kind.
  case field(ByteString, String)
  /// Nothing, and nothing is lost.
  case unneeded(String)
  /// Nothing; what to do.
  case missing(String)
}

/// Keys of the velero chart, of its versions from 2.14.0 to 12.1.0.
enum ChartKey {
  static let ofServer: [(String, ChartRule)] =
    [
      ("image.pullPolicy", .value("images.pullPolicy")),
      ("namespace.labels", .field("Namespace", "metadata.labels")),
      ("annotations", .field("Deployment", "metadata.annotations")),
      ("labels", .field("Deployment", "metadata.labels")),
      ("revisionHistoryLimit", .field("Deployment", "spec.revisionHistoryLimit")),
      ("podAnnotations", .texts("pods.annotations")),
      ("podLabels", .texts("server.labels")),
      ("priorityClassName", .value("server.priorityClassName")),
      ("podSecurityContext", .value("server.podSecurityContext")),
      ("securityContext", .value("server.podSecurityContext")),
      ("containerSecurityContext", .value("server.containerSecurityContext")),
      ("tolerations", .value("server.tolerations")),
      ("affinity", .value("server.affinity")),
      ("nodeSelector", .texts("server.nodeSelector")),
      ("extraVolumes", .value("server.volumes")),
      ("extraVolumeMounts", .value("server.volumeMounts")),
    ]
    + ["dnsConfig", "dnsPolicy", "hostAliases", "runtimeClassName"].map {
      ($0, .field("Deployment", "spec.template.spec.\($0)"))
    }
    + ["lifecycle", "livenessProbe", "readinessProbe", "resizePolicy"].map {
      ($0, .field("Deployment", "spec.template.spec.containers.0.\($0)"))
    }
    + [
      ("serviceAccount.server.annotations", .field("ServiceAccount", "metadata.annotations")),
      ("serviceAccount.server.labels", .field("ServiceAccount", "metadata.labels")),
      (
        "serviceAccount.server.automountServiceAccountToken",
        .field("ServiceAccount", "automountServiceAccountToken")
      ),
      ("rbac.clusterAdministratorName", .field("ClusterRoleBinding", "roleRef.name")),
      ("configuration.features", .serverArgument("features")),
      ("configuration.restoreOnlyMode", .serverArgument("restore-only")),
      ("configuration.dataMoverPrepareTimeout", .agentArgument("data-mover-prepare-timeout")),
      ("configuration.repositoryMaintenanceJob.latestJobsCount", .serverArgument("keep-latest-maintenance-jobs")),
    ]
    + [
      ("requests.cpu", "cpu-request"), ("requests.memory", "mem-request"), ("limits.cpu", "cpu-limit"),
      ("limits.memory", "mem-limit"),
    ].map { ("configuration.repositoryMaintenanceJob.\($0.0)", .serverArgument("maintenance-job-\($0.1)")) }
    + [
      "backupSyncPeriod", "clientBurst", "clientPageSize", "clientQPS", "defaultBackupStorageLocation",
      "defaultBackupTTL", "defaultItemOperationTimeout", "defaultRepoMaintainFrequency",
      "defaultResticPruneFrequency", "defaultSnapshotMoveData", "defaultVolumeSnapshotLocations",
      "defaultVolumesToFsBackup", "defaultVolumesToRestic", "disableControllers", "disableInformerCache",
      "fsBackupTimeout", "garbageCollectionFrequency", "itemBlockWorkerCount", "logFormat", "logLevel",
      "metricsAddress", "pluginDir", "profilerAddress", "resourceTimeout", "resticTimeout",
      "restoreResourcePriorities", "storeValidationFrequency", "terminatingResourceTimeout", "uploaderType",
    ].map { ("configuration.\($0)", .serverArgument(argument($0))) }

  /// Below `nodeAgent`, or `restic` in charts before 3.0.0.
  static let ofAgent: [(String, ChartRule)] =
    [
      ("priorityClassName", .value("nodeAgent.priorityClassName")),
      ("podLabels", .texts("nodeAgent.labels")),
      ("podAnnotations", .texts("nodeAgent.annotations")),
      ("podSecurityContext", .value("nodeAgent.podSecurityContext")),
      ("securityContext", .value("nodeAgent.podSecurityContext")),
      ("containerSecurityContext", .value("nodeAgent.containerSecurityContext")),
      ("tolerations", .value("nodeAgent.tolerations")),
      ("affinity", .value("nodeAgent.affinity")),
      ("nodeSelector", .texts("nodeAgent.nodeSelector")),
      ("extraVolumes", .value("nodeAgent.volumes")),
      ("extraVolumeMounts", .value("nodeAgent.volumeMounts")),
      ("disableHostPath", .value("nodeAgent.disableHostPath")),
      ("annotations", .field("DaemonSet", "metadata.annotations")),
      ("labels", .field("DaemonSet", "metadata.labels")),
      ("updateStrategy", .field("DaemonSet", "spec.updateStrategy")),
      ("podVolumePath", .field("DaemonSet", "spec.template.spec.volumes.name=host-pods.hostPath.path")),
      ("pluginVolumePath", .field("DaemonSet", "spec.template.spec.volumes.name=host-plugins.hostPath.path")),
      ("privileged", .field("DaemonSet", "spec.template.spec.containers.0.securityContext.privileged")),
    ]
    + ["dnsConfig", "dnsPolicy", "hostAliases", "runtimeClassName"].map {
      ($0, .field("DaemonSet", "spec.template.spec.\($0)"))
    }
    + ["lifecycle", "resizePolicy"].map { ($0, .field("DaemonSet", "spec.template.spec.containers.0.\($0)")) }

  /// Keys, or the beginnings of their paths, that have no counterpart.
  static let others: [(String, ChartRule)] =
    [
      "cleanUpCRDs", "enableHelmHooks", "installCRDs", "kubectl", "upgradeCRDs", "upgradeCRDsJob",
      "upgradeJobResources",
    ]
    .map { ($0, .unneeded("resource definitions are rendered and applied with all else")) }
    + [
      ("nameOverride", .unneeded("objects are called as velero install calls them")),
      ("fullnameOverride", .unneeded("objects are called as velero install calls them")),
      ("secretAnnotations", .unneeded("credentials stay out of git: the Secret is made elsewhere")),
      ("metrics.scrapeInterval", .unneeded("only monitors, which are not taken, use it")),
      ("metrics.scrapeTimeout", .unneeded("only monitors, which are not taken, use it")),
      ("metrics.serviceMonitor", .missing("put a ServiceMonitor for the port 'metrics' into extraObjects")),
      ("metrics.nodeAgentPodMonitor", .missing("put a PodMonitor for the port 'metrics' into extraObjects")),
      ("metrics.prometheusRule", .missing("put a PrometheusRule into extraObjects")),
      (
        "rbac",
        .missing("put a Role and its binding into extraObjects, and name their account in serviceAccount.existingName")
      ),
    ]

  /// `backupSyncPeriod` as an argument: `backup-sync-period`.
  static func argument(_ key: String) -> String {
    var text = ""
    var isLower = false
    for character in key {
      if character.isUppercase, isLower { text += "-" }
      isLower = character.isLowercase
      text += character.lowercased()
    }
    return text
  }
}
