// The list of contents that ends a backup: what was copied, of which moment, with the digest of each file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/backup/archive_writer.h"

namespace pluginlake::app {

inline constexpr int kBackupFormat = 1;
inline constexpr const char* kManifestName = "manifest.json";
inline constexpr const char* kFormatName = "FORMAT";  // the first file: tells a backup from another tar

struct Manifest {
  std::string program_version;
  std::string created_at;  // "2026-11-22T10:15:00.123456Z"
  std::int64_t snapshot_id = 0;
  std::string catalog_kind;            // "sqlite" or "postgres"
  std::string state_kind;              // the same words
  std::vector<ArchiveMember> members;  // all files but the manifest
};

std::string TextOf(const Manifest& manifest);
// Returns nullopt if the text is no manifest.
std::optional<Manifest> ReadManifest(std::string_view text);

// Returns what the file FORMAT of this version holds.
std::string FormatText();

}  // namespace pluginlake::app
