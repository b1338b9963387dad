// Reads what vocab.release and the tables say.
#include "pluginlake/omop/vocabulary_status.h"

#include "omop/sql.h"

namespace pluginlake::omop {
namespace {

std::string TextOrEmpty(const duck::Chunk& chunk, std::uint64_t column, std::uint64_t row) {
  return chunk.IsNull(column, row) ? std::string() : std::string(chunk.Text(column, row));
}

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
    status.releases.push_back({.name = TextOrEmpty(chunk, 0, row),
                               .release = TextOrEmpty(chunk, 1, row),
                               .snapshot_id = chunk.Int64(2, row),
                               .run_id = TextOrEmpty(chunk, 3, row),
                               .loaded_at = duck::TimestampUtc{chunk.Int64(4, row)},
                               .source = TextOrEmpty(chunk, 5, row),
                               .partial = chunk.Bool(6, row),
                               .findings = chunk.Int64(7, row)});
  });
  ForEachRow(connection, sql::kVocabularyCounts, [&](const duck::Chunk& chunk, std::uint64_t row) {
    status.vocabularies.push_back({.vocabulary_id = TextOrEmpty(chunk, 0, row),
                                   .version = TextOrEmpty(chunk, 1, row),
                                   .concepts = chunk.Int64(2, row),
                                   .standard = chunk.Int64(3, row),
                                   .invalid = chunk.Int64(4, row)});
  });
  ForEachRow(connection, sql::kVocabularyTableRows, [&](const duck::Chunk& chunk, std::uint64_t row) {
    status.tables.emplace_back(TextOrEmpty(chunk, 0, row), chunk.Int64(1, row));
  });
  return status;
}

}  // namespace pluginlake::omop
