// Blanks names by the licence class of their vocabulary.
#include "pluginlake/omop/licensed_text.h"

#include <vector>

#include "omop/sql.h"

namespace pluginlake::omop {
namespace {

// Kinds of change whose former and later are names; those of the others are ids and domains.
bool TellsNames(const ConceptChange& change) { return change.kind != "remapped" && change.kind != "moved"; }

}  // namespace

LicensedText::LicensedText(duck::Connection& connection) {
  const std::vector<std::string> names = connection.Query(sql::kOpenVocabularies).Texts();
  open_vocabularies_.emplace(names.begin(), names.end());
}

bool LicensedText::Withholds(const std::string& vocabulary_id) const {
  return open_vocabularies_ && !open_vocabularies_->contains(vocabulary_id);
}

void LicensedText::Withhold(ConceptSummary& concept_summary) const {
  if (Withholds(concept_summary.vocabulary_id) && !concept_summary.name.empty()) {
    concept_summary.name.clear();
    concept_summary.text_withheld = true;
  }
}

void LicensedText::Withhold(CodeMeaning& meaning) const {
  Withhold(meaning.source);
  for (CodeTarget& target : meaning.targets) {
    Withhold(target.meaning);
    if (target.value) {
      Withhold(*target.value);
    }
  }
}

void LicensedText::Withhold(RelatedConcepts& related) const {
  for (RelatedConcept& each : related.nearest) {
    Withhold(each.summary);
  }
}

void LicensedText::Withhold(VocabularyDiff& diff) const {
  for (ConceptChange& change : diff.changes) {
    if (TellsNames(change) && Withholds(change.vocabulary_id)) {
      change.former.clear();
      change.later.clear();
      change.text_withheld = true;
    }
  }
}

}  // namespace pluginlake::omop
