// Takes the text of vocabularies that are not open out of what is shown to somebody without the right to read it.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "pluginlake/duck/connection.h"
#include "pluginlake/omop/concept_summary.h"
#include "pluginlake/omop/vocabulary_diff.h"

namespace pluginlake::omop {

// Ids, codes, domains and counts stay, names go. A vocabulary that vocab.vocabulary_licence does not name counts as
// licensed: what was forgotten is not given away.
class LicensedText {
 public:
  // For somebody with the right: withholds nothing.
  LicensedText() = default;
  // For everybody else; `connection` reads the lake: vocab.vocabulary_licence says which vocabularies are open.
  explicit LicensedText(duck::Connection& connection);

  void Withhold(ConceptSummary& concept_summary) const;
  void Withhold(CodeMeaning& meaning) const;
  void Withhold(RelatedConcepts& related) const;
  void Withhold(VocabularyDiff& diff) const;

 private:
  bool Withholds(const std::string& vocabulary_id) const;

  std::optional<std::set<std::string>> open_vocabularies_;  // nullopt = everything may be shown
};

}  // namespace pluginlake::omop
