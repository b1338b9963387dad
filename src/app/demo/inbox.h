// Writes the demo's inbox: what a hospital would hand over, with faults planted in it on purpose.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pluginlake::app::demo {

inline constexpr std::uint64_t kDefaultSeed = 20'260'101;

struct InboxSettings {
  std::string directory;  // is made if it is not there; files of the same names are replaced
  std::uint64_t patients = 100;
  std::uint64_t seed = kDefaultSeed;
};

// What an ingest of the inbox must count, in the words of the contract.
struct ExpectedCounts {
  std::uint64_t received = 0, stored = 0, unchanged = 0, superseded = 0, deleted = 0, quarantined = 0;
};

// What was written. The same settings give the same bytes on every machine.
struct Inbox {
  std::vector<std::string> files;         // names, sorted
  std::vector<std::string> reason_codes;  // of the planted faults
  ExpectedCounts expected;
  std::uint64_t bytes = 0;
};

// Writes one NDJSON file a resource type, a transaction Bundle, and what was sent again later. Throws exhausted
// (PL-0901) if a file cannot be written.
Inbox WriteInbox(const InboxSettings& settings);

}  // namespace pluginlake::app::demo
