// Asks the lake and the batch for identifiers, then rewrites what waited.
#include "pluginlake/sources/late_references.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <set>
#include <string>
#include <vector>

#include "pluginlake/core/error.h"
#include "sources/sql.h"

namespace pluginlake::sources {
namespace {

using ReferenceSet = std::set<std::string, std::less<>>;

// Settles what can be settled; returns all references that have a target now.
ReferenceSet SettleReferences(Batch& batch, duck::Connection& connection) {
  for (const std::string& reference : batch.targets.wanted()) {
    batch.staging.AddWanted(reference);
  }
  batch.staging.Flush();
  ReferenceSet resolved;
  duck::Result result = connection.Query(sql::kResolveReferences, {std::string_view(batch.request.batch_id)});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      const std::string reference(chunk->Text(0, row));
      const std::string_view type = chunk->Text(1, row);
      const std::string_view id = chunk->Text(2, row);
      batch.targets.Settle(reference, fmt::format("{}/{}", type, id));
      if (!chunk->Bool(3, row)) {
        batch.staging.AddSettled(reference, type, id);
      }
      resolved.insert(reference);
    }
  }
  return resolved;
}

// Returns the references among `resolved` that versions in the lake wait for.
std::vector<std::string> AwaitedAmong(const ReferenceSet& resolved, duck::Connection& connection) {
  std::vector<std::string> awaited;
  duck::Result result = connection.Query(sql::kPendingReferences);
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      if (resolved.contains(chunk->Text(0, row))) {
        awaited.emplace_back(chunk->Text(0, row));
      }
    }
  }
  return awaited;
}

// Stages the new form of one version.
void Rewrite(Batch& batch, fhir::ResourceParser& parser, const VersionName& name, std::string_view body) {
  std::string padded(body);
  padded.resize(body.size() + simdjson::SIMDJSON_PADDING);
  const auto rejection = parser.Parse(std::string_view(padded).substr(0, body.size()), {});
  PL_CHECK(!rejection, "a stored resource could not be parsed again");
  parser.Resolve([&](std::string_view text) { return batch.targets.Resolve(0, text); });
  std::string rewritten;
  parser.WriteBody(rewritten);
  const std::string hash = parser.ContentHash();
  const std::optional<std::string> patient_id = parser.PatientId();
  batch.staging.AddRewritten({.name = name,
                              .body = rewritten,
                              .content_hash = hash,
                              .patient_id = patient_id ? std::optional<std::string_view>(*patient_id) : std::nullopt});
}

std::uint64_t RewriteWaiting(Batch& batch, duck::Connection& connection) {
  const std::string_view batch_id = batch.request.batch_id;
  fhir::ResourceParser parser(batch.settings.parser);
  duck::Result result = connection.Query(sql::kPendingRows, {batch_id});
  std::uint64_t rewritten = 0;
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row, ++rewritten) {
      Rewrite(batch, parser, {chunk->Text(0, row), chunk->Text(1, row), chunk->Int64(2, row)}, chunk->Text(3, row));
    }
  }
  batch.staging.Flush();
  if (rewritten > 0) {
    connection.Query(sql::kApplyRewritten, {batch_id});
  }
  connection.Query(sql::kDeleteSettledPending, {batch_id});
  return rewritten;
}

}  // namespace

std::uint64_t ResolveConditionalReferences(Batch& batch, duck::Connection& connection) {
  const ReferenceSet resolved = SettleReferences(batch, connection);
  const std::vector<std::string> awaited = AwaitedAmong(resolved, connection);
  if (awaited.empty()) {
    return 0;
  }
  for (const std::string& reference : awaited) {
    batch.staging.AddAwaited(reference);
  }
  batch.staging.Flush();
  return RewriteWaiting(batch, connection);
}

}  // namespace pluginlake::sources
