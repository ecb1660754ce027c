package import Files
import OCI
import YAML

/// A bill of materials as CycloneDX 1.6 has it in JSON (https://cyclonedx.org/docs/1.6/json).
package struct CycloneDXDocument {
  private let bill: BillOfMaterials

  package init(_ bill: BillOfMaterials) { self.bill = bill }

  private static let subject: ByteString = "subject"

  /// The text of the document.
  package var text: ByteString {
    get throws(Diagnostics) { try JSONDocument.text(node) }
  }

  private var node: Node {
    let tool = component("application", "sailplan", reference: nil, version: bill.tool)
    let metadata = Node.fields([
      "timestamp": .text(bill.date?.rfc3339), "tools": .fields(["components": .items([tool])]),
      "component": component("data", bill.name, reference: Self.subject, description: bill.summary, url: bill.url),
    ])
    return .fields([
      "bomFormat": .string("CycloneDX"), "specVersion": .string("1.6"), "version": .int(1),
      "serialNumber": .string(serialNumber), "metadata": metadata,
      "components": .items(software + images + files), "dependencies": .items(dependencies),
    ])
  }

  /// A UUID of the form that leaves its contents to us (version 8, RFC 9562), from the digest of the files.
  private var serialNumber: ByteString {
    var digits = Array(bill.digest.hex.text.prefix(32))
    digits[12] = "8"
    digits[16] = "8"
    var uuid = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { uuid.append("-") }
      uuid.append(digit)
    }
    return ByteString("urn:uuid:\(uuid)")
  }

  private var software: [Node] {
    bill.software.map {
      component(
        $0.role == .source ? "data" : "application", $0.name, reference: softwareReference($0), version: $0.version,
        url: $0.url)
    }
  }

  private var images: [Node] {
    bill.images.map {
      component(
        "container", $0.repository, reference: PackageURL($0).text, version: $0.identifier,
        sha256: $0.digest, url: PackageURL($0))
    }
  }

  private var files: [Node] {
    bill.files.map {
      component(
        "file", $0.path, reference: ByteString("file:").appending($0.path),
        sha1: $0.sha1, sha256: $0.digest)
    }
  }

  private func softwareReference(_ software: BillOfMaterials.Software) -> ByteString {
    software.url?.text ?? ByteString("\(software.name)@\(software.version)")
  }

  private var dependencies: [Node] {
    let references = bill.software.map(softwareReference) + bill.images.map { PackageURL($0).text }
    return [.fields(["ref": .string(Self.subject), "dependsOn": .texts(references)])]
  }

  private func component(
    _ type: ByteString, _ name: ByteString, reference: ByteString?, version: ByteString = .empty,
    description: ByteString = .empty, sha1: ByteString? = nil, sha256: ContentDigest? = nil, url: PackageURL? = nil
  ) -> Node {
    var hashes: [Node] = []
    if let sha1 { hashes.append(.fields(["alg": .string("SHA-1"), "content": .string(sha1)])) }
    if let sha256 { hashes.append(.fields(["alg": .string("SHA-256"), "content": .string(sha256.hex)])) }
    return .fields([
      "type": .string(type), "bom-ref": .text(reference), "name": .string(name), "version": .text(version),
      "description": .text(description), "hashes": .items(hashes), "purl": .text(url?.text),
    ])
  }
}
