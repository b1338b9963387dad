// A block of whole records cut from a file: what one thread takes at a time and parses outside the lock.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/sources/padded_buffer.h"

namespace pluginlake::sources {

// Why a piece of a file is no record: it is counted as one, and goes to quarantine as it stands.
struct RecordFault {
  std::string_view reason_code;  // empty = no fault
  std::string_view message;      // names limits and positions, never content

  explicit operator bool() const { return !reason_code.empty(); }
};

// One record. Views live until its block is used again.
struct Record {
  std::string_view
      bytes;  // the resource's JSON, at least 64 readable bytes behind it; empty = an entry without resource
  std::uint64_t line = 0;        // the line from 1; in a .json Bundle the entry's number from 1
  std::uint64_t ordinal = 0;     // position in the file, from 0, without gaps
  std::string_view full_url;     // the entry's, unescaped
  std::string_view method;       // the entry's request.method
  std::string_view request_url;  // the entry's request.url
  RecordFault fault;  // set: `bytes` are the broken piece (or its beginning, see fault_body_kb_max), not to be parsed
  bool in_bundle = false;  // urn: references resolve among the records of this file (.json) or this line (NDJSON)
};

// Owned by one thread and handed to RecordSource::Next again and again, so that its memory is reused.
class RecordBlock {
 public:
  const std::vector<Record>& records() const { return records_; }
  bool empty() const { return records_.empty(); }

  // For the cutters: starts anew at `ordinal`, keeping at most `bytes_max` of memory.
  void Begin(std::uint64_t ordinal, std::size_t bytes_max);
  PaddedBuffer& buffer() { return buffer_; }
  // Adds a record and numbers it.
  void Add(Record record);
  // Adds a broken piece; `message` is copied, `bytes` are not.
  void AddFault(Record record, std::string_view reason_code, std::string message);
  // Returns a view of a copy that lives as long as the block's records.
  std::string_view Keep(std::string text);
  std::uint64_t next_ordinal() const { return next_ordinal_; }

 private:
  PaddedBuffer buffer_;
  std::vector<Record> records_;
  std::deque<std::string> texts_;  // a deque: its strings do not move
  std::uint64_t next_ordinal_ = 0;
};

}  // namespace pluginlake::sources
