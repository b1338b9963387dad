// Writes a result as Arrow IPC, which Python, R and Java read without a copy.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace pluginlake::duck {

class Result;

// The two layouts of Arrow's specification (Columnar Format, IPC Streaming Format and IPC File Format).
enum class ArrowLayout {
  kStream,  // can be read while it is written
  kFile,    // ends in an index of its record batches
};

// Fetches and writes all rows; a record batch is a chunk of at most 2,048 rows, so that memory is bounded. `sink` takes
// the bytes in pieces and may throw, which ends the writing. Returns the number of rows. Throws kInvalidInput for a
// column that Arrow IPC cannot say here (ENUM), and what Result::Fetch throws.
std::uint64_t WriteArrowIpc(Result& result, ArrowLayout layout, const std::function<void(std::string_view)>& sink);

}  // namespace pluginlake::duck
