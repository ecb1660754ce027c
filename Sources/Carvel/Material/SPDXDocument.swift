import Crypto
package import Files
import OCI
import YAML

/// A bill of materials as SPDX 2.3 has it in JSON (https://spdx.github.io/spdx-spec/v2.3).
package struct SPDXDocument {
  private let bill: BillOfMaterials

  package init(_ bill: BillOfMaterials) { self.bill = bill }

  private static let subject: ByteString = "SPDXRef-Subject"

  /// The text of the document.
  package var text: ByteString {
    get throws(Diagnostics) { try JSONDocument.text(node) }
  }

  private var node: Node {
    let creation = Node.fields([
      "created": .string((bill.date ?? SourceDate.epoch).rfc3339),
      "creators": .texts([ByteString("Tool: sailplan-\(bill.tool)")]),
    ])
    let packages = [subject] + bill.software.indices.map(software) + bill.images.indices.map(image)
    return .fields([
      "spdxVersion": .string("SPDX-2.3"), "dataLicense": .string("CC0-1.0"), "SPDXID": .string("SPDXRef-DOCUMENT"),
      "name": .string(bill.name), "documentNamespace": .string(namespace), "creationInfo": creation,
      "packages": .items(packages), "files": .items(bill.files.indices.map(file)),
      "relationships": .items(relationships),
    ])
  }

  /// Differs where the content or the time does.
  private var namespace: ByteString {
    let seconds = bill.date.map { "-\($0.seconds)" } ?? ""
    return ByteString("\(BillOfMaterials.namespace)/spdx/\(bill.digest.hex)\(seconds)")
  }

  private var subject: Node {
    let code = bill.files.isEmpty ? nil : Node.fields(["packageVerificationCodeValue": .string(verificationCode)])
    return .fields([
      "SPDXID": .string(Self.subject), "name": .string(bill.name), "description": .string(bill.summary),
      "downloadLocation": Self.unsaid, "filesAnalyzed": .bool(!bill.files.isEmpty), "packageVerificationCode": code,
      "externalRefs": references(bill.url), "licenseConcluded": Self.unsaid, "licenseDeclared": Self.unsaid,
      "copyrightText": Self.unsaid,
    ])
  }

  /// What stands where nobody has looked.
  private static let unsaid = Node.string("NOASSERTION")

  /// The SHA-1 of the files' SHA-1s, sorted and one behind the other (section 7.9).
  private var verificationCode: ByteString {
    let text = bill.files.map(\.sha1.text).sorted().joined()
    return ByteString(hexadecimal: Insecure.SHA1.hash(data: Array(text.utf8)))
  }

  private func software(_ index: Int) -> Node {
    let software = bill.software[index]
    return package(softwareID(index), name: software.name, version: software.version, url: software.url)
  }

  private func image(_ index: Int) -> Node {
    let image = bill.images[index]
    return package(
      imageID(index), name: image.repository, version: image.identifier, digest: image.digest,
      url: PackageURL(image), purpose: "CONTAINER")
  }

  private func package(
    _ id: ByteString, name: ByteString, version: ByteString, digest: ContentDigest? = nil, url: PackageURL?,
    purpose: ByteString? = nil
  ) -> Node {
    let checksums = digest.map { [checksum("SHA256", $0.hex)] } ?? []
    return .fields([
      "SPDXID": .string(id), "name": .string(name), "versionInfo": .text(version), "downloadLocation": Self.unsaid,
      "filesAnalyzed": .bool(false), "checksums": .items(checksums),
      "externalRefs": references(url), "primaryPackagePurpose": .text(purpose),
      "licenseConcluded": Self.unsaid, "licenseDeclared": Self.unsaid, "copyrightText": Self.unsaid,
    ])
  }

  private func references(_ url: PackageURL?) -> Node? {
    guard let url else { return nil }
    let reference = Node.fields([
      "referenceCategory": .string("PACKAGE-MANAGER"), "referenceType": .string("purl"),
      "referenceLocator": .string(url.text),
    ])
    return .items([reference])
  }

  private func file(_ index: Int) -> Node {
    let file = bill.files[index]
    let checksums = [checksum("SHA1", file.sha1), checksum("SHA256", file.digest.hex)]
    return .fields([
      "SPDXID": .string(fileID(index)), "fileName": .string(ByteString("./").appending(file.path)),
      "checksums": .items(checksums), "licenseConcluded": Self.unsaid,
      "licenseInfoInFiles": .items([Self.unsaid]), "copyrightText": Self.unsaid,
    ])
  }

  private func checksum(_ algorithm: ByteString, _ value: ByteString) -> Node {
    .fields(["algorithm": .string(algorithm), "checksumValue": .string(value)])
  }

  private func softwareID(_ index: Int) -> ByteString { ByteString("SPDXRef-Software-\(index + 1)") }
  private func imageID(_ index: Int) -> ByteString { ByteString("SPDXRef-Image-\(index + 1)") }
  private func fileID(_ index: Int) -> ByteString { ByteString("SPDXRef-File-\(index + 1)") }

  private var relationships: [Node] {
    func relation(_ one: ByteString, _ type: ByteString, _ other: ByteString) -> Node {
      .fields([
        "spdxElementId": .string(one), "relationshipType": .string(type), "relatedSpdxElement": .string(other),
      ])
    }
    var list = [relation("SPDXRef-DOCUMENT", "DESCRIBES", Self.subject)]
    for (index, software) in bill.software.enumerated() {
      let type: ByteString = software.role == .source ? "GENERATED_FROM" : "DEPENDS_ON"
      list.append(relation(Self.subject, type, softwareID(index)))
    }
    for index in bill.images.indices { list.append(relation(Self.subject, "DEPENDS_ON", imageID(index))) }
    for index in bill.files.indices { list.append(relation(Self.subject, "CONTAINS", fileID(index))) }
    return list
  }
}
