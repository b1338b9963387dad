// Reads what vocab.release and the tables say.
#include "pluginlake/omop/vocabulary_status.h"

#include "omop/sql.h"

namespace pluginlake::omop {
namespace {

template <typename Take>
void ForEachRow(duck::Connection& connection, std::string_view sql, const Take& take) {
  duck::Result result = connection.Query(sql);
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      take(*chunk, row);
    }
  }
}

}  // namespace

VocabularyStatus ReadVocabularyStatus(duck::Connection& connection) {
  VocabularyStatus status;
  ForEachRow(connection, sql::kNewestReleases, [&](const duck::Chunk& chunk, std::uint64_t row) {
    status.releases.push_back({.name = chunk.TextOrEmpty(0, row),
                               .release = chunk.TextOrEmpty(1, row),
                               .snapshot_id = chunk.Int64(2, row),
                               .run_id = chunk.TextOrEmpty(3, row),
                               .loaded_at = duck::TimestampUtc{chunk.Int64(4, row)},
                               .source = chunk.TextOrEmpty(5, row),
                               .partial = chunk.Bool(6, row),
                               .findings = chunk.Int64(7, row)});
  });
  ForEachRow(connection, sql::kVocabularyCounts, [&](const duck::Chunk& chunk, std::uint64_t row) {
    status.vocabularies.push_back({.vocabulary_id = chunk.TextOrEmpty(0, row),
                                   .version = chunk.TextOrEmpty(1, row),
                                   .concepts = chunk.Int64(2, row),
                                   .standard = chunk.Int64(3, row),
                                   .invalid = chunk.Int64(4, row)});
  });
  ForEachRow(connection, sql::kVocabularyTableRows, [&](const duck::Chunk& chunk, std::uint64_t row) {
    status.tables.emplace_back(chunk.TextOrEmpty(0, row), chunk.Int64(1, row));
  });
  return status;
}

}  // namespace pluginlake::omop
