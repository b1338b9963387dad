// The station's look-ups, for the verbs of the group `vocab`: brought up to date, with usage counted, and without text
// that who asks may not read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/verb.h"
#include "pluginlake/omop/licensed_text.h"
#include "pluginlake/omop/lookup_file.h"
#include "pluginlake/omop/lookups.h"

namespace pluginlake::app {

// A concept with what is above and below it.
struct ConceptAnswer {
  omop::ConceptSummary summary;
  omop::RelatedConcepts ancestors;
  omop::RelatedConcepts descendants;
};

// Returns what is taken out of the vocabularies' text for who asks.
omop::LicensedText LicensedTextFor(const VerbContext& context);

// Answers as omop::LookupFile does. Making one brings the hot copy up to date.
class VocabLookups {
 public:
  explicit VocabLookups(const VerbContext& context);

  // The snapshot of the load that answers.
  std::int64_t snapshot_id() const { return file_->snapshot_id(); }

  std::optional<omop::CodeMeaning> LookUp(const std::string& system, const std::string& code);
  std::vector<omop::SearchHit> Search(const std::string& text, std::size_t concepts_max);
  // `concepts_max` ancestors and as many descendants at most.
  std::optional<ConceptAnswer> Concept(std::int64_t concept_id, std::size_t concepts_max);
  // As omop::FindCandidates; without usage.
  std::vector<omop::ConceptSummary> Candidates(const std::string& name, const std::string& domain_id,
                                               std::size_t concepts_max);

 private:
  void CountUsage(const std::vector<omop::ConceptSummary*>& concepts);

  omop::LookupRequest Request() const;

  const VerbContext& context_;
  core::Principal principal_;
  std::shared_ptr<omop::LookupFile> file_;  // shared: it stays while a newer one comes
  omop::LicensedText licensed_text_;
};

}  // namespace pluginlake::app
