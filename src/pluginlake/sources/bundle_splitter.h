// Splits a Bundle into its entries while it is still being read, before any parser sees it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "pluginlake/sources/json_scan.h"
#include "pluginlake/sources/record_block.h"

namespace pluginlake::sources {

struct SplitSettings {
  std::size_t record_bytes_max = 64 << 20;
  std::size_t fault_bytes_max = 1 << 20;
  std::uint64_t line = 0;  // the line of an NDJSON file that the Bundle stands on; 0 = records carry entry numbers
};

// Only the Bundle's own top-level `entry` is split; Bundles inside entries stay whole. The file that holds the Bundle
// is known to hold one: its resourceType was looked up before.
class BundleSplitter {
 public:
  enum class Outcome { kNeedMore, kDone, kBroken };
  // `position`: everything before it is used up; with kNeedMore what lies behind it must come again, with more.
  struct Progress {
    Outcome outcome;
    const char* position;
  };

  explicit BundleSplitter(const SplitSettings& settings) : settings_(settings) {}

  // Reads on in the padded window [p, end) and adds the entries that are whole. kDone: behind the Bundle's last brace.
  Progress Split(const char* p, const char* end, RecordBlock& block);
  // Entries so far, broken ones too.
  std::uint64_t entries() const { return entries_; }
  // Returns the line for a record that stands for what follows the last entry.
  std::uint64_t next_line() const { return settings_.line != 0 ? settings_.line : entries_ + 1; }

 private:
  enum class Place {
    kStart,
    kFirstKey,
    kKey,
    kAfterMember,
    kFirstEntry,
    kEntry,
    kAfterEntry,
    kInValue,
    kInLongEntry,
    kDone
  };
  enum class Step { kOn, kNeedMore, kBroken };

  Step StepOn(const char*& p, const char* end, RecordBlock& block);
  Step ReadStart(const char*& p);
  Step ReadKey(const char*& p, const char* end);
  Step ReadSeparator(const char*& p, char closing, Place next, Place after);
  Step ReadEntry(const char*& p, const char* end, RecordBlock& block);
  Step SkipValue(const char*& p, const char* end, RecordBlock& block);
  Step SkipLongEntry(const char*& p, const char* end, RecordBlock& block);
  void BeginEntries(char first);
  void AddEntry(std::string_view bytes, const struct EntryParts& parts, RecordBlock& block);
  void AddLongEntry(std::string_view head, RecordBlock& block);
  Record NewRecord(std::string_view bytes);
  std::string_view Unescaped(std::string_view text, RecordBlock& block);

  SplitSettings settings_;
  Place place_ = Place::kStart;
  ValueSkipper skipper_;
  std::string head_;               // the beginning of what is skipped and will be reported
  std::string_view member_fault_;  // reason code of the member being skipped; empty = skipped without a word
  std::uint64_t entries_ = 0;
  int entry_arrays_ = 0;
};

}  // namespace pluginlake::sources
