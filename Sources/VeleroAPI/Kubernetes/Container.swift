// +releases=...v1.9.7
/// A container of a pod.
///
/// Velero's definitions described the init containers that restores add to pods down to the last field until v1.9.7, as
/// Kubernetes did at the time; later ones leave that to the API server.
public struct Container: Codable, Hashable, Sendable {
  /// The arguments; without them those of the image are used. `$(NAME)` stands for an environment variable.
  public var args: [String]?
  /// The program to start, and its first arguments; without it, what the image says. Not run by a shell.
  public var command: [String]?
  /// Environment variables, one by one.
  public var env: [EnvironmentVariable]?
  /// Environment variables in bulk. Where a name comes twice the last source wins, and `env` wins over all of them.
  public var envFrom: [EnvironmentSource]?
  /// The image.
  public var image: String?
  /// When to fetch the image: `Always`, `Never` or `IfNotPresent`.
  public var imagePullPolicy: String?
  /// What to do right after the start and right before the end.
  public var lifecycle: Lifecycle?
  /// Tells whether the container is still well; if not, it is started anew.
  public var livenessProbe: Probe?
  /// The name, unlike that of any other container of the pod.
  public var name: String
  // +listType=map
  // +listMapKey=containerPort
  // +listMapKey=protocol
  /// The ports that it serves, for information: none is closed by not being listed.
  public var ports: [ContainerPort]?
  /// Tells whether the container can take requests; if not, services leave it out.
  public var readinessProbe: Probe?
  /// The processor time, memory and other things that it needs and may use.
  public var resources: ResourceRequirements?
  /// What the container may do, and as whom it runs; more important than the same settings of the pod.
  public var securityContext: SecurityContext?
  /// Tells whether the container has come up; the other probes wait for it.
  public var startupProbe: Probe?
  /// Whether its standard input is kept open; else reading it gives the end of the file.
  public var stdin: Bool?
  /// Whether standard input is closed for good once the first client has left it.
  public var stdinOnce: Bool?
  /// The file, in the container, whose content tells why it ended.
  public var terminationMessagePath: String?
  /// Where that message comes from: `File`, or `FallbackToLogsOnError` for the end of the log where the file is empty.
  public var terminationMessagePolicy: String?
  /// Whether it gets a terminal; that takes `stdin`.
  public var tty: Bool?
  /// Block devices that it uses.
  public var volumeDevices: [VolumeDevice]?
  /// Volumes of the pod that are mounted in it.
  public var volumeMounts: [VolumeMount]?
  /// The directory that it starts in; without it, what the image says.
  public var workingDir: String?

  /// A container of that name.
  public init(name: String) { self.name = name }
}

// +releases=...v1.9.7
/// A port of a container.
public struct ContainerPort: Codable, Hashable, Sendable {
  /// The number of the port in the pod, from 1 to 65535.
  public var containerPort: Int32
  /// The address of the machine that the port is bound to.
  public var hostIP: String?
  /// The number of the port on the machine, if it has one there.
  public var hostPort: Int32?
  /// A name for services to call it by.
  public var name: String?
  // +kubebuilder:validation:Required
  // +releases=v1.8.0... +default="TCP"
  /// The protocol: `TCP`, `UDP` or `SCTP`. TCP if nothing is said; but because it is a key of the list, the definition
  /// requires it.
  public var `protocol`: String?

  /// A port of that number.
  public init(containerPort: Int32) { self.containerPort = containerPort }
}

// +releases=...v1.9.7
/// A block device of a container.
public struct VolumeDevice: Codable, Hashable, Sendable {
  /// The path of the device in the container.
  public var devicePath: String
  /// The name of a persistent volume claim of the pod.
  public var name: String

  /// The device at that path.
  public init(name: String, devicePath: String) {
    self.name = name
    self.devicePath = devicePath
  }
}

// +releases=...v1.9.7
/// A place in a container where a volume is mounted.
public struct VolumeMount: Codable, Hashable, Sendable {
  /// The path in the container; it has no colon.
  public var mountPath: String
  /// Whether mounts reach from the machine into the container or back: `None`, `HostToContainer`, `Bidirectional`.
  public var mountPropagation: String?
  /// The name of the volume.
  public var name: String
  /// Whether it is mounted for reading only.
  public var readOnly: Bool?
  /// The path in the volume to mount instead of its root.
  public var subPath: String?
  /// Like `subPath`, with `$(NAME)` for environment variables. Only one of the two.
  public var subPathExpr: String?

  /// The volume at that path.
  public init(name: String, mountPath: String) {
    self.name = name
    self.mountPath = mountPath
  }
}
