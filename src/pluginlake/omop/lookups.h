// Look-ups of one station: the hot copy, brought up to date when the lake has moved on, and what the data use.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/catalog/reader.h"
#include "pluginlake/core/principal.h"
#include "pluginlake/omop/lookup_file.h"

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::omop {

struct LookupsSettings {
  std::string folder;              // holds vocab.sqlite; made when needed, and safe to remove
  catalog::ReaderSettings reader;  // what the file is made through
};

// Who asks, and what stops the making of a new file.
struct LookupRequest {
  const core::Principal& principal;
  core::Progress& progress;
  const core::Cancellation& cancellation;
};

// Thread-safe. One a station.
class Lookups {
 public:
  explicit Lookups(LookupsSettings settings);
  ~Lookups();

  // Returns the file as it should be. While another thread makes a new one, the former file answers. A lake that has
  // not changed since the last time is not opened. Throws what Reader and BuildLookupFile throw.
  std::shared_ptr<LookupFile> Fresh(const LookupRequest& request);

  // Says how many rows of the station's OMOP tables name each of the concepts; counted anew when the lake has changed.
  void CountUsage(const LookupRequest& request, const std::vector<ConceptSummary*>& concepts);

 private:
  struct Usage;

  std::shared_ptr<LookupFile> Checked(const LookupRequest& request, const std::string& stamp);

  LookupsSettings settings_;
  std::mutex build_mutex_;            // held by who makes a new file or counts
  std::mutex file_mutex_;             // guards file_ and stamp_
  std::shared_ptr<LookupFile> file_;  // shared: whoever asks keeps its file while a new one comes
  std::string stamp_;                 // of the lake, when file_ was known to be right
  std::unique_ptr<Usage> usage_;
};

}  // namespace pluginlake::omop
