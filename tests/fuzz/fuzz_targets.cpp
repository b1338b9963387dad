// The targets, with a few resources that the views are evaluated over.
#include "fuzz_targets.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "pluginlake/core/error.h"
#include "pluginlake/duck/chunk_writer.h"
#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/json_text.h"
#include "pluginlake/fhir/resource.h"
#include "pluginlake/fhir/view.h"
#include "pluginlake/fhir/view_evaluator.h"

namespace pluginlake::fuzz {

namespace {

using fhir::JsonTape;
using fhir::View;
using fhir::ViewEvaluator;

constexpr std::size_t kPadding = 64;

constexpr std::array<std::string_view, 3> kSamples = {
    R"({"resourceType":"Patient","id":"p1","active":true,"birthDate":"1970-06","name":[{"use":"official","family":"A",
      "given":["x","y"],"_given":[null,{"extension":[{"url":"u","valueCode":"c"}]}]},{"use":"usual"}],
      "telecom":[{"system":"phone","value":"1","rank":1}],"multipleBirthInteger":3,
      "contained":[{"resourceType":"Organization","id":"o","name":"n"}],"managingOrganization":{"reference":"#o"},
      "generalPractitioner":[{"reference":"Practitioner/d"}]})",
    R"({"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":"s","code":"c"},{"code":"d"}]},
      "valueQuantity":{"value":1.50,"unit":"mg"},"component":[{"valueString":"a"},{"valueInteger":5}],
      "subject":{"reference":"Patient/p1"},"effectiveDateTime":"2020-02-29T10:00:00.5+01:00"})",
    R"({"resourceType":"QuestionnaireResponse","id":"q","item":[{"linkId":"1","answer":[{"valueString":"x",
      "item":[{"linkId":"1.1","item":[{"linkId":"1.1.1"}]}]}]},{"linkId":"2"}]})",
};

[[noreturn]] void Fail(const char* what) {
  std::fprintf(stderr, "fuzz: %s\n", what);
  std::abort();
}

