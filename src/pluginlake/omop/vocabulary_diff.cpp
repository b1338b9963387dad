// Compares concepts and code meanings of two snapshots.
#include "pluginlake/omop/vocabulary_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "omop/sql.h"
#include "pluginlake/core/error.h"

namespace pluginlake::omop {
namespace {

bool IsNumber(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

// Returns the snapshot that `text` names.
std::int64_t SnapshotOf(duck::Connection& connection, const std::string& text) {
  if (const std::optional<std::int64_t> found = connection.QueryInt64(sql::kSnapshotOfRelease, {text})) {
    return *found;
  }
  const std::optional<std::int64_t> first = connection.QueryInt64("SELECT min(snapshot_id) FROM vocab.release");
  if (IsNumber(text) && text.size() < 18 && first && std::stoll(text) >= *first) {
    return std::stoll(text);
  }
  throw core::Error(
      core::ErrorKind::kNotFound, "PL-1070",
      fmt::format("There is no release of vocabularies {}, and no snapshot of that number with any", text),
      "`pluginlake vocab status` and `pluginlake snapshots vocab/concept` list them.");
}

// AT binds no value, so the numbers, which are our own, stand in the text.
std::string At(std::string_view statement, const VocabularyDiff& diff) {
  std::string text(statement);
  for (const auto& [placeholder, snapshot] : {std::pair{std::string_view("former_snapshot"), diff.former_snapshot},
                                              std::pair{std::string_view("later_snapshot"), diff.later_snapshot}}) {
    const std::string number = std::to_string(snapshot);
    for (std::size_t at = text.find(placeholder); at != std::string::npos;
         at = text.find(placeholder, at + number.size())) {
      text.replace(at, placeholder.size(), number);
    }
  }
  return text;
}

}  // namespace

VocabularyDiff DiffVocabularies(duck::Connection& connection, const DiffRequest& request) {
  VocabularyDiff diff{.former_snapshot = SnapshotOf(connection, request.former),
                      .later_snapshot = SnapshotOf(connection, request.later)};
  diff.former_release = connection.QueryText(sql::kReleaseOfSnapshot, {diff.former_snapshot}).value_or("");
  diff.later_release = connection.QueryText(sql::kReleaseOfSnapshot, {diff.later_snapshot}).value_or("");
  connection.Query(At(sql::kDiffConcepts, diff));
  duck::Result counts = connection.Query(At(sql::kDiffCounts, diff));
  while (std::optional<duck::Chunk> chunk = counts.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      diff.vocabularies.push_back({.vocabulary_id = chunk->TextOrEmpty(0, row),
                                   .former_version = chunk->TextOrEmpty(1, row),
                                   .later_version = chunk->TextOrEmpty(2, row),
                                   .added = chunk->Int64(3, row),
                                   .removed = chunk->Int64(4, row),
                                   .renamed = chunk->Int64(5, row),
                                   .moved = chunk->Int64(6, row),
                                   .standard_lost = chunk->Int64(7, row),
                                   .standard_won = chunk->Int64(8, row),
                                   .remapped = chunk->Int64(9, row)});
    }
  }
  connection.Query(fmt::format("CREATE OR REPLACE TEMP TABLE diff_used AS {}", sql::kUsedConcepts));
  duck::Result changes = connection.Query(sql::kDiffChanges, {request.changes_max});
  while (std::optional<duck::Chunk> chunk = changes.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      diff.changes.push_back({.kind = chunk->TextOrEmpty(0, row),
                              .concept_id = chunk->Int64(1, row),
                              .vocabulary_id = chunk->TextOrEmpty(2, row),
                              .code = chunk->TextOrEmpty(3, row),
                              .former = chunk->TextOrEmpty(4, row),
                              .later = chunk->TextOrEmpty(5, row),
                              .used = chunk->Int64(6, row)});
    }
  }
  return diff;
}

}  // namespace pluginlake::omop
