// Which format an answer of rows is written in.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pluginlake::app {

struct VerbContext;

// What a verb's options say of its answer.
struct FormatChoice {
  std::string_view format;  // of --format; empty = not said
  std::string_view output;  // of -o; empty = stdout
  std::span<const std::string_view>
      formats;  // that the verb can write; the first is for people, the rest also name files
};

// Returns --format, else json with --json, else what the output's name ends in, else the first of the formats. Throws
// invalid_input: PL-0222 for a format that is none of them, PL-0225 for one of bytes (parquet, arrow) on a terminal.
std::string FormatName(const VerbContext& context, const FormatChoice& choice);

}  // namespace pluginlake::app
