// Which releases a station has, and how much of each vocabulary.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pluginlake/duck/connection.h"

namespace pluginlake::omop {

// The newest load of one name: "Athena", "DEMO", "DHD-DT".
struct LoadedRelease {
  std::string name;
  std::string release;
  std::int64_t snapshot_id = 0;
  std::string run_id;
  duck::TimestampUtc loaded_at;
  std::string source;
  bool partial = false;
  std::int64_t findings = 0;
};

struct VocabularyCount {
  std::string vocabulary_id;
  std::string version;
  std::int64_t concepts = 0;
  std::int64_t standard = 0;
  std::int64_t invalid = 0;
};

struct VocabularyStatus {
  std::vector<LoadedRelease> releases;
  std::vector<VocabularyCount> vocabularies;
  std::vector<std::pair<std::string, std::int64_t>> tables;  // rows
};

VocabularyStatus ReadVocabularyStatus(duck::Connection& connection);

}  // namespace pluginlake::omop
