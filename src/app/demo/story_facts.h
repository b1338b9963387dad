// What the demo's story tells of, read back from the lake.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/demo/inbox.h"
#include "pluginlake/sources/ingest.h"

namespace pluginlake::duck {
class Connection;
}

namespace pluginlake::app::demo {

struct Diagnosis {
  std::string name;
  std::string code;
  std::uint64_t people = 0;
};

struct ResourceVersion {
  std::uint64_t version = 0;
  std::string source;
  std::uint64_t line = 0;
  std::string content;  // the first digits of its hash
  bool superseded = false;
};

// One commit as lineage tells it.
struct Commit {
  std::string run_id;
  std::string principal;
  std::string program_version;
  std::uint64_t inputs = 0;
  std::uint64_t bytes = 0;
};

struct StoryFacts {
  std::string folder;        // absolute
  std::string folder_shown;  // as typed
  std::uint64_t patients = 0;
  double seconds = 0;  // from the first to the last step
  Inbox inbox;
  sources::IngestResult ingest;
  Commit commit;
  std::vector<Diagnosis> diagnoses;
  std::string resource;  // "Patient/pat-00001"
  std::vector<ResourceVersion> versions;
  std::uint64_t waiting_references = 0;
};

// Reads commit, diagnoses, versions and waiting references; the rest is the caller's.
void ReadStoryFacts(duck::Connection& connection, StoryFacts& facts);

}  // namespace pluginlake::app::demo
