// One ingest from its paths to its result: survey, then one transaction.
#include "pluginlake/sources/ingest.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/duck/source_table.h"
#include "pluginlake/sources/batch.h"
#include "pluginlake/sources/late_references.h"
#include "pluginlake/sources/repeated_arrivals.h"
#include "pluginlake/sources/resource_rows.h"
#include "pluginlake/sources/survey.h"
#include "pluginlake/sources/version_history.h"
#include "sources/sql.h"

namespace pluginlake::sources {
namespace {

constexpr std::string_view kAsset = "raw/fhir_resource";

std::string TypesOf(const IngestResult& result) {
  std::string types;
  for (const auto& [type, counts] : result.types) {
    if (counts.received > counts.quarantined) {
      types += (types.empty() ? "" : ",") + type;
    }
  }
  return types;
}

// Reads the versions in the lake of the resources that the batch brings.
VersionHistories LoadHistories(const Batch& batch, duck::Connection& connection) {
  VersionHistories histories;
  const std::string types = TypesOf(batch.result);
  duck::Result result = connection.Stream(sql::kStoredVersions, std::array<duck::Value, 1>{std::string_view(types)});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    batch.CheckCancelled();
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      const ResourceKey key = KeyOf(chunk->Text(0, row), chunk->Text(1, row));
      if (!batch.arrivals.Contains(key)) {
        continue;
      }
      StoredVersion version{.key = key, .version = chunk->Int64(2, row)};
      version.facts.version_id = chunk->IsNull(3, row) ? "" : std::string(chunk->Text(3, row));
      if (!chunk->IsNull(4, row)) {
        version.facts.last_updated = duck::TimestampUtc{chunk->Int64(4, row)};
      }
      version.facts.content_hash = chunk->IsNull(5, row) ? "" : std::string(chunk->Text(5, row));
      version.superseded = chunk->Bool(6, row);
      version.facts.deleted = chunk->Bool(7, row);
      histories.Add(std::move(version));
    }
  }
  histories.Sort();
  return histories;
}

// Writes the new versions; returns how many rows.
std::uint64_t WriteResources(Batch& batch, duck::Connection& connection) {
  const VersionHistories histories = LoadHistories(batch, connection);
  const RepeatedArrivals repeated(batch, histories);
  ResourceRows rows(batch, histories, repeated);
  duck::SourceTable source(connection, rows, batch.settings.threads);
  core::FaultPoint("ingest.before_parquet_write");
  const std::uint64_t written =
      source.Run(connection, sql::kInsertResources, std::array<duck::Value, 1>{source.number()}).rows_changed();
  core::FaultPoint("ingest.after_parquet_write");
  rows.AddCountsTo(batch.result);
  return written;
}

// Writes what hangs on the new versions.
void WriteReferences(Batch& batch, duck::Connection& connection) {
  batch.staging.Flush();
  core::FaultPoint("ingest.before_references");
  const std::string_view batch_id = batch.request.batch_id;
  for (std::string_view statement :
       {sql::kDeleteOutdatedIdentifiers, sql::kInsertIdentifiers, sql::kInsertReferenceTargets, sql::kInsertPending}) {
    connection.Query(statement, {batch_id});
  }
  core::FaultPoint("ingest.after_references");
}

std::uint64_t WriteQuarantine(Batch& batch, duck::Connection& connection, std::int64_t snapshot_id) {
  core::FaultPoint("ingest.before_quarantine");
  const std::uint64_t written =
      connection.Query(sql::kInsertQuarantine, {std::string_view(batch.request.batch_id), snapshot_id}).rows_changed();
  core::FaultPoint("ingest.after_quarantine");
  return written;
}

// Adds the files' counts up and makes sure that every record is accounted for.
void CloseAccounts(Batch& batch, std::uint64_t rows_written) {
  IngestResult& result = batch.result;
  result.counts = {};
  for (const FileResult& file : result.files) {
    PL_CHECK(file.counts.add_up(), "the counts of a file do not add up");
    result.counts += file.counts;
  }
  const Counts& counts = result.counts;
  PL_CHECK(rows_written == counts.stored + counts.superseded + counts.deleted,
           "the rows written are not the versions counted");
}

