// The 512-byte heads of a POSIX tar.
#include "app/backup/tar_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace pluginlake::app {
namespace {

struct Field {
  std::size_t at;
  std::size_t bytes;
};
constexpr Field kName{0, 100};
constexpr Field kMode{100, 8};
constexpr Field kUid{108, 8};
constexpr Field kGid{116, 8};
constexpr Field kSize{124, 12};
constexpr Field kTime{136, 12};
constexpr Field kChecksum{148, 8};
constexpr std::size_t kTypeAt = 156;
constexpr Field kMagic{257, 8};
constexpr std::string_view kUstar(
    "ustar\0"
    "00",
    8);
constexpr std::uint64_t kPlainSizeMax = 077777777777;

void PutText(TarBlock& block, Field field, std::string_view text) {
  std::copy_n(text.begin(), std::min(text.size(), field.bytes), block.begin() + static_cast<std::ptrdiff_t>(field.at));
}

void PutOctal(TarBlock& block, Field field, std::uint64_t number) {
  PutText(block, field, fmt::format("{:0{}o}", number, field.bytes - 1));
}

// Adds up all bytes, the checksum's own read as blanks.
std::uint64_t ChecksumOf(const TarBlock& block) {
  std::uint64_t sum = 0;
  for (std::size_t index = 0; index < block.size(); ++index) {
    const bool own = index >= kChecksum.at && index < kChecksum.at + kChecksum.bytes;
    sum += own ? static_cast<unsigned char>(' ') : static_cast<unsigned char>(block.at(index));
  }
  return sum;
}

std::string BlockOf(const TarEntry& entry, char type) {
  TarBlock block{};
  PutText(block, kName, entry.name);
  PutOctal(block, kMode, 0600);
  PutOctal(block, kUid, 0);
  PutOctal(block, kGid, 0);
  PutOctal(block, kSize, std::min(entry.bytes, kPlainSizeMax));
  PutOctal(block, kTime, 0);
  block.at(kTypeAt) = type;
  PutText(block, kMagic, kUstar);
  const std::uint64_t checksum = ChecksumOf(block);
  PutText(block, kChecksum, fmt::format("{:06o}", checksum) + std::string("\0 ", 2));
  return {block.data(), block.size()};
}

// A record counts its own length's digits too.
std::string PaxRecord(std::string_view key, std::string_view value) {
  const std::size_t rest = key.size() + value.size() + 3;
  std::size_t length = rest + std::to_string(rest).size();
  length = rest + std::to_string(length).size();
  return fmt::format("{} {}={}\n", length, key, value);
}

std::optional<std::uint64_t> ReadNumber(std::string_view text, int base) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return error == std::errc() && end != text.data() ? std::optional(number) : std::nullopt;
}

std::string_view TextOf(const TarBlock& block, Field field) {
  const std::string_view whole(block.data() + field.at, field.bytes);
  return whole.substr(0, whole.find('\0'));
}

}  // namespace

std::string TarHeadOf(const TarEntry& entry) {
  std::string records;
  if (entry.name.size() > kName.bytes) {
    records += PaxRecord("path", entry.name);
  }
  if (entry.bytes > kPlainSizeMax) {
    records += PaxRecord("size", std::to_string(entry.bytes));
  }
  std::string head;
  if (!records.empty()) {
    head = BlockOf({.name = "pax", .bytes = records.size()}, 'x') + records;
    head.append(TarPadding(records.size()), '\0');
  }
  return head + BlockOf(entry, '0');
}

std::optional<TarHead> ReadTarHead(const TarBlock& block) {
  if (std::ranges::all_of(block, [](char byte) { return byte == '\0'; })) {
    return TarHead{};
  }
  const std::optional<std::uint64_t> checksum = ReadNumber(TextOf(block, kChecksum), 8);
  const std::optional<std::uint64_t> bytes = ReadNumber(TextOf(block, kSize), 8);
  const char type = block.at(kTypeAt);
  if (checksum != ChecksumOf(block) || !bytes || (type != '0' && type != 'x')) {
    return std::nullopt;
  }
  return TarHead{.kind = type == 'x' ? TarKind::kPax : TarKind::kFile,
                 .entry = {.name = std::string(TextOf(block, kName)), .bytes = *bytes}};
}

bool ApplyPaxRecords(std::string_view records, TarEntry& entry) {
  while (!records.empty()) {
    const std::uint64_t length = ReadNumber(records.substr(0, records.find(' ')), 10).value_or(0);
    if (length < 5 || length > records.size() || records[length - 1] != '\n') {
      return false;
    }
    std::string_view record = records.substr(0, length - 1);
    record.remove_prefix(std::min(record.find(' ') + 1, record.size()));
    if (record.starts_with("path=")) {
      entry.name = record.substr(5);
    } else if (record.starts_with("size=")) {
      entry.bytes = ReadNumber(record.substr(5), 10).value_or(0);
    }
    records.remove_prefix(length);
  }
  return true;
}

std::size_t TarPadding(std::uint64_t bytes) {
  return static_cast<std::size_t>((kTarBlockBytes - bytes % kTarBlockBytes) % kTarBlockBytes);
}

}  // namespace pluginlake::app
