// Opens the parts of a station when they are first asked for.
#include "app/station.h"

#include <filesystem>
#include <mutex>
#include <optional>

#include "app/catalog_url.h"
#include "app/room_settings.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/log.h"
#include "pluginlake/omop/lookups.h"
#include "pluginlake/omop/vocabulary_load.h"
#include "pluginlake/orchestration/runner.h"
#include "pluginlake/sources/ingest.h"
#include "pluginlake/state/store.h"

namespace pluginlake::app {

struct Station::Impl {
  std::string folder;
  core::Settings settings;
  core::Project project;
  std::mutex mutex;  // guards the opening of what follows; destroyed in the opposite order
  std::unique_ptr<core::Log> log;
  std::unique_ptr<state::Store> store;
  std::unique_ptr<catalog::Lake> lake;
  std::unique_ptr<catalog::Writer> writer;
  std::unique_ptr<sources::FhirIngest> fhir_ingest;
  std::unique_ptr<orchestration::Runner> runner;
  std::unique_ptr<omop::VocabularyLoad> vocabulary_load;
  std::unique_ptr<omop::Lookups> lookups;

  catalog::Lake& OpenLake() {
    if (!lake) {
      lake = std::make_unique<catalog::Lake>(LakeSettingsOf(folder, settings));
    }
    return *lake;
  }
  catalog::Writer& OpenWriter() {
    if (!writer) {
      writer = std::make_unique<catalog::Writer>(OpenLake());
    }
    return *writer;
  }
  state::Store& OpenStore() {
    if (!store) {
      store = state::Store::Open(StoreSettingsOf(folder, settings));
    }
    return *store;
  }
};

Station::Station(std::string folder, core::Settings settings) : impl_(std::make_unique<Impl>()) {
  impl_->project = DefaultProject(folder, settings);
  impl_->folder = std::move(folder);
  impl_->settings = std::move(settings);
}

Station::~Station() = default;

const std::string& Station::folder() const { return impl_->folder; }
const core::Settings& Station::settings() const { return impl_->settings; }
const core::Project& Station::project() const { return impl_->project; }

catalog::Lake& Station::lake() {
  std::lock_guard lock(impl_->mutex);
  return impl_->OpenLake();
}

catalog::Writer& Station::writer() {
  std::lock_guard lock(impl_->mutex);
  return impl_->OpenWriter();
}

sources::FhirIngest& Station::fhir_ingest() {
  std::lock_guard lock(impl_->mutex);
  if (!impl_->fhir_ingest) {
    catalog::Writer& writer = impl_->OpenWriter();
    impl_->fhir_ingest =
        std::make_unique<sources::FhirIngest>(impl_->OpenLake(), writer, IngestSettingsOf(impl_->settings));
  }
  return *impl_->fhir_ingest;
}

omop::VocabularyLoad& Station::vocabulary_load() {
  std::lock_guard lock(impl_->mutex);
  if (!impl_->vocabulary_load) {
    catalog::Writer& writer = impl_->OpenWriter();
    impl_->vocabulary_load = std::make_unique<omop::VocabularyLoad>(
        impl_->OpenLake(), writer, VocabularySettingsOf(impl_->folder, impl_->settings));
  }
  return *impl_->vocabulary_load;
}

omop::Lookups& Station::lookups() {
  std::lock_guard lock(impl_->mutex);
  if (!impl_->lookups) {
    impl_->lookups = std::make_unique<omop::Lookups>(LookupsSettingsOf(impl_->folder, impl_->settings));
  }
  return *impl_->lookups;
}

state::Store& Station::store() {
  std::lock_guard lock(impl_->mutex);
  return impl_->OpenStore();
}

orchestration::Runner& Station::runner() {
  std::lock_guard lock(impl_->mutex);
  if (!impl_->runner) {
    catalog::Writer& writer = impl_->OpenWriter();
    impl_->runner = std::make_unique<orchestration::Runner>(
        orchestration::RunnerParts{impl_->OpenLake(), writer, impl_->OpenStore()},
        RunnerSettingsOf(impl_->folder, impl_->settings));
  }
  return *impl_->runner;
}

core::Log& Station::log() {
  std::lock_guard lock(impl_->mutex);
  if (!impl_->log) {
    std::error_code ignored;
    std::filesystem::create_directories(impl_->folder + "/logs", ignored);
    core::LogSettings file{.file = impl_->folder + "/logs/pluginlake.log"};
    impl_->log = std::make_unique<core::Log>(ignored ? core::LogSettings{} : file);
  }
  return *impl_->log;
}

core::Project DefaultProject(const std::string& folder, const core::Settings& settings) {
  std::string data = settings.station.data;
  if (data.find("://") == std::string::npos) {
    data = (std::filesystem::path(folder) / data).lexically_normal().string();
  }
  if (!data.ends_with('/')) {
    data += '/';
  }
  return {.name = "default", .alias = "lake", .catalog = CatalogOf(settings), .data_path = data, .directory = folder};
}

}  // namespace pluginlake::app
