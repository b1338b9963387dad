// What a code means, and which concepts bear a text in their name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/duck/connection.h"

namespace pluginlake::omop {

// A concept as people know it. Id 0 = none: the code is known from a local map only.
struct ConceptSummary {
  std::int64_t concept_id = 0;
  std::string name;
  std::string vocabulary_id;
  std::string code;
  std::string domain_id;
  std::string concept_class_id;
  bool standard = false;
  std::string invalid_reason;  // empty = valid
};

// One standard concept that a code means.
struct CodeTarget {
  ConceptSummary meaning;
  std::optional<std::int64_t> value_concept_id;
  std::string value_name;
  std::string mapping_set_id;  // the local map that says so; empty = the vocabularies
};

struct CodeMeaning {
  std::string vocabulary_id;
  std::string code;  // in its normal form
  ConceptSummary source;
  std::vector<CodeTarget> targets;  // empty = known, and without a standard concept
};

// Returns what the code of the system (a URI, urn:oid: form or a vocabulary's own name) means; nullopt if it is not
// known. The connection looks unqualified names up in vocab.
std::optional<CodeMeaning> LookUpCode(duck::Connection& connection, std::string_view system, std::string_view code);

// Returns the concepts whose name holds all words of `text`, or whose code it is: standard and short names first.
std::vector<ConceptSummary> SearchConcepts(duck::Connection& connection, std::string_view text,
                                           std::int64_t concepts_max);

}  // namespace pluginlake::omop
