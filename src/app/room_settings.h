// Maps the settings of a station to what each room wants to know.
#pragma once

#include <string>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/core/settings.h"
#include "pluginlake/omop/lookups.h"
#include "pluginlake/omop/vocabulary_load.h"
#include "pluginlake/orchestration/runner.h"
#include "pluginlake/sources/ingest.h"
#include "pluginlake/state/store.h"

namespace pluginlake::app {

// `folder` is the station's, absolute.
catalog::LakeSettings LakeSettingsOf(const std::string& folder, const core::Settings& settings);
state::StoreSettings StoreSettingsOf(const std::string& folder, const core::Settings& settings);
sources::IngestSettings IngestSettingsOf(const core::Settings& settings);
orchestration::RunnerSettings RunnerSettingsOf(const std::string& folder, const core::Settings& settings);
omop::LoadSettings VocabularySettingsOf(const std::string& folder, const core::Settings& settings);
omop::LookupsSettings LookupsSettingsOf(const std::string& folder, const core::Settings& settings);

// Returns `setting`, or one a core if it is 0.
std::uint32_t ThreadsOf(std::uint64_t setting);

}  // namespace pluginlake::app
