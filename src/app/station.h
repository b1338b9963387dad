// An open station: its settings, its project's lake with the one writer, and its state store.
#pragma once

#include <memory>
#include <string>

#include "pluginlake/core/project.h"
#include "pluginlake/core/settings.h"

namespace pluginlake::catalog {
class Lake;
class Writer;
}  // namespace pluginlake::catalog
namespace pluginlake::core {
class Log;
}
namespace pluginlake::omop {
class Lookups;
class VocabularyLoad;
}  // namespace pluginlake::omop
namespace pluginlake::orchestration {
class Runner;
}
namespace pluginlake::sources {
class FhirIngest;
}
namespace pluginlake::state {
class Store;
}

namespace pluginlake::app {

// Opened once by the process that owns the station; lake, writer and store open on first use. Thread-safe.
class Station {
 public:
  // `folder` is absolute and holds pluginlake.toml. Opens nothing yet.
  Station(std::string folder, core::Settings settings);
  ~Station();

  const std::string& folder() const;
  const core::Settings& settings() const;
  const core::Project& project() const;

  catalog::Lake& lake();
  catalog::Writer& writer();
  sources::FhirIngest& fhir_ingest();
  omop::VocabularyLoad& vocabulary_load();
  omop::Lookups& lookups();
  orchestration::Runner& runner();
  state::Store& store();
  // Writes JSON lines to logs/pluginlake.log.
  core::Log& log();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Gives the station to verbs that need the owner. One a process.
class StationHost {
 public:
  virtual ~StationHost() = default;
  // Returns the station this process owns. Throws internal if the process owns none.
  virtual Station& station() = 0;
};

// Returns where the default project of a station lives: alias `lake`, catalog and data path made absolute.
core::Project DefaultProject(const std::string& folder, const core::Settings& settings);

// Returns the station folder: `flag` (--station), else `environment` (PLUGINLAKE_STATION), else the nearest folder with
// a pluginlake.toml from `directory` upward. Relative ones count from `directory`. Throws not_found (PL-0210) with a
// hint.
std::string FindStationFolder(const std::string& flag, const std::string& environment, const std::string& directory);

}  // namespace pluginlake::app
