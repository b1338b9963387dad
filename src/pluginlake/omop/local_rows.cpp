// Deletes by ranges of ids, table by table.
#include "pluginlake/omop/local_rows.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <string_view>

#include "omop/sql.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/omop/local_blocks.h"

namespace pluginlake::omop {
namespace {

struct IdColumn {
  std::string_view table;
  std::string_view column;
};

// One column a statement: files are left out by the range of one column, not by two joined with OR.
constexpr std::array kIdColumns = {
    IdColumn{"concept", "concept_id"},
    IdColumn{"concept_relationship", "concept_id_1"},
    IdColumn{"concept_relationship", "concept_id_2"},
    IdColumn{"concept_synonym", "concept_id"},
    IdColumn{"concept_ancestor", "ancestor_concept_id"},
    IdColumn{"concept_ancestor", "descendant_concept_id"},
    IdColumn{"drug_strength", "drug_concept_id"},
};

std::vector<LocalIds> BlocksOf(duck::Connection& connection, const std::string& vocabulary_id) {
  std::vector<LocalIds> blocks;
  duck::Result result = connection.Query(sql::kBlocksOfVocabulary, {vocabulary_id});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      blocks.push_back(
          {.vocabulary_id = vocabulary_id, .first_id = chunk->Int64(0, row), .last_id = chunk->Int64(1, row)});
    }
  }
  return blocks;
}

}  // namespace

VocabSearchPath::VocabSearchPath(duck::Connection& connection, const core::Project& project)
    : connection_(connection), alias_(duck::QuoteIdentifier(project.alias)) {
  connection_.Query("USE " + alias_ + ".vocab");
}

VocabSearchPath::~VocabSearchPath() { connection_.QueryIgnoringErrors("USE " + alias_, {}); }

// Values stand in the text: a bound one is not known when files are left out by their ranges, and all would be read.
void DeleteLocalRows(duck::Connection& connection, const std::vector<std::string>& vocabularies) {
  for (const std::string& vocabulary : vocabularies) {
    for (const LocalIds& block : BlocksOf(connection, vocabulary)) {
      for (const IdColumn& each : kIdColumns) {
        connection.Query(fmt::format("DELETE FROM {} WHERE {} BETWEEN {} AND {}", each.table, each.column,
                                     block.first_id, block.last_id));
      }
    }
    const std::string name = duck::QuoteLiteral(vocabulary);
    connection.Query(fmt::format("DELETE FROM source_to_concept_map WHERE source_vocabulary_id = {}", name));
    connection.Query(fmt::format("DELETE FROM vocabulary WHERE vocabulary_id = {}", name));
    connection.Query(fmt::format("DELETE FROM code_target WHERE vocabulary_id = {}", name));
  }
}

void GiveLocalNumbers(duck::Connection& connection, const std::vector<std::pair<std::string, std::string>>& codes) {
  std::map<std::string, std::vector<std::string>> by_vocabulary;
  for (const auto& [vocabulary, code] : codes) {
    by_vocabulary[vocabulary].push_back(code);
  }
  for (const auto& [vocabulary, its_codes] : by_vocabulary) {
    const std::vector<std::int64_t> ids = ReserveLocalIds(connection, vocabulary, its_codes.size());
    std::string lines;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      lines += fmt::format("{}\t{}\n", ids[i], its_codes[i]);
    }
    connection.Query(sql::kInsertLocalConcepts, {vocabulary, std::string_view(lines)});
  }
}

}  // namespace pluginlake::omop
