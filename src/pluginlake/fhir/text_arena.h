// Keeps computed texts until the next resource.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory_resource>
#include <string_view>
#include <vector>

namespace pluginlake::fhir {

class TextArena {
 public:
  TextArena() : first_(kBytesFirst), memory_(first_.data(), first_.size()) {}

  void Clear() { memory_.release(); }
  // Returns a copy of `text` that lives until the next Clear.
  std::string_view Keep(std::string_view text) {
    auto* kept = static_cast<char*>(memory_.allocate(text.size() + 1, 1));
    std::memcpy(kept, text.data(), text.size());
    return {kept, text.size()};
  }

 private:
  static constexpr std::size_t kBytesFirst = std::size_t{1} << 14;

  std::vector<std::byte> first_;
  std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace pluginlake::fhir
