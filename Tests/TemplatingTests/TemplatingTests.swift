import Testing

/// Templates, libraries and modules against what ytt made of the same files.
struct TemplateTests {
  @Test(arguments: RecordedCase.all(in: "template")) func templates(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: RecordedCase.all(in: "library")) func libraries(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: RecordedCase.all(in: "modules")) func modules(_ recorded: RecordedCase) throws {
    try recorded.check()
  }

  @Test(arguments: ["template", "library", "modules"]) func casesAreFound(_ folder: String) {
    #expect(!RecordedCase.all(in: folder).isEmpty)
  }
}
