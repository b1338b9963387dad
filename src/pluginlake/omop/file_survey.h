// One look at every byte of a delivered file before any row is believed: its hash, its lines, its encoding, its head.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pluginlake::omop {

struct FileSurvey {
  std::string sha256;
  std::uint64_t bytes = 0;
  std::uint64_t lines = 0;           // without the head line; a last one without line feed counts
  std::vector<std::string> columns;  // of the head line, in small letters
  bool ends_in_line_feed = true;     // an empty file does
  bool has_byte_order_mark = false;
  bool has_zero_bytes = false;  // in the head line: UTF-16, or no text
  bool has_crlf = false;
  bool has_quotes = false;                             // the fields of the first lines stand in double quotes
  char delimiter = '\t';                               // what the head line is cut by
  std::optional<std::uint64_t> first_misencoded_byte;  // of a line that is no UTF-8; the block's first byte
};

// Called with the bytes read so far, about every megabyte; may throw.
using BytesRead = std::function<void(std::uint64_t bytes)>;

// Reads the whole file. Throws unavailable (PL-0805) when the disk fails, denied (PL-1004) if it cannot be opened.
FileSurvey SurveyFile(const std::string& path, const std::string& shown, const BytesRead& bytes_read);

}  // namespace pluginlake::omop
