// Grows and shifts the padded buffer.
#include "pluginlake/sources/padded_buffer.h"

#include <algorithm>

namespace pluginlake::sources {

void PaddedBuffer::Reserve(std::size_t bytes) {
  if (data_ != nullptr && bytes <= capacity_) {
    return;
  }
  auto larger = std::make_unique_for_overwrite<char[]>(bytes + kPaddingBytes);
  if (size_ != 0) {
    std::memcpy(larger.get(), data_.get(), size_);
  }
  std::memset(larger.get() + bytes, 0, kPaddingBytes);
  data_ = std::move(larger);
  capacity_ = bytes;
}

void PaddedBuffer::Clear(std::size_t bytes_max) {
  size_ = 0;
  if (capacity_ > bytes_max) {
    data_.reset();
    capacity_ = 0;
  }
}

void PaddedBuffer::Append(std::string_view bytes) {
  if (bytes.empty()) {
    return;
  }
  if (size_ + bytes.size() > capacity_) {
    Reserve(std::max(size_ + bytes.size(), capacity_ * 2));
  }
  std::memcpy(data_.get() + size_, bytes.data(), bytes.size());
  size_ += bytes.size();
}

void PaddedBuffer::DropFront(std::size_t bytes) {
  if (bytes == 0) {
    return;
  }
  std::memmove(data_.get(), data_.get() + bytes, size_ - bytes);
  size_ -= bytes;
}

}  // namespace pluginlake::sources
