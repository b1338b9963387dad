// How the verbs of the group `vocab` answer, as JSON and as text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/output/table_layout.h"
#include "app/vocab_lookups.h"
#include "pluginlake/omop/concept_summary.h"
#include "pluginlake/omop/dhd_load.h"
#include "pluginlake/omop/map_load.h"
#include "pluginlake/omop/vocabulary_diff.h"
#include "pluginlake/omop/vocabulary_load.h"
#include "pluginlake/omop/vocabulary_status.h"

namespace pluginlake::app {

// What `vocab load` did: a bundle, a DHD delivery, or both.
struct VocabLoadAnswer {
  std::optional<omop::LoadResult> athena;
  std::optional<omop::DhdLoadResult> dhd;

  bool refused() const { return (athena && athena->refused) || (dhd && dhd->refused); }
};

std::string VocabLoadJson(const VocabLoadAnswer& answer);
std::string VocabLoadText(const VocabLoadAnswer& answer);

std::string MapLoadJson(const std::vector<omop::MapLoadResult>& results);
std::string MapLoadText(const std::vector<omop::MapLoadResult>& results);

std::string VocabDiffJson(const omop::VocabularyDiff& diff);
std::string VocabDiffText(const omop::VocabularyDiff& diff, TableStyle style);

std::string VocabStatusJson(const omop::VocabularyStatus& status);
std::string VocabStatusText(const omop::VocabularyStatus& status, TableStyle style);

// What was looked up, and the snapshot of the load that answered.
std::string CodeMeaningJson(const omop::CodeMeaning& meaning, const std::string& system, std::int64_t snapshot_id);
std::string CodeMeaningText(const omop::CodeMeaning& meaning);

std::string SearchJson(const std::vector<omop::SearchHit>& hits, std::int64_t snapshot_id);
std::string SearchText(const std::vector<omop::SearchHit>& hits, TableStyle style);

std::string ConceptJson(const ConceptAnswer& answer, std::int64_t snapshot_id);
std::string ConceptText(const ConceptAnswer& answer, TableStyle style);

}  // namespace pluginlake::app
