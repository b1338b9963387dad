// Reads names, and a little of the content where the name is silent.
#include "pluginlake/sources/input_kind.h"

#include <algorithm>
#include <string>

#include "pluginlake/sources/byte_stream.h"
#include "pluginlake/sources/json_scan.h"
#include "pluginlake/sources/json_text.h"
#include "pluginlake/sources/padded_buffer.h"

namespace pluginlake::sources {
namespace {

constexpr std::size_t kSniffBytes = 1 << 20;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

Compression TakePackingSuffix(std::string& name) {
  if (name.ends_with(".gz")) {
    name.resize(name.size() - 3);
    return Compression::kGzip;
  }
  if (name.ends_with(".zst")) {
    name.resize(name.size() - 4);
    return Compression::kZstd;
  }
  return Compression::kNone;
}

Compression PackingByContent(int descriptor, const std::string& shown) {
  char magic[4] = {};
  const std::string_view first(magic, OpenPlainStream({descriptor, shown})->Read(magic, sizeof magic));
  if (first.starts_with("\x1F\x8B")) {
    return Compression::kGzip;
  }
  return first.starts_with("\x28\xB5\x2F\xFD") ? Compression::kZstd : Compression::kNone;
}

// Returns the layout of a text that begins with an object.
std::optional<Layout> LayoutOf(std::string_view text) {
  text.remove_prefix(ByteOrderMarkBytes(text));
  const char* begin = text.data();
  const char* end = begin + text.size();
  const char* first = SkipBlank(begin, end);
  if (!WhyNotText(text).empty() || first == end || *first != '{') {
    return std::nullopt;
  }
  const char* after = ValueSkipper().Skip(first, end);
  const bool one_line = after != nullptr && std::find(first, after, '\n') == after;
  const char* second = after == nullptr ? end : SkipBlank(after, end);
  return one_line && second != end && std::find(after, second, '\n') != second ? Layout::kNdjson : Layout::kJson;
}

}  // namespace

std::optional<InputKind> KindByName(std::string_view path) {
  std::string name = Lower(path);
  const Compression compression = TakePackingSuffix(name);
  if (name.ends_with(".ndjson")) {
    return InputKind{Layout::kNdjson, compression};
  }
  if (name.ends_with(".json")) {
    return InputKind{Layout::kJson, compression};
  }
  return std::nullopt;
}

std::optional<InputKind> KindByContent(int descriptor, std::string_view path) {
  std::string name = Lower(path);
  Compression compression = TakePackingSuffix(name);
  if (compression == Compression::kNone) {
    compression = PackingByContent(descriptor, std::string(path));
  }
  if (name.ends_with(".jsonl")) {
    return InputKind{Layout::kNdjson, compression};
  }
  PaddedBuffer buffer;
  buffer.Reserve(kSniffBytes);
  const auto stream = OpenStream({descriptor, std::string(path)}, compression, RecordLimits{});
  buffer.Grow(stream->Read(buffer.data(), kSniffBytes));
  if (auto layout = LayoutOf(buffer.view())) {
    return InputKind{*layout, compression};
  }
  return std::nullopt;
}

}  // namespace pluginlake::sources
