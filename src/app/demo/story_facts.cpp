// Asks the lake with the statements in sql/.
#include "app/demo/story_facts.h"

#include "app/sql.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::app::demo {
namespace {

constexpr std::int64_t kUnmappedShown = 6;

std::string TextAt(const duck::Chunk& chunk, std::uint64_t column, std::uint64_t row) {
  return chunk.IsNull(column, row) ? std::string() : std::string(chunk.Text(column, row));
}

std::uint64_t CountAt(const duck::Chunk& chunk, std::uint64_t column, std::uint64_t row) {
  return chunk.IsNull(column, row) ? 0 : static_cast<std::uint64_t>(chunk.Int64(column, row));
}

template <typename Take>
void ForEachRow(duck::Result result, const Take& take) {
  while (const auto chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      take(*chunk, row);
    }
  }
}

}  // namespace

void ReadStoryFacts(duck::Connection& connection, StoryFacts& facts) {
  ForEachRow(connection.Query(sql::kCommitLineage, {std::string_view(facts.ingest.batch_id)}),
             [&](const duck::Chunk& chunk, std::uint64_t row) {
               facts.commit = {TextAt(chunk, 0, row), TextAt(chunk, 1, row), TextAt(chunk, 2, row),
                               CountAt(chunk, 3, row), CountAt(chunk, 4, row)};
             });
  ForEachRow(connection.Query(sql::kFrequentConditions), [&](const duck::Chunk& chunk, std::uint64_t row) {
    facts.diagnoses.push_back({TextAt(chunk, 0, row), std::to_string(chunk.Int64(1, row)), CountAt(chunk, 2, row)});
  });
  ForEachRow(connection.Query(sql::kResourceAccounts), [&](const duck::Chunk& chunk, std::uint64_t row) {
    facts.accounts.push_back({TextAt(chunk, 0, row), CountAt(chunk, 1, row), CountAt(chunk, 2, row),
                              CountAt(chunk, 3, row), CountAt(chunk, 4, row), CountAt(chunk, 5, row)});
  });
  ForEachRow(connection.Query(sql::kUnmappedCodes, {kUnmappedShown}), [&](const duck::Chunk& chunk, std::uint64_t row) {
    facts.unmapped.push_back({TextAt(chunk, 1, row), TextAt(chunk, 2, row), TextAt(chunk, 3, row),
                              CountAt(chunk, 4, row), CountAt(chunk, 5, row)});
  });
  ForEachRow(connection.Query(sql::kConditionOrigin), [&](const duck::Chunk& chunk, std::uint64_t row) {
    facts.origin = {CountAt(chunk, 0, row), TextAt(chunk, 1, row), TextAt(chunk, 2, row), CountAt(chunk, 3, row),
                    TextAt(chunk, 4, row),  TextAt(chunk, 5, row), CountAt(chunk, 6, row)};
  });
  facts.waiting_references = static_cast<std::uint64_t>(connection.QueryInt64(sql::kWaitingReferences).value_or(0));
}

}  // namespace pluginlake::app::demo
