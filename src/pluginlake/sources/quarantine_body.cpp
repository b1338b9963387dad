// Keeps broken bytes storable.
#include "pluginlake/sources/quarantine_body.h"

#include <openssl/evp.h>

#include <fmt/format.h>
#include <simdjson.h>

#include "pluginlake/sources/resource_key.h"

namespace pluginlake::sources {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string_view Cut(std::string_view bytes, std::size_t bytes_max) {
  if (bytes.size() <= bytes_max) {
    return bytes;
  }
  std::size_t end = bytes_max;
  for (int back = 0; back < 3 && end > 0 && IsContinuation(bytes[end]); ++back) {
    --end;
  }
  return bytes.substr(0, end);
}

}  // namespace

std::string QuarantineBody(std::string_view bytes, std::size_t bytes_max) {
  const std::string_view kept = Cut(bytes, bytes_max);
  const bool is_text = kept.find('\0') == std::string_view::npos && simdjson::validate_utf8(kept.data(), kept.size());
  if (is_text) {
    return std::string(kept);
  }
  std::string encoded(4 * ((kept.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                      reinterpret_cast<const unsigned char*>(kept.data()), static_cast<int>(kept.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return "base64:" + encoded;
}

std::string QuarantineId(std::string_view bytes, std::string_view source, std::uint64_t line) {
  const ResourceKey body = KeyOfText(line, bytes);
  return fmt::format("q{:016x}", KeyOfText(body.high ^ body.low, source).low);
}

}  // namespace pluginlake::sources
