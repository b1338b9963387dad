// How the verbs of the group `vocab` answer, as JSON and as text.
#pragma once

#include <string>
#include <vector>

#include "app/output/table_layout.h"
#include "pluginlake/omop/code_lookup.h"
#include "pluginlake/omop/vocabulary_load.h"
#include "pluginlake/omop/vocabulary_status.h"

namespace pluginlake::app {

std::string VocabLoadJson(const omop::LoadResult& result);
std::string VocabLoadText(const omop::LoadResult& result);

std::string VocabStatusJson(const omop::VocabularyStatus& status);
std::string VocabStatusText(const omop::VocabularyStatus& status, TableStyle style);

std::string CodeMeaningJson(const omop::CodeMeaning& meaning, const std::string& system);
std::string CodeMeaningText(const omop::CodeMeaning& meaning);

std::string ConceptsJson(const std::vector<omop::ConceptSummary>& concepts);
std::string ConceptsText(const std::vector<omop::ConceptSummary>& concepts, TableStyle style);

}  // namespace pluginlake::app
