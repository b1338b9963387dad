// Where the tokens of a JSON document start: simdjson's vectorized first stage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace pluginlake::fhir {

// Where tokens start: `count` offsets, then kIndexGuards more that equal the document's size, so that a step may look
// beyond the last token without asking. No step takes more tokens than there are guards.
struct StructuralIndex {
  const std::uint32_t* offsets = nullptr;
  std::size_t count = 0;
};
inline constexpr std::size_t kIndexGuards = 6;

enum class IndexFault : std::uint8_t { kNone, kInvalidJson, kInvalidUtf8 };

// Reusable; one a thread. An index lives until the next Build.
class StructuralIndexer {
 public:
  StructuralIndexer();
  ~StructuralIndexer();

  // Indexes `json`, which must be followed by 64 readable bytes. UTF-8 is checked, and that strings end.
  IndexFault Build(std::string_view json, StructuralIndex& index);

 private:
  struct Stage;

  std::unique_ptr<Stage> stage_;
};

}  // namespace pluginlake::fhir
