// A growing byte buffer with readable bytes behind its end, so that SIMD parsers may read past it.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace pluginlake::sources {

// Reused from block to block. Pointers into it die with Reserve() and DropFront().
class PaddedBuffer {
 public:
  static constexpr std::size_t kPaddingBytes = 64;

  char* data() { return data_.get(); }
  const char* data() const { return data_.get(); }
  const char* end() const { return data_.get() + size_; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  std::string_view view() const { return {data_.get(), size_}; }

  // Makes room for `bytes` in all, keeping what is there.
  void Reserve(std::size_t bytes);
  // Empties it; gives memory back when it holds more than `bytes_max`.
  void Clear(std::size_t bytes_max);
  void Append(std::string_view bytes);
  // Says that `bytes` more were written behind the end, within capacity.
  void Grow(std::size_t bytes) { size_ += bytes; }
  void Truncate(std::size_t bytes) { size_ = bytes; }
  // Moves what lies behind the first `bytes` to the front.
  void DropFront(std::size_t bytes);

 private:
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace pluginlake::sources
