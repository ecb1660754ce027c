// +releases=...v1.9.7
/// A look at a container from time to time, to see how it is.
public struct Probe: Codable, Hashable, Sendable {
  /// Runs a command in the container; well is exit status 0.
  public var exec: ExecAction?
  /// How many failures in a row count as one: 3 if nothing is said.
  public var failureThreshold: Int32?
  // +releases=v1.9.3...
  /// Asks a service of the gRPC health protocol.
  public var grpc: GRPCAction?
  /// Asks a web server; well is a status from 200 to 399.
  public var httpGet: HTTPGetAction?
  /// Seconds to wait after the container has started.
  public var initialDelaySeconds: Int32?
  /// Seconds between two looks: 10 if nothing is said.
  public var periodSeconds: Int32?
  /// How many successes in a row it takes to count as well after a failure: 1 if nothing is said.
  public var successThreshold: Int32?
  /// Opens a connection; well is that this works.
  public var tcpSocket: TCPSocketAction?
  // +releases=v1.7.1...
  /// Seconds that a failed container has to come to an end by itself, in place of those of the pod.
  public var terminationGracePeriodSeconds: Int64?
  /// Seconds to wait for an answer: 1 if nothing is said.
  public var timeoutSeconds: Int32?

  /// A probe that does nothing yet.
  public init() {}
}

// +releases=...v1.9.7
/// What happens around the life of a container.
public struct Lifecycle: Codable, Hashable, Sendable {
  /// Right after the start. If it fails, the container is ended.
  public var postStart: LifecycleHandler?
  /// Before the end, when that is asked for, but not when the container ends of itself.
  public var preStop: LifecycleHandler?

  /// Nothing yet.
  public init() {}
}

// +releases=...v1.9.7
/// An action: one of these.
public struct LifecycleHandler: Codable, Hashable, Sendable {
  /// Runs a command in the container.
  public var exec: ExecAction?
  /// Asks a web server.
  public var httpGet: HTTPGetAction?
  /// Opens a connection.
  public var tcpSocket: TCPSocketAction?

  /// No action yet.
  public init() {}
}

// +releases=...v1.9.7
/// A command to run in a container.
public struct ExecAction: Codable, Hashable, Sendable {
  /// The program and its arguments. No shell sees them.
  public var command: [String]?

  /// That command.
  public init(command: [String]) { self.command = command }
}

// +releases=v1.9.3...v1.9.7
/// A question to a service of the gRPC health protocol.
public struct GRPCAction: Codable, Hashable, Sendable {
  /// The number of the port.
  public var port: Int32
  /// The name of the service to ask about.
  public var service: String?

  /// A question at that port.
  public init(port: Int32) { self.port = port }
}

// +releases=...v1.9.7
/// A request to a web server.
public struct HTTPGetAction: Codable, Hashable, Sendable {
  /// The server; without it the pod itself.
  public var host: String?
  /// Headers to send.
  public var httpHeaders: [HTTPHeader]?
  /// The path to ask for.
  public var path: String?
  /// The port, by number or by name.
  public var port: IntOrString
  /// `HTTP` or `HTTPS`.
  public var scheme: String?

  /// A request to that port.
  public init(port: IntOrString) { self.port = port }
}

// +releases=...v1.9.7
/// A header of a web request.
public struct HTTPHeader: Codable, Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its value.
  public var value: String

  /// A header.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

// +releases=...v1.9.7
/// A connection to open.
public struct TCPSocketAction: Codable, Hashable, Sendable {
  /// The machine; without it the pod itself.
  public var host: String?
  /// The port, by number or by name.
  public var port: IntOrString

  /// A connection to that port.
  public init(port: IntOrString) { self.port = port }
}
