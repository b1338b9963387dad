// The list of contents that ends a backup, as JSON.
#include "app/backup/manifest.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pluginlake::app {

using Json = nlohmann::ordered_json;

std::string TextOf(const Manifest& manifest) {
  Json members = Json::array();
  for (const ArchiveMember& member : manifest.members) {
    members.push_back({{"name", member.name}, {"bytes", member.bytes}, {"sha256", member.sha256}});
  }
  const Json document{{"format", kBackupFormat},           {"program_version", manifest.program_version},
                      {"created_at", manifest.created_at}, {"snapshot_id", manifest.snapshot_id},
                      {"catalog", manifest.catalog_kind},  {"state", manifest.state_kind},
                      {"members", std::move(members)}};
  return document.dump(1) + "\n";
}

std::optional<Manifest> ReadManifest(std::string_view text) {
  const Json document = Json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("members") || !document["members"].is_array()) {
    return std::nullopt;
  }
  Manifest manifest{.program_version = document.value("program_version", ""),
                    .created_at = document.value("created_at", ""),
                    .snapshot_id = document.value("snapshot_id", std::int64_t{0}),
                    .catalog_kind = document.value("catalog", ""),
                    .state_kind = document.value("state", ""),
                    .members = {}};
  for (const Json& member : document["members"]) {
    if (!member.is_object()) {
      return std::nullopt;
    }
    manifest.members.push_back({.name = member.value("name", ""),
                                .bytes = member.value("bytes", std::uint64_t{0}),
                                .sha256 = member.value("sha256", "")});
  }
  return manifest;
}

std::string FormatText() { return fmt::format("pluginlake backup {}\n", kBackupFormat); }

}  // namespace pluginlake::app
