// A concept as people know it, and what a code means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pluginlake::omop {

// Id 0 = none: the code is known from a local map only.
struct ConceptSummary {
  std::int64_t concept_id = 0;
  std::string name;
  std::string vocabulary_id;
  std::string code;
  std::string domain_id;
  std::string concept_class_id;
  bool standard = false;
  std::string invalid_reason;             // empty = valid
  std::optional<std::int64_t> used = {};  // rows of the station's OMOP tables that name it; nullopt = not counted
  bool text_withheld = false;             // its name may not be shown to who asks: LicensedText took it out
};

// One standard concept that a code means.
struct CodeTarget {
  ConceptSummary meaning;
  std::optional<ConceptSummary> value;  // of "Maps to value"
  std::string mapping_set_id;           // the local map that says so; empty = the vocabularies
};

struct CodeMeaning {
  std::string vocabulary_id;
  std::string code;  // in its normal form
  ConceptSummary source;
  std::vector<CodeTarget> targets;  // empty = known, and without a standard concept
};

// How a search found a concept.
enum class Match { kCode, kWords, kCodePrefix };

struct SearchHit {
  ConceptSummary summary;
  Match match = Match::kWords;
};

// A concept above or below another one.
struct RelatedConcept {
  ConceptSummary summary;
  int levels = 0;  // the shortest way
};

struct RelatedConcepts {
  std::uint64_t count = 0;              // all of them
  std::vector<RelatedConcept> nearest;  // the nearest first, as many as were asked for
};

}  // namespace pluginlake::omop
