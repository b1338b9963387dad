// Tells from a file's name, or else from its first bytes, how it is laid out and packed.
#pragma once

#include <optional>
#include <string_view>

#include "pluginlake/sources/input_path.h"

namespace pluginlake::sources {

struct InputKind {
  Layout layout = Layout::kNdjson;
  Compression compression = Compression::kNone;
};

// `.json`, `.ndjson`, each also with `.gz` or `.zst`, in any case; nullopt for other names.
std::optional<InputKind> KindByName(std::string_view path);

// For a file named explicitly whose name does not tell: `.jsonl` is NDJSON; else the packing by the first bytes, and
// NDJSON if the first line is a whole object and another follows, one document if it begins with '{'. nullopt: neither.
std::optional<InputKind> KindByContent(int descriptor, std::string_view path);

}  // namespace pluginlake::sources
