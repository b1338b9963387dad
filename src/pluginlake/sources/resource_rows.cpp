// Parses, decides and writes rows, one reader a thread of DuckDB.
#include "pluginlake/sources/resource_rows.h"

#include <chrono>
#include <utility>

#include "pluginlake/core/fault.h"
#include "pluginlake/fhir/reference.h"
#include "pluginlake/sources/version_facts.h"

namespace pluginlake::sources {
namespace {

// The order of Columns().
enum Field : std::uint64_t {
  kResourceType,
  kResourceId,
  kVersion,
  kLastUpdated,
  kReceivedAt,
  kBatchId,
  kSource,
  kSourceLine,
  kContentHash,
  kPatientId,
  kDeleted,
  kBody,
  kVersionId,
  kSuperseded
};

// A chunk that holds this much text is handed on before it is full: bounds what a thread holds.
constexpr std::uint64_t kChunkBytesMax = 8U << 20U;

void SetTextOrNull(duck::ChunkWriter& writer, Field field, std::uint64_t row, std::string_view text) {
  if (text.empty()) {
    writer.SetNull(field, row);
  } else {
    writer.SetText(field, row, text);
  }
}

void Count(Counts& counts, Outcome outcome) {
  switch (outcome) {
    case Outcome::kStored:
      ++counts.stored;
      break;
    case Outcome::kUnchanged:
      ++counts.unchanged;
      break;
    case Outcome::kSuperseded:
      ++counts.superseded;
      break;
    case Outcome::kDeleted:
      ++counts.deleted;
      break;
  }
}

}  // namespace

class ResourceRows::Reader final : public duck::ChunkReader {
 public:
  Reader(ResourceRows& rows, Tally& tally)
      : rows_(rows), batch_(rows.batch_), tally_(tally), lane_(rows.cursor_), interpreter_(batch_.settings.parser) {
    tally_.files.resize(batch_.input.files.size());
  }

  std::uint64_t Read(duck::ChunkWriter& writer) override {
    std::uint64_t row = 0;
    std::uint64_t bytes = 0;
    while (row < writer.capacity() && bytes < kChunkBytesMax) {
      if (next_ == block_.records().size()) {
        next_ = 0;
        batch_.CheckCancelled();
        if (!lane_.Next(block_, file_)) {
          break;
        }
        source_ = batch_.SourceOf(file_);
        continue;
      }
      const Record& record = block_.records()[next_++];
      if (Write(writer, row, record)) {
        ++row;
        bytes += body_.size();
      }
    }
    if (row > 0) {
      core::FaultPoint("ingest.during_parquet_write");
      const std::uint64_t done = rows_.rows_.fetch_add(row) + row;
      batch_.progress.Report({.phase = "storing", .done = done, .total = batch_.arrivals.size(), .unit = "resources"});
    }
    return row;
  }

 private:
  // Decides about one record and writes its row; false when it gets none.
  bool Write(duck::ChunkWriter& writer, std::uint64_t row, const Record& record) {
    const Interpreted found = interpreter_.Interpret(record);
    if (found.kind == RecordKind::kRejected) {
      return false;  // the survey has put it in quarantine
    }
    const ResourceKey key = KeyOf(found.resource_type, found.resource_id);
    const VersionFacts facts = ResolveAndRead(batch_, file_, record, found, interpreter_);
    const Decision decision = batch_.arrivals.IsRepeated(key) ? rows_.repeated_.Of(file_, record.ordinal)
                                                              : Decide(rows_.histories_.Of(key), facts);
    Count(tally_.files[file_], decision.outcome);
    Count(TypeCounts(found.resource_type), decision.outcome);
    if (decision.outcome == Outcome::kUnchanged) {
      return false;
    }
    WriteRow(writer, row, record, found, {decision, facts});
    if (decision.version > 1 && decision.outcome != Outcome::kSuperseded) {
      batch_.staging.AddOutdated(found.resource_type, found.resource_id);
    }
    return true;
  }

  struct NewVersion {
    const Decision& decision;
    const VersionFacts& facts;
  };

