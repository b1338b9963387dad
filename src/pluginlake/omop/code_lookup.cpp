// Asks the code index and the names.
#include "pluginlake/omop/code_lookup.h"

#include "omop/sql.h"

namespace pluginlake::omop {
namespace {

std::string TextOrEmpty(const duck::Chunk& chunk, std::uint64_t column, std::uint64_t row) {
  return chunk.IsNull(column, row) ? std::string() : std::string(chunk.Text(column, row));
}

CodeMeaning SourceOf(const duck::Chunk& chunk, std::uint64_t row) {
  return {.vocabulary_id = TextOrEmpty(chunk, 0, row),
          .code = TextOrEmpty(chunk, 1, row),
          .source = {.concept_id = chunk.Int64(2, row),
                     .name = TextOrEmpty(chunk, 3, row),
                     .vocabulary_id = TextOrEmpty(chunk, 0, row),
                     .code = TextOrEmpty(chunk, 1, row),
                     .domain_id = TextOrEmpty(chunk, 4, row),
                     .concept_class_id = TextOrEmpty(chunk, 5, row),
                     .standard = chunk.Bool(6, row),
                     .invalid_reason = TextOrEmpty(chunk, 7, row)},
          .targets = {}};
}

CodeTarget TargetOf(const duck::Chunk& chunk, std::uint64_t row) {
  CodeTarget target{.meaning = {.concept_id = chunk.Int64(8, row),
                                .name = TextOrEmpty(chunk, 9, row),
                                .vocabulary_id = TextOrEmpty(chunk, 10, row),
                                .code = TextOrEmpty(chunk, 11, row),
                                .domain_id = TextOrEmpty(chunk, 12, row),
                                .concept_class_id = TextOrEmpty(chunk, 13, row),
                                .standard = true,
                                .invalid_reason = {}},
                    .value_concept_id = std::nullopt,
                    .value_name = TextOrEmpty(chunk, 15, row),
                    .mapping_set_id = TextOrEmpty(chunk, 17, row)};
  if (!chunk.IsNull(14, row)) {
    target.value_concept_id = chunk.Int64(14, row);
  }
  return target;
}

}  // namespace

std::optional<CodeMeaning> LookUpCode(duck::Connection& connection, std::string_view system, std::string_view code) {
  std::optional<CodeMeaning> found;
  duck::Result result = connection.Query(sql::kLookupCode, {system, code});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      if (!found) {
        found = SourceOf(*chunk, row);
      }
      if (!chunk->IsNull(8, row)) {
        found->targets.push_back(TargetOf(*chunk, row));
      }
    }
  }
  return found;
}

std::vector<ConceptSummary> SearchConcepts(duck::Connection& connection, std::string_view text,
                                           std::int64_t concepts_max) {
  std::vector<ConceptSummary> concepts;
  duck::Result result = connection.Query(sql::kSearchConcepts, {text, concepts_max});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      concepts.push_back({.concept_id = chunk->Int64(0, row),
                          .name = TextOrEmpty(*chunk, 1, row),
                          .vocabulary_id = TextOrEmpty(*chunk, 2, row),
                          .code = TextOrEmpty(*chunk, 3, row),
                          .domain_id = TextOrEmpty(*chunk, 4, row),
                          .concept_class_id = TextOrEmpty(*chunk, 5, row),
                          .standard = chunk->Bool(6, row),
                          .invalid_reason = TextOrEmpty(*chunk, 7, row)});
    }
  }
  return concepts;
}

}  // namespace pluginlake::omop
