// The hot copy of the vocabularies: a SQLite file that answers look-ups in a fraction of a millisecond, pinned to the
// snapshot it was made from. A cache, never a second truth: it is made anew from the lake.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/omop/concept_summary.h"
#include "pluginlake/omop/sqlite_file.h"

namespace pluginlake::omop {

// Answers from one file. Thread-safe: one question at a time, each short.
class LookupFile {
 public:
  // Throws not_found (PL-1031) if the file is not there, internal (PL-1030) if it is none of this program's.
  explicit LookupFile(const std::string& path);

  // The snapshot of the load that the file was made of.
  std::int64_t snapshot_id() const { return snapshot_id_; }

  // Returns what the code of the system (a URI, urn:oid: form or a vocabulary's own name) means; nullopt if it is not
  // known.
  std::optional<CodeMeaning> LookUp(std::string_view system, std::string_view code);

  // Returns the concepts whose code `text` is, those whose names and synonyms hold all its words (the last one may be
  // a beginning), and those whose code begins with it: valid, standard and short ones first.
  std::vector<SearchHit> Search(std::string_view text, std::size_t concepts_max);

  std::optional<ConceptSummary> Concept(std::int64_t concept_id);
  RelatedConcepts Ancestors(std::int64_t concept_id, std::size_t concepts_max);
  RelatedConcepts Descendants(std::int64_t concept_id, std::size_t concepts_max);

 private:
  struct Statements;

  ConceptSummary SummaryOf(const SqliteStatement& row) const;
  std::string TermOf(std::int64_t number) const;
  ConceptSummary SummaryById(std::int64_t concept_id);
  void AddCodes(std::string_view text, std::size_t concepts_max, std::vector<SearchHit>& hits);
  void AddCodePrefixes(std::string_view text, std::size_t concepts_max, std::vector<SearchHit>& hits);
  void AddNamed(const std::string& expression, std::size_t concepts_max, std::vector<SearchHit>& hits);
  RelatedConcepts Related(SqliteStatement& statement, std::int64_t concept_id, std::size_t concepts_max);

  std::mutex mutex_;
  SqliteFile file_;
  std::int64_t snapshot_id_ = 0;
  std::map<std::int64_t, std::string> terms_;
  std::unique_ptr<SqliteStatement> system_, code_, codes_like_, by_id_, by_rank_, named_, ancestors_, descendants_;
};

// Number of the file's own layout; another one is made anew.
inline constexpr std::int64_t kLookupLayout = 1;

// Brings a code into the form in which the index holds it; `undotted` as code_system.code_form says.
std::string NormalCode(std::string_view code, bool undotted);

}  // namespace pluginlake::omop
