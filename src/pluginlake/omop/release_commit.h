// Replaces the tables of the vocabularies by what the staging area holds, in one commit.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/catalog/writer.h"
#include "pluginlake/omop/local_blocks.h"

namespace pluginlake::catalog {
class Lake;
}

namespace pluginlake::omop {

class Staging;

// What is written beside the tables.
struct ReleaseCommit {
  catalog::CommitInfo info;
  std::vector<catalog::LineageInput> inputs;
  std::vector<LocalIds> local_ids;  // that the delivery brings itself
  std::string name;                 // "Athena", "DEMO"
  std::string release;              // empty = not said
  std::string source;               // the path as given
  bool partial = false;
  std::uint64_t findings = 0;
};

struct CommittedRelease {
  std::map<std::string, std::uint64_t> tables;  // rows, by table
  std::optional<std::int64_t> snapshot_id;
};

// Moves <table>.parquet, kept_<table>.parquet and derived_<table>.parquet of the staging area into the lake, and notes
// the release. Throws what Writer::Commit and ClaimLocalIds throw; the lake is as it was then, and the staged files are
// gone.
CommittedRelease CommitRelease(catalog::Lake& lake, catalog::Writer& writer, Staging& staging,
                               const core::Principal& principal, ReleaseCommit commit);

}  // namespace pluginlake::omop
