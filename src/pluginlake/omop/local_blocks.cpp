// Hands out blocks of local concept ids, never the same twice.
#include "pluginlake/omop/local_blocks.h"

#include <fmt/format.h>

#include <algorithm>

#include "omop/sql.h"
#include "pluginlake/core/error.h"
#include "pluginlake/omop/athena_tables.h"

namespace pluginlake::omop {
namespace {

using core::Error;
using core::ErrorKind;

// Ids are given out in blocks of so many, so that a vocabulary's own lie together and prune files.
constexpr std::int64_t kBlockIds = 100'000;

// A delivery's own ids are claimed up to the next round number where that is free, so that its vocabulary may grow.
constexpr std::int64_t kRoundIds = 1'000;

LocalIds Rounded(const LocalIds& ids) {
  return {.vocabulary_id = ids.vocabulary_id,
          .first_id = ids.first_id / kRoundIds * kRoundIds,
          .last_id = std::min((ids.last_id / kRoundIds + 1) * kRoundIds - 1, kLastLocalConceptId)};
}

bool IsFree(duck::Connection& connection, const LocalIds& ids) {
  return !connection.QueryInt64(sql::kBlockFrom, {ids.first_id, ids.last_id}).has_value();
}

// Appends ids of the range until there are `count`.
void TakeFrom(std::int64_t first_id, std::int64_t last_id, std::uint64_t count, std::vector<std::int64_t>& ids) {
  for (std::int64_t id = first_id; id <= last_id && ids.size() < count; ++id) {
    ids.push_back(id);
  }
}

LocalIds NewBlock(duck::Connection& connection, const std::string& vocabulary_id, std::uint64_t ids_missing) {
  const std::int64_t last = connection.QueryInt64(sql::kLastLocalId).value_or(kFirstLocalConceptId - 1);
  const std::int64_t blocks = (static_cast<std::int64_t>(ids_missing) + kBlockIds - 1) / kBlockIds;
  const LocalIds block{.vocabulary_id = vocabulary_id, .first_id = last + 1, .last_id = last + blocks * kBlockIds};
  if (block.last_id > kLastLocalConceptId) {
    throw Error(ErrorKind::kExhausted, "PL-1012",
                fmt::format("There are no local concept ids left for the vocabulary {}", vocabulary_id),
                "147 million are given out; see vocab.local_block for who has them.");
  }
  connection.Query(sql::kInsertLocalBlock, {vocabulary_id, block.first_id, block.last_id});
  return block;
}

}  // namespace

void ClaimLocalIds(duck::Connection& connection, const LocalIds& wanted) {
  if (wanted.first_id < kFirstLocalConceptId || wanted.last_id > kLastLocalConceptId) {
    throw Error(ErrorKind::kInvalidInput, "PL-1011",
                fmt::format("Local concept ids are out of range: {} to {} of {}", wanted.first_id, wanted.last_id,
                            wanted.vocabulary_id),
                fmt::format("Number them from {} to {}.", kFirstLocalConceptId, kLastLocalConceptId));
  }
  if (connection.QueryInt64(sql::kCoveringBlock, {wanted.vocabulary_id, wanted.first_id, wanted.last_id}) > 0) {
    return;
  }
  duck::Result taken =
      connection.Query(sql::kOverlappingBlock, {wanted.vocabulary_id, wanted.first_id, wanted.last_id});
  if (const std::optional<duck::Chunk> chunk = taken.Fetch(); chunk && chunk->row_count() > 0) {
    throw Error(
        ErrorKind::kConflict, "PL-1010",
        fmt::format("The local concept ids {} to {} of {} belong to {} already ({} to {})", wanted.first_id,
                    wanted.last_id, wanted.vocabulary_id, chunk->Text(0, 0), chunk->Int64(1, 0), chunk->Int64(2, 0)),
        "Renumber the delivery's own concepts; vocab.local_block shows what is taken.");
  }
  const LocalIds rounded = Rounded(wanted);
  const LocalIds& given = IsFree(connection, rounded) ? rounded : wanted;
  connection.Query(sql::kInsertLocalBlock, {given.vocabulary_id, given.first_id, given.last_id});
}

std::vector<std::int64_t> ReserveLocalIds(duck::Connection& connection, const std::string& vocabulary_id,
                                          std::uint64_t count) {
  std::vector<std::int64_t> ids;
  duck::Result free = connection.Query(sql::kFreeLocalIds, {vocabulary_id});
  while (std::optional<duck::Chunk> chunk = free.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      TakeFrom(chunk->Int64(0, row), chunk->Int64(1, row), count, ids);
    }
  }
  if (ids.size() < count) {
    const LocalIds block = NewBlock(connection, vocabulary_id, count - ids.size());
    TakeFrom(block.first_id, block.last_id, count, ids);
  }
  return ids;
}

}  // namespace pluginlake::omop
