// Visits every record once: validates it and notes what the second pass needs to know beforehand.
#include "pluginlake/sources/survey.h"

#include <memory>
#include <utility>

#include "pluginlake/fhir/reference.h"
#include "pluginlake/sources/parallel_walk.h"
#include "pluginlake/sources/quarantine_body.h"
#include "pluginlake/sources/record_interpreter.h"

namespace pluginlake::sources {
namespace {

// What all visitors of a survey add to; merged when a visitor ends.
class SurveyTotals {
 public:
  explicit SurveyTotals(Batch& batch) : batch_(batch) {}

  void Merge(const std::vector<Counts>& files, const std::map<std::string, Counts, std::less<>>& types) {
    std::lock_guard lock(mutex_);
    for (std::size_t file = 0; file < files.size(); ++file) {
      batch_.result.files[file].counts += files[file];
    }
    for (const auto& [type, counts] : types) {
      batch_.result.types[type] += counts;
    }
  }
  void AddProblem(Problem problem) {
    std::lock_guard lock(mutex_);
    if (batch_.result.problems.size() < batch_.settings.problems_max) {
      batch_.result.problems.push_back(std::move(problem));
    }
  }

 private:
  Batch& batch_;
  std::mutex mutex_;
};

class SurveyVisitor final : public RecordVisitor {
 public:
  SurveyVisitor(Batch& batch, SurveyTotals& totals)
      : batch_(batch), totals_(totals), interpreter_(batch.settings.parser), files_(batch.input.files.size()) {}
  ~SurveyVisitor() override { totals_.Merge(files_, types_); }

  void Visit(std::uint32_t file, const Record& record) override {
    ++files_[file].received;
    const Interpreted found = interpreter_.Interpret(record);
    if (!found.resource_type.empty()) {
      ++TypeCounts(found.resource_type).received;
    }
    switch (found.kind) {
      case RecordKind::kRejected:
        return Quarantine(file, record, found);
      case RecordKind::kDeletion:
        return batch_.arrivals.Add(KeyOf(found.resource_type, found.resource_id), file);
      case RecordKind::kResource:
        return NoteResource(file, record, found);
    }
  }

 private:
  Counts& TypeCounts(std::string_view type) {
    auto found = types_.find(type);
    return found == types_.end() ? types_.try_emplace(std::string(type)).first->second : found->second;
  }

  void NoteResource(std::uint32_t file, const Record& record, const Interpreted& found) {
    batch_.arrivals.Add(KeyOf(found.resource_type, found.resource_id), file);
    const std::uint64_t scope = BundleScopeOf(record, file, batch_.IsNdjson(file));
    if (scope != 0 && !record.full_url.empty()) {
      batch_.targets.AddFullUrl(scope, record.full_url, found.resource_type, found.resource_id);
    }
    fhir::ResourceParser& parser = interpreter_.parser();
    for (const fhir::FoundIdentifier& identifier : parser.identifiers()) {
      batch_.staging.AddIdentifier(found.resource_type, found.resource_id, identifier.system, identifier.value);
    }
    for (const fhir::FoundReference& reference : parser.references()) {
      if (!MayBeConditional(reference.text)) {
        continue;
      }
      const fhir::Reference classified = fhir::ClassifyReference(reference.text);
      if (classified.kind == fhir::ReferenceKind::kConditional) {
        batch_.targets.AddWanted(CanonicalCondition(classified));
      }
    }
  }

  void Quarantine(std::uint32_t file, const Record& record, const Interpreted& found) {
    ++files_[file].quarantined;
    if (!found.resource_type.empty()) {
      ++TypeCounts(found.resource_type).quarantined;
    }
    const std::string source = batch_.SourceOf(file);
    const std::string id = QuarantineId(record.bytes, source, record.line);
    const std::string body = QuarantineBody(record.bytes, std::size_t{batch_.settings.quarantine_body_kb_max} << 10U);
    batch_.staging.AddQuarantined({.quarantine_id = id,
                                   .source = source,
                                   .line = record.line,
                                   .resource_type = found.resource_type,
                                   .resource_id = found.resource_id,
                                   .reason_code = found.reason_code,
                                   .message = found.message,
                                   .body = body});
    totals_.AddProblem({source, record.line, std::string(found.reason_code), std::string(found.message)});
  }

  Batch& batch_;
  SurveyTotals& totals_;
  RecordInterpreter interpreter_;
  std::vector<Counts> files_;
  std::map<std::string, Counts, std::less<>> types_;
};

}  // namespace

void SurveyBatch(Batch& batch) {
  SurveyTotals totals(batch);
  WalkRecords(batch, {.phase = "reading", .only = {}}, [&] { return std::make_unique<SurveyVisitor>(batch, totals); });
  batch.staging.Flush();
}

}  // namespace pluginlake::sources
