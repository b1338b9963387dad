// Hands the blocks of many files to many threads: each thread has a file of its own while there are files left, then
// helps with those that others still read.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_limits.h"
#include "pluginlake/sources/record_source.h"

namespace pluginlake::sources {

// A file that is being read, by one lane or several.
struct OpenInput {
  OpenInput(std::uint32_t number, const InputFile& input, const RecordLimits& limits)
      : file(number), source(input, limits) {}
  std::uint32_t file;
  RecordSource source;
};

// Reads every readable file of `files` once (those marked in `only`, when given). Thread-safe.
class InputCursor {
 public:
  InputCursor(std::span<const InputFile> files, const RecordLimits& limits, std::vector<bool> only);

  // One thread's place.
  class Lane {
   public:
    explicit Lane(InputCursor& cursor) : cursor_(cursor) {}
    // Fills `block` and says from which file it is; false when nothing is left.
    bool Next(RecordBlock& block, std::uint32_t& file);

   private:
    InputCursor& cursor_;
    std::shared_ptr<OpenInput> current_;  // shared: several lanes may read one file
  };

  // Packed bytes read of all files so far.
  std::uint64_t bytes_read() const;

 private:
  std::shared_ptr<OpenInput> Take();
  void Finish(const std::shared_ptr<OpenInput>& file);

  std::span<const InputFile> files_;
  RecordLimits limits_;
  std::vector<bool> only_;
  mutable std::mutex mutex_;
  std::size_t next_ = 0;
  std::vector<std::shared_ptr<OpenInput>> open_;
  std::uint64_t bytes_finished_ = 0;
};

}  // namespace pluginlake::sources