  void WriteRow(duck::ChunkWriter& writer, std::uint64_t row, const Record& record, const Interpreted& found,
                const NewVersion& made) {
    const auto& [decision, facts] = made;
    writer.SetText(kResourceType, row, found.resource_type);
    writer.SetText(kResourceId, row, found.resource_id);
    writer.SetInt64(kVersion, row, decision.version);
    if (facts.last_updated) {
      writer.SetInt64(kLastUpdated, row, facts.last_updated->micros);
    } else {
      writer.SetNull(kLastUpdated, row);
    }
    writer.SetInt64(kReceivedAt, row, rows_.received_at_micros_);
    writer.SetText(kBatchId, row, batch_.request.batch_id);
    writer.SetText(kSource, row, source_);
    writer.SetInt64(kSourceLine, row, static_cast<std::int64_t>(record.line));
    SetTextOrNull(writer, kContentHash, row, facts.content_hash);
    SetTextOrNull(writer, kVersionId, row, facts.version_id);
    writer.SetBool(kDeleted, row, facts.deleted);
    writer.SetBool(kSuperseded, row, decision.outcome == Outcome::kSuperseded);
    body_.clear();
    if (facts.deleted) {  // nothing is left that could name a patient, but a Patient's own id
      SetTextOrNull(writer, kPatientId, row, found.resource_type == "Patient" ? found.resource_id : "");
      writer.SetNull(kBody, row);
      return;
    }
    WriteContent(writer, row, found, decision);
  }

  void WriteContent(duck::ChunkWriter& writer, std::uint64_t row, const Interpreted& found, const Decision& decision) {
    fhir::ResourceParser& parser = interpreter_.parser();
    SetTextOrNull(writer, kPatientId, row, parser.PatientId().value_or(""));
    parser.WriteBody(body_);
    writer.SetText(kBody, row, body_);
    const VersionName name{found.resource_type, found.resource_id, decision.version};
    for (const fhir::FoundReference& reference : parser.references()) {
      if (!MayBeConditional(reference.text)) {
        continue;
      }
      const fhir::Reference classified = fhir::ClassifyReference(reference.text);
      if (classified.kind == fhir::ReferenceKind::kConditional && !batch_.targets.Resolve(0, reference.text)) {
        batch_.staging.AddPending(name, CanonicalCondition(classified));
      }
    }
  }

  Counts& TypeCounts(std::string_view type) {
    auto found = tally_.types.find(type);
    return found == tally_.types.end() ? tally_.types.try_emplace(std::string(type)).first->second : found->second;
  }

  ResourceRows& rows_;
  Batch& batch_;
  Tally& tally_;
  InputCursor::Lane lane_;
  RecordInterpreter interpreter_;
  RecordBlock block_;
  std::size_t next_ = 0;
  std::uint32_t file_ = 0;
  std::string source_;
  std::string body_;
};

ResourceRows::ResourceRows(Batch& batch, const VersionHistories& histories, const RepeatedArrivals& repeated)
    : batch_(batch),
      histories_(histories),
      repeated_(repeated),
      cursor_(batch.input.files, batch.settings.records, {}),
      received_at_micros_(
          std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()) {}

ResourceRows::~ResourceRows() = default;

std::vector<duck::Column> ResourceRows::Columns() const {
  return {{"resource_type", "VARCHAR"},
          {"resource_id", "VARCHAR"},
          {"version", "BIGINT"},
          {"last_updated", "TIMESTAMP WITH TIME ZONE"},
          {"received_at", "TIMESTAMP WITH TIME ZONE"},
          {"batch_id", "VARCHAR"},
          {"source", "VARCHAR"},
          {"source_line", "BIGINT"},
          {"content_hash", "VARCHAR"},
          {"patient_id", "VARCHAR"},
          {"deleted", "BOOLEAN"},
          {"body", "JSON"},
          {"version_id", "VARCHAR"},
          {"superseded", "BOOLEAN"}};
}

std::unique_ptr<duck::ChunkReader> ResourceRows::Open() {
  std::lock_guard lock(mutex_);
  tallies_.push_back(std::make_unique<Tally>());
  return std::make_unique<Reader>(*this, *tallies_.back());
}

void ResourceRows::AddCountsTo(IngestResult& result) const {
  std::lock_guard lock(mutex_);
  for (const auto& tally : tallies_) {
    for (std::size_t file = 0; file < tally->files.size(); ++file) {
      result.files[file].counts += tally->files[file];
    }
    for (const auto& [type, counts] : tally->types) {
      result.types[type] += counts;
    }
  }
}

}  // namespace pluginlake::sources