// The bytes with just the readable padding that parsers ask for, so that a sanitizer sees a read beyond it.
class Padded {
 public:
  explicit Padded(std::string_view text)
      : bytes_(std::make_unique<char[]>(text.size() + kPadding)), size_(text.size()) {
    std::ranges::copy(text, bytes_.get());
    std::fill_n(bytes_.get() + size_, kPadding, '"');
  }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

// Takes every cell into one text.
class TextWriter final : public duck::ChunkWriter {
 public:
  std::uint64_t capacity() const override { return 1; }
  void SetNull(std::uint64_t, std::uint64_t) override { text_ += "~,"; }
  void SetBool(std::uint64_t, std::uint64_t, bool value) override { text_ += value ? "t," : "f,"; }
  void SetInt64(std::uint64_t, std::uint64_t, std::int64_t value) override { text_ += std::to_string(value) + ","; }
  void SetDouble(std::uint64_t, std::uint64_t, double value) override { text_ += std::to_string(value) + ","; }
  void SetText(std::uint64_t, std::uint64_t, std::string_view value) override { text_.append(value).append(","); }
  std::uint64_t AppendList(std::uint64_t, std::uint64_t, std::uint64_t count) override {
    text_ += "[" + std::to_string(count) + ":";
    return 0;
  }
  duck::ChunkWriter& Nested(std::uint64_t) override { return *this; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string RowsOf(const ViewEvaluator& evaluator) {
  TextWriter writer;
  for (std::uint64_t row = 0; row < evaluator.RowCount(0); ++row) {
    evaluator.WriteRow(0, row, writer, 0, 0);
  }
  return writer.text() + std::string(evaluator.outcomes()[0].error) + std::to_string(evaluator.outcomes()[0].warnings);
}

// Evaluates both ways where both are possible.
void EvaluateBothWays(ViewEvaluator& by_text, ViewEvaluator& by_tape, const View& view, std::string_view json) {
  JsonTape tape({.depth_max = 200, .nodes_max = 100'000});
  const ViewEvaluator::TextOutcome outcome = by_text.EvaluateText(json);
  const std::string rows = outcome == ViewEvaluator::TextOutcome::kEvaluated ? RowsOf(by_text) : "";
  if (tape.Build(json) != fhir::TapeFault::kNone) {
    return;
  }
  const fhir::TapeNode* type = tape.Find(0, "resourceType");
  const bool is_wanted =
      type != nullptr && type->kind == fhir::TapeKind::kString && type->text() == view.resource_type();
  if (!is_wanted) {
    if (outcome == ViewEvaluator::TextOutcome::kEvaluated) Fail("a resource of another type was evaluated");
    return;
  }
  by_tape.Evaluate(tape);
  if (outcome == ViewEvaluator::TextOutcome::kEvaluated && rows != RowsOf(by_tape)) {
    Fail("a view gives other rows from the text than from the tape");
  }
}

// Compiles; only a definition's own faults may be told.
std::shared_ptr<const View> TryCompile(std::string_view definition) {
  try {
    return View::Compile(definition);
  } catch (const core::Error& error) {
    if (error.kind() != core::ErrorKind::kInvalidInput) Fail(error.what());
    return nullptr;
  }
}

void EvaluateOverSamples(const View& view) {
  const View* const views[] = {&view};
  ViewEvaluator by_text(views);
  ViewEvaluator by_tape(views);
  for (const std::string_view sample : kSamples) {
    const Padded padded(sample);
    EvaluateBothWays(by_text, by_tape, view, padded.view());
  }
}

}  // namespace

void ReadResource(std::string_view bytes) {
  static const std::shared_ptr<const View> view = View::Compile(R"x({"resource":"Observation","select":[{"column":[
    {"name":"id","path":"id"},{"name":"s","path":"status"},{"name":"c","path":"code.coding","type":"Coding","collection":true},
    {"name":"v","path":"value.ofType(Quantity).value"},{"name":"k","path":"subject.getReferenceKey(Patient)"},
    {"name":"f","path":"code.coding.first().code"},{"name":"e","path":"issued.extension.exists()"}]},
    {"forEachOrNull":"component","column":[{"name":"t","path":"value.ofType(string)"}]}]})x");
  static const std::array<const View*, 1> views = {view.get()};
  static ViewEvaluator by_text(views);
  static ViewEvaluator by_tape(views);
  const Padded padded(bytes);
  EvaluateBothWays(by_text, by_tape, *view, padded.view());
  fhir::ResourceParser parser({.depth_max = 200, .resource_mb_max = 1, .elements_max = 100'000});
  if (parser.Parse(padded.view(), "lent")) {
    return;
  }
  parser.Resolve([](std::string_view text) { return std::optional(text); });
  std::string body;
  parser.WriteBody(body);
  const std::string hash = parser.ContentHash();
  const Padded again(body);
  fhir::ResourceParser second({.depth_max = 200, .resource_mb_max = 1, .elements_max = 100'000});
  if (second.Parse(again.view()) || second.ContentHash() != hash || second.PatientId() != parser.PatientId()) {
    Fail("a stored body does not read as the resource it is of");
  }
}

void ParseFhirPath(std::string_view bytes) {
  std::string quoted;
  fhir::AppendQuoted(bytes, quoted);
  for (const char* type : {"Patient", "Observation", "QuestionnaireResponse"}) {
    const std::string column = R"({"name":"c","path":)" + quoted + R"(,"collection":true})";
    const std::string definition =
        R"({"resource":")" + std::string(type) + R"(","select":[{"column":[)" + column + "]}]}";
    if (const auto view = TryCompile(definition)) {
      EvaluateOverSamples(*view);
    }
  }
}

void CompileView(std::string_view bytes) {
  if (const auto view = TryCompile(bytes)) {
    EvaluateOverSamples(*view);
  }
}

}  // namespace pluginlake::fuzz
