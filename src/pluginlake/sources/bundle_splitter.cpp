// A small state machine over the Bundle's top level; entries are scanned whole, other members skipped in passing.
#include "pluginlake/sources/bundle_splitter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pluginlake/sources/bundle_entry.h"
#include "pluginlake/sources/json_text.h"

namespace pluginlake::sources {
namespace {

std::string_view Between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

BundleSplitter::Progress BundleSplitter::Split(const char* p, const char* end, RecordBlock& block) {
  while (place_ != Place::kDone) {
    const Step step = StepOn(p, end, block);
    if (step == Step::kBroken) {
      return {Outcome::kBroken, p};
    }
    if (step == Step::kNeedMore) {
      const bool hopeless = static_cast<std::size_t>(end - p) > settings_.record_bytes_max;
      return {hopeless ? Outcome::kBroken : Outcome::kNeedMore, p};
    }
  }
  return {Outcome::kDone, p};
}

BundleSplitter::Step BundleSplitter::StepOn(const char*& p, const char* end, RecordBlock& block) {
  if (place_ == Place::kInValue) {
    return SkipValue(p, end, block);
  }
  if (place_ == Place::kInLongEntry) {
    return SkipLongEntry(p, end, block);
  }
  p = SkipBlank(p, end);
  if (p == end) {
    return Step::kNeedMore;
  }
  switch (place_) {
    case Place::kStart:
      return ReadStart(p);
    case Place::kFirstKey:
    case Place::kKey:
      return ReadKey(p, end);
    case Place::kAfterMember:
      return ReadSeparator(p, '}', Place::kKey, Place::kDone);
    case Place::kAfterEntry:
      return ReadSeparator(p, ']', Place::kEntry, Place::kAfterMember);
    default:
      return ReadEntry(p, end, block);
  }
}

BundleSplitter::Step BundleSplitter::ReadStart(const char*& p) {
  if (*p != '{') {
    return Step::kBroken;
  }
  ++p;
  place_ = Place::kFirstKey;
  return Step::kOn;
}

BundleSplitter::Step BundleSplitter::ReadSeparator(const char*& p, char closing, Place next, Place after) {
  if (*p != ',' && *p != closing) {
    return Step::kBroken;
  }
  place_ = *p == closing ? after : next;
  ++p;
  return Step::kOn;
}

BundleSplitter::Step BundleSplitter::ReadKey(const char*& p, const char* end) {
  if (*p == '}' && place_ == Place::kFirstKey) {
    ++p;
    place_ = Place::kDone;
    return Step::kOn;
  }
  std::string_view key;
  bool malformed = *p != '"';
  const char* value = malformed ? nullptr : ScanKey(p, end, key, malformed);
  if (value == nullptr) {
    return malformed ? Step::kBroken : Step::kNeedMore;
  }
  if (std::string_view(",:}]").find(*value) != std::string_view::npos) {
    return Step::kBroken;
  }
  p = value;
  place_ = Place::kInValue;
  skipper_ = ValueSkipper();
  member_fault_ = {};
  if (key == "entry") {
    BeginEntries(*value);
    p += place_ == Place::kFirstEntry ? 1 : 0;
  }
  return Step::kOn;
}

void BundleSplitter::BeginEntries(char first) {
  ++entry_arrays_;
  if (first == '[') {
    place_ = Place::kFirstEntry;
    return;
  }
  member_fault_ = "wrong_type";
  head_.clear();
}

BundleSplitter::Step BundleSplitter::SkipValue(const char*& p, const char* end, RecordBlock& block) {
  const char* after = skipper_.Skip(p, end);
  if (!member_fault_.empty()) {
    const std::string_view seen = Between(p, after == nullptr ? end : after);
    head_.append(seen.substr(0, settings_.fault_bytes_max - std::min(head_.size(), settings_.fault_bytes_max)));
  }
  p = after == nullptr ? end : after;
  if (after == nullptr) {
    return Step::kNeedMore;
  }
  place_ = Place::kAfterMember;
  if (!member_fault_.empty()) {
    block.AddFault(NewRecord(block.Keep(std::exchange(head_, {}))), member_fault_,
                   "The Bundle's entry is not an array.");
  }
  return Step::kOn;
}

BundleSplitter::Step BundleSplitter::ReadEntry(const char*& p, const char* end, RecordBlock& block) {
  if (*p == ']' && place_ == Place::kFirstEntry) {
    ++p;
    place_ = Place::kAfterMember;
    return Step::kOn;
  }
  if (std::string_view(",:}]").find(*p) != std::string_view::npos) {
    return Step::kBroken;
  }
  EntryParts parts;
  const char* after = ScanEntry(p, end, parts);
  const std::string_view seen = Between(p, after == nullptr ? end : after);
  if (seen.size() <= settings_.record_bytes_max) {
    if (after == nullptr) {
      return Step::kNeedMore;
    }
    AddEntry(seen, parts, block);
  } else if (after == nullptr) {
    head_.assign(seen.substr(0, settings_.fault_bytes_max));
    skipper_ = ValueSkipper();
    place_ = Place::kInLongEntry;
    return Step::kOn;
  } else {
    AddLongEntry(seen.substr(0, settings_.fault_bytes_max), block);
  }
  p = after;
  place_ = Place::kAfterEntry;
  return Step::kOn;
}

BundleSplitter::Step BundleSplitter::SkipLongEntry(const char*& p, const char* end, RecordBlock& block) {
  const char* after = skipper_.Skip(p, end);
  p = after == nullptr ? end : after;
  if (after == nullptr) {
    return Step::kNeedMore;
  }
  AddLongEntry(block.Keep(std::exchange(head_, {})), block);
  place_ = Place::kAfterEntry;
  return Step::kOn;
}

Record BundleSplitter::NewRecord(std::string_view bytes) {
  Record record{.bytes = bytes, .line = next_line(), .in_bundle = true};
  ++entries_;
  return record;
}

void BundleSplitter::AddLongEntry(std::string_view head, RecordBlock& block) {
  block.AddFault(
      NewRecord(head), "too_large",
      fmt::format("The entry is larger than sources.resource_mb_max ({} MB).", settings_.record_bytes_max >> 20));
}

void BundleSplitter::AddEntry(std::string_view bytes, const EntryParts& parts, RecordBlock& block) {
  if (!parts.fault_code.empty()) {
    block.AddFault(NewRecord(bytes.substr(0, settings_.fault_bytes_max)), parts.fault_code,
                   std::string(parts.fault_message));
    return;
  }
  if (entry_arrays_ > 1) {
    block.AddFault(NewRecord(bytes.substr(0, settings_.fault_bytes_max)), "duplicate_key",
                   "The Bundle has more than one entry array; this entry stands in a later one.");
    return;
  }
  Record record = NewRecord(parts.resource);
  record.full_url = Unescaped(parts.full_url, block);
  record.method = Unescaped(parts.method, block);
  record.request_url = Unescaped(parts.request_url, block);
  block.Add(record);
}

std::string_view BundleSplitter::Unescaped(std::string_view text, RecordBlock& block) {
  return text.find('\\') == std::string_view::npos ? text : block.Keep(UnescapeJson(text));
}

}  // namespace pluginlake::sources
