// The 512-byte heads of a POSIX tar: what `tar` reads and writes, with pax records for long names and large files.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pluginlake::app {

inline constexpr std::size_t kTarBlockBytes = 512;
using TarBlock = std::array<char, kTarBlockBytes>;

// A file in an archive.
struct TarEntry {
  std::string name;  // relative, parts joined by '/'
  std::uint64_t bytes = 0;
};

// What one head says. kPax: the entry's bytes are records about the next entry. kEnd: a block of zeros.
enum class TarKind { kFile, kPax, kEnd };
struct TarHead {
  TarKind kind = TarKind::kEnd;
  TarEntry entry;
};

// Returns the blocks that stand before a file's bytes: a pax entry first if the plain head cannot hold name or size.
std::string TarHeadOf(const TarEntry& entry);

// Reads a head; nullopt if its checksum or kind is wrong.
std::optional<TarHead> ReadTarHead(const TarBlock& block);

// Applies pax records ("27 path=…\n") to the entry they precede; false if they cannot be read.
bool ApplyPaxRecords(std::string_view records, TarEntry& entry);

// Returns how many zero bytes fill the last block of a file.
std::size_t TarPadding(std::uint64_t bytes);

}  // namespace pluginlake::app
