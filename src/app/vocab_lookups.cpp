// Asks the station's one Lookups.
#include "app/vocab_lookups.h"

#include <utility>

#include "app/console.h"
#include "app/lake_reader.h"
#include "app/station.h"
#include "pluginlake/catalog/reader.h"
#include "pluginlake/core/principal.h"
#include "pluginlake/omop/candidates.h"

namespace pluginlake::app {

omop::LicensedText LicensedTextFor(const VerbContext& context) {
  if (context.may_read_licensed_text) {
    return {};
  }
  const std::unique_ptr<catalog::Reader> reader = OpenMetadataReader(context);
  duck::Connection connection = reader->Connect();
  return omop::LicensedText(connection);
}

VocabLookups::VocabLookups(const VerbContext& context)
    : context_(context),
      principal_(core::MetadataReaderFor(context.principal)),
      file_(context.host.station().lookups().Fresh(Request())),
      licensed_text_(LicensedTextFor(context)) {}

omop::LookupRequest VocabLookups::Request() const {
  return {principal_, context_.console.progress(), context_.console.cancellation()};
}

void VocabLookups::CountUsage(const std::vector<omop::ConceptSummary*>& concepts) {
  context_.host.station().lookups().CountUsage(Request(), concepts);
}

std::optional<omop::CodeMeaning> VocabLookups::LookUp(const std::string& system, const std::string& code) {
  std::optional<omop::CodeMeaning> meaning = file_->LookUp(system, code);
  if (meaning) {
    std::vector<omop::ConceptSummary*> concepts = {&meaning->source};
    for (omop::CodeTarget& target : meaning->targets) {
      concepts.push_back(&target.meaning);
    }
    CountUsage(concepts);
    licensed_text_.Withhold(*meaning);
  }
  return meaning;
}

std::vector<omop::SearchHit> VocabLookups::Search(const std::string& text, std::size_t concepts_max) {
  std::vector<omop::SearchHit> hits = file_->Search(text, concepts_max);
  std::vector<omop::ConceptSummary*> concepts;
  for (omop::SearchHit& hit : hits) {
    concepts.push_back(&hit.summary);
    licensed_text_.Withhold(hit.summary);
  }
  CountUsage(concepts);
  return hits;
}

std::optional<ConceptAnswer> VocabLookups::Concept(std::int64_t concept_id, std::size_t concepts_max) {
  std::optional<omop::ConceptSummary> summary = file_->Concept(concept_id);
  if (!summary) {
    return std::nullopt;
  }
  ConceptAnswer answer{.summary = std::move(*summary),
                       .ancestors = file_->Ancestors(concept_id, concepts_max),
                       .descendants = file_->Descendants(concept_id, concepts_max)};
  CountUsage({&answer.summary});
  licensed_text_.Withhold(answer.summary);
  licensed_text_.Withhold(answer.ancestors);
  licensed_text_.Withhold(answer.descendants);
  return answer;
}

std::vector<omop::ConceptSummary> VocabLookups::Candidates(const std::string& name, const std::string& domain_id,
                                                           std::size_t concepts_max) {
  std::vector<omop::ConceptSummary> candidates = omop::FindCandidates(*file_, name, domain_id, concepts_max);
  for (omop::ConceptSummary& each : candidates) {
    licensed_text_.Withhold(each);
  }
  return candidates;
}

}  // namespace pluginlake::app
