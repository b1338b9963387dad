// Gives out files, then shares those still open.
#include "pluginlake/sources/input_cursor.h"

#include <algorithm>
#include <utility>

namespace pluginlake::sources {

InputCursor::InputCursor(std::span<const InputFile> files, const RecordLimits& limits, std::vector<bool> only)
    : files_(files), limits_(limits), only_(std::move(only)) {}

bool InputCursor::Lane::Next(RecordBlock& block, std::uint32_t& file) {
  for (;;) {
    if (current_ == nullptr) {
      current_ = cursor_.Take();
      if (current_ == nullptr) {
        return false;
      }
    }
    if (current_->source.Next(block)) {
      file = current_->file;
      return true;
    }
    cursor_.Finish(current_);
    current_.reset();
  }
}

std::shared_ptr<OpenInput> InputCursor::Take() {
  std::lock_guard lock(mutex_);
  for (; next_ < files_.size(); ++next_) {
    const bool is_wanted = only_.empty() || only_[next_];
    if (!is_wanted || !files_[next_].error.empty()) {
      continue;
    }
    const auto file = static_cast<std::uint32_t>(next_++);
    open_.push_back(std::make_shared<OpenInput>(file, files_[file], limits_));
    return open_.back();
  }
  return open_.empty() ? nullptr : open_.front();
}

void InputCursor::Finish(const std::shared_ptr<OpenInput>& input) {
  std::lock_guard lock(mutex_);
  auto found = std::find(open_.begin(), open_.end(), input);
  if (found != open_.end()) {
    bytes_finished_ += input->source.bytes_read();
    open_.erase(found);
  }
}

std::uint64_t InputCursor::bytes_read() const {
  std::lock_guard lock(mutex_);
  std::uint64_t bytes = bytes_finished_;
  for (const auto& input : open_) {
    bytes += input->source.bytes_read();
  }
  return bytes;
}

}  // namespace pluginlake::sources
