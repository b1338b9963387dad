// From a record's bytes to rows.
#include "pluginlake/sources/view_reader.h"

#include <fmt/format.h>

#include <array>

#include "pluginlake/core/error.h"
#include "pluginlake/fhir/resource_types.h"
#include "pluginlake/fhir/view.h"

namespace pluginlake::sources {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::string_view kUuidUrn = "urn:uuid:";
constexpr std::uint32_t kRoot = 0;
constexpr std::string_view kFix = "Mend the file or the view, or leave out what cannot be evaluated: --skip-errors.";

std::string PlaceOf(const InputFile& file, const Record& record) {
  return fmt::format("{}, {} {}", file.shown, file.layout == Layout::kNdjson ? "line" : "entry", record.line);
}

// Throws what is wrong with the record at `place`: `why` it is no resource, else the view's outcome.
[[noreturn]] void Refuse(const std::string& place, std::string_view why, const fhir::ViewOutcome& outcome) {
  if (!why.empty()) {
    throw Error(ErrorKind::kInvalidInput, "PL-0830",
                fmt::format("The input holds something that is no FHIR resource: {}\n{}", place, why), kFix);
  }
  if (!outcome.error.empty()) {
    const std::string column = outcome.column.empty() ? "" : fmt::format("column {}: ", outcome.column);
    throw Error(ErrorKind::kInvalidInput, "PL-0831",
                fmt::format("The view cannot be evaluated over a resource: {}\n{}{}", place, column, outcome.error),
                kFix);
  }
  throw Error(ErrorKind::kInvalidInput, "PL-0832",
              fmt::format("An element is of another JSON type than FHIR R4 gives it: {}\n"
                          "--strict makes this an error; without it the value is NULL",
                          place),
              kFix);
}

std::string_view TextOf(fhir::TapeFault fault) {
  switch (fault) {
    case fhir::TapeFault::kInvalidUtf8:
      return "the text is not valid UTF-8";
    case fhir::TapeFault::kDuplicateKey:
      return "a name occurs twice in one object";
    case fhir::TapeFault::kTooDeep:
      return "arrays and objects are nested deeper than the limit";
    case fhir::TapeFault::kTooManyNodes:
      return "the resource has more elements than the limit";
    default:
      return "the text is not valid JSON";
  }
}

// Says whether the record is an entry of a Bundle that brings no resource: it is passed over.
bool BringsNothing(const Record& record) {
  const bool is_stored = record.method.empty() || record.method == "POST" || record.method == "PUT";
  return !is_stored || record.bytes.empty();
}

}  // namespace

ViewReader::ViewReader(const fhir::View& view, const ViewReadSettings& settings, ViewCounts& counts)
    : view_(view),
      settings_(settings),
      counts_(counts),
      tape_(settings.tape),
      evaluator_(std::array<const fhir::View*, 1>{&view}) {}

std::uint64_t ViewReader::Read(const InputFile& file, const Record& record) {
  if (!record.fault && BringsNothing(record)) {
    return 0;
  }
  bool is_wanted = false;
  const std::string_view why = Evaluate(record, is_wanted);
  const fhir::ViewOutcome outcome = is_wanted ? evaluator_.outcomes()[0] : fhir::ViewOutcome{};
  const bool is_odd = outcome.warnings > 0 && settings_.refuse_unexpected;
  if (!why.empty() || !outcome.error.empty() || is_odd) {
    if (!settings_.skip_errors) {
      Refuse(PlaceOf(file, record), why, outcome);
    }
    counts_.skipped.fetch_add(1, std::memory_order_relaxed);
    return 0;
  }
  if (!is_wanted) {
    return 0;
  }
  counts_.unexpected.fetch_add(outcome.warnings, std::memory_order_relaxed);
  counts_.resources.fetch_add(1, std::memory_order_relaxed);
  return evaluator_.RowCount(0);
}

// Evaluates the record if the view wants it; returns why it is no resource (empty = it is one).
std::string_view ViewReader::Evaluate(const Record& record, bool& is_wanted) {
  if (record.fault) {
    return record.fault.message;
  }
  const bool lends_id = record.full_url.starts_with(kUuidUrn);
  const auto outcome = lends_id ? fhir::ViewEvaluator::TextOutcome::kNeedsTape : evaluator_.EvaluateText(record.bytes);
  if (outcome != fhir::ViewEvaluator::TextOutcome::kNeedsTape) {
    is_wanted = outcome == fhir::ViewEvaluator::TextOutcome::kEvaluated;
    return {};
  }
  const fhir::TapeFault fault = tape_.Build(record.bytes);
  if (fault != fhir::TapeFault::kNone) {
    return TextOf(fault);
  }
  const fhir::TapeNode* type = tape_.Find(kRoot, "resourceType");
  if (type == nullptr || type->kind != fhir::TapeKind::kString) {
    return "it is no JSON object with a resourceType";
  }
  if (!fhir::IsResourceType(type->text())) {
    return "its resourceType names no resource type of FHIR R4";
  }
  is_wanted = type->text() == view_.resource_type();
  if (is_wanted) {
    GiveId(record);
    evaluator_.Evaluate(tape_);
  }
  return {};
}

// A Bundle's resource without an id has the uuid of its fullUrl.
void ViewReader::GiveId(const Record& record) {
  if (!record.full_url.starts_with(kUuidUrn) || tape_.Find(kRoot, "id") != nullptr) {
    return;
  }
  const std::string_view id = record.full_url.substr(kUuidUrn.size());
  if (fhir::IsResourceId(id)) {
    tape_.AddRootString("id", id);
  }
}

}  // namespace pluginlake::sources