std::string CountsJson(const Counts& counts) {
  return nlohmann::json{{"received", counts.received},   {"stored", counts.stored},
                        {"unchanged", counts.unchanged}, {"superseded", counts.superseded},
                        {"deleted", counts.deleted},     {"quarantined", counts.quarantined}}
      .dump();
}

catalog::CommitOutcome WriteBatch(Batch& batch, duck::Connection& connection, std::int64_t snapshot_id) {
  IngestResult& result = batch.result;
  result.references_resolved_later = ResolveConditionalReferences(batch, connection);
  const std::uint64_t rows = WriteResources(batch, connection);
  if (rows > 0) {
    WriteReferences(batch, connection);
  }
  std::uint64_t quarantined = 0;
  for (const FileResult& file : result.files) {
    quarantined += file.counts.quarantined;
  }
  const std::uint64_t quarantine_rows = quarantined > 0 ? WriteQuarantine(batch, connection, snapshot_id) : 0;
  CloseAccounts(batch, rows);
  catalog::CommitOutcome outcome{.changed = rows + quarantine_rows + result.references_resolved_later > 0};
  for (std::size_t file = 0; file < result.files.size(); ++file) {
    outcome.inputs.push_back({.asset = std::string(kAsset),
                              .input = result.files[file].source,
                              .input_kind = "file",
                              .bytes = batch.input.files[file].bytes,
                              .records = result.files[file].counts.received});
  }
  outcome.counts_json = CountsJson(result.counts);
  return outcome;
}

catalog::CommitInfo InfoOf(const IngestRequest& request, const IngestResult& result) {
  return {.run_id = request.batch_id,
          .kind = "ingest",
          .message = fmt::format("ingest of {} files", result.files.size()),
          .code_fingerprint = "pluginlake/" + request.program_version,
          .assets = {std::string(kAsset)},
          .program_version = request.program_version};
}

// Takes a refused batch's counts back to what was found: nothing of it was committed.
bool IsRefused(Batch& batch) {
  if (!batch.request.strict) {
    return false;
  }
  bool is_faulty = false;
  for (const FileResult& file : batch.result.files) {
    is_faulty = is_faulty || file.counts.quarantined > 0 || !file.error.empty();
  }
  return is_faulty;
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  received += other.received;
  stored += other.stored;
  unchanged += other.unchanged;
  superseded += other.superseded;
  deleted += other.deleted;
  quarantined += other.quarantined;
  return *this;
}

std::string Batch::SourceOf(std::uint32_t file) const {
  const std::string& shown = input.files[file].shown;
  return request.source_name.empty() ? shown : fmt::format("{}:{}", request.source_name, shown);
}

FhirIngest::FhirIngest(catalog::Lake& lake, catalog::Writer& writer, const IngestSettings& settings)
    : lake_(lake), writer_(writer), settings_(settings) {
  duck::Connection connection = lake_.database().Connect();
  Staging::Prepare(connection);
}

IngestResult FhirIngest::Run(const core::Principal& principal, const IngestRequest& request, core::Progress& progress,
                             const core::Cancellation& cancellation) {
  Batch batch{.settings = settings_,
              .request = request,
              .progress = progress,
              .cancellation = cancellation,
              .input = FindInputFiles(request.paths, settings_.find),
              .staging = Staging(lake_.database(), request.batch_id),
              .arrivals = ArrivalIndex(settings_.batch_records_max),
              .targets = {},
              .result = {.batch_id = request.batch_id}};
  batch.result.skipped = batch.input.skipped;
  batch.result.notes = batch.input.notes;
  for (std::uint32_t file = 0; file < batch.input.files.size(); ++file) {
    batch.result.files.push_back({.source = batch.SourceOf(file), .error = batch.input.files[file].error});
  }
  core::FaultPoint("ingest.before_survey");
  SurveyBatch(batch);
  core::FaultPoint("ingest.after_survey");
  if (IsRefused(batch)) {
    batch.result.refused = true;
    for (const FileResult& file : batch.result.files) {
      batch.result.counts += file.counts;
    }
    return std::move(batch.result);
  }
  batch.result.snapshot_id = writer_.Commit(principal, InfoOf(request, batch.result),
                                            [&](duck::Connection& connection, std::int64_t next_snapshot_id) {
                                              return WriteBatch(batch, connection, next_snapshot_id);
                                            });
  core::FaultPoint("ingest.before_answer");
  return std::move(batch.result);
}

}  // namespace pluginlake::sources
