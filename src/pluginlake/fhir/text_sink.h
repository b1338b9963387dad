// A growing text that short pieces are appended to at the cost of a copy of 64 bytes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

namespace pluginlake::fhir {

// Keeps its memory from one text to the next, unless that was a giant.
class TextSink {
 public:
  // Bytes that must be readable beyond the end of what AppendPadded is given.
  static constexpr std::size_t kPadding = 64;

  void Clear();

  std::string_view text() const { return {bytes_.data(), size_}; }

  void Append(char byte) {
    MakeRoom(1);
    bytes_[size_++] = byte;
  }

  void Append(std::string_view piece) {
    MakeRoom(piece.size());
    std::memcpy(bytes_.data() + size_, piece.data(), piece.size());
    size_ += piece.size();
  }

  // Appends `piece`, behind which kPadding bytes are readable.
  void AppendPadded(std::string_view piece) {
    MakeRoom(piece.size());
    if (piece.size() <= kPadding) {
      std::memcpy(bytes_.data() + size_, piece.data(), kPadding);
    } else {
      std::memcpy(bytes_.data() + size_, piece.data(), piece.size());
    }
    size_ += piece.size();
  }

 private:
  // Makes room for `more` bytes and the padding.
  void MakeRoom(std::size_t more) {
    if (size_ + more + kPadding > bytes_.size()) [[unlikely]] {
      Grow(more);
    }
  }
  void Grow(std::size_t more);

  std::vector<char> bytes_;
  std::size_t size_ = 0;
};

}  // namespace pluginlake::fhir
