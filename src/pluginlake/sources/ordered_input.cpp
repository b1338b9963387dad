// Opens the files in turn.
#include "pluginlake/sources/ordered_input.h"

#include "pluginlake/sources/record_source.h"

namespace pluginlake::sources {

OrderedInput::OrderedInput(std::span<const InputFile> files, const RecordLimits& limits)
    : files_(files), limits_(limits) {}

OrderedInput::~OrderedInput() = default;

bool OrderedInput::Next(RecordBlock& block, BlockPlace& place) {
  const std::scoped_lock lock(mutex_);
  for (;;) {
    if (source_ == nullptr) {
      while (next_file_ < files_.size() && !files_[next_file_].error.empty()) {
        ++next_file_;
      }
      if (next_file_ == files_.size()) {
        return false;
      }
      source_ = std::make_unique<RecordSource>(files_[next_file_++], limits_);
    }
    if (source_->Next(block)) {
      place = {next_number_++, static_cast<std::uint32_t>(next_file_ - 1)};
      for (const Record& record : block.records()) {
        record_bytes_ += record.bytes.size();
      }
      return true;
    }
    bytes_finished_ += source_->bytes_read();
    source_.reset();
  }
}

std::uint64_t OrderedInput::bytes_read() const {
  const std::scoped_lock lock(mutex_);
  return bytes_finished_ + (source_ == nullptr ? 0 : source_->bytes_read());
}

std::uint64_t OrderedInput::record_bytes() const {
  const std::scoped_lock lock(mutex_);
  return record_bytes_;
}

}  // namespace pluginlake::sources
