// What the demo's story tells of, read back from the lake.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/demo/inbox.h"
#include "pluginlake/orchestration/run_result.h"
#include "pluginlake/sources/ingest.h"

namespace pluginlake::duck {
class Connection;
}

namespace pluginlake::app::demo {

struct Diagnosis {
  std::string name;
  std::string concept_id;
  std::uint64_t people = 0;
};

// What became of the resources of one type.
struct Account {
  std::string resource_type;
  std::uint64_t resources = 0;
  std::uint64_t gave_rows = 0;
  std::uint64_t merged = 0;
  std::uint64_t excluded = 0;
  std::uint64_t no_person = 0;
};

struct UnmappedCode {
  std::string code;
  std::string display;
  std::string domain;
  std::uint64_t occurrences = 0;
  std::uint64_t persons = 0;
};

// One row of OMOP and where it comes from.
struct Origin {
  std::uint64_t row_id = 0;
  std::string concept_name;
  std::string reference;  // "Condition/con-00001"
  std::uint64_t version = 0;
  std::string part;
  std::string source;
  std::uint64_t line = 0;
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
  orchestration::RunResult run;
  std::vector<Account> accounts;
  std::vector<UnmappedCode> unmapped;
  std::vector<Diagnosis> diagnoses;
  Origin origin;
  std::uint64_t waiting_references = 0;
};

// Reads commit, accounts, unmapped codes, diagnoses, an origin and waiting references; the rest is the caller's.
void ReadStoryFacts(duck::Connection& connection, StoryFacts& facts);

}  // namespace pluginlake::app::demo
