// What changed between two loads of vocabularies, and which of it touches the station's data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/duck/connection.h"

namespace pluginlake::omop {

// How many concepts of a vocabulary changed, by kind.
struct VocabularyChange {
  std::string vocabulary_id;
  std::string former_version;
  std::string later_version;
  std::int64_t added = 0;
  std::int64_t removed = 0;
  std::int64_t renamed = 0;
  std::int64_t moved = 0;  // to another domain
  std::int64_t standard_lost = 0;
  std::int64_t standard_won = 0;
  std::int64_t remapped = 0;  // means other standard concepts
};

// One concept that changed; former and later say how, by kind: names, domains, targets' ids.
struct ConceptChange {
  std::string kind;  // "added", "removed", "renamed", "moved", "standard_lost", "standard_won", "remapped"
  std::int64_t concept_id = 0;
  std::string vocabulary_id;
  std::string code;
  std::string former;
  std::string later;
  bool text_withheld = false;  // former and later were names that may not be shown to who asks
  std::int64_t used = 0;       // rows of the station's OMOP tables that name it
};

struct VocabularyDiff {
  std::int64_t former_snapshot = 0;
  std::int64_t later_snapshot = 0;
  std::string former_release;
  std::string later_release;
  std::vector<VocabularyChange> vocabularies;  // those with changes
  std::vector<ConceptChange> changes;          // what the data use first, as many as were asked for
};

struct DiffRequest {
  std::string former;  // a snapshot id, or the name of a release as `vocab status` shows it
  std::string later;
  std::int64_t changes_max = 20;
};

// Reads through a connection whose unqualified names are the lake's, as of now. Throws not_found (PL-1070) if one of
// the two is no snapshot with vocabularies and no release.
VocabularyDiff DiffVocabularies(duck::Connection& connection, const DiffRequest& request);

}  // namespace pluginlake::omop
