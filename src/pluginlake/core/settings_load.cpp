// Offers every source of settings to a draft, in order of precedence.
#include "pluginlake/core/settings_load.h"

#include <fmt/format.h>

#include "pluginlake/core/error.h"
#include "pluginlake/core/nearest_name.h"
#include "pluginlake/core/settings_draft.h"

namespace pluginlake::core {
namespace {

bool IsSet(std::string_view text) { return !text.empty(); }

// Parts of postgres.* without a URL make the catalog PostgreSQL, as the predecessor's environment meant it.
void TurnToPostgres(LoadedSettings& loaded) {
  Settings& settings = loaded.settings;
  bool catalog_said = loaded.origins["station.catalog"] != "default";
  if (catalog_said || !IsSet(settings.postgres.host)) {
    return;
  }
  settings.station.catalog = "postgres://";
  loaded.origins["station.catalog"] = "postgres.host";
}

}  // namespace

std::vector<std::string> SettingKeys() {
  std::vector<std::string> keys;
  for (const SettingSpec& spec : SettingsTable()) {
    keys.emplace_back(spec.key);
  }
  return keys;
}

void SettingsDraft::Offer(const FoundValue& found) {
  const SettingSpec* spec = FindSetting(found.key);
  if (spec == nullptr) {
    OfferUnknown(found.key, found.place, SettingKeys());
    return;
  }
  Settings ignored;
  bool first = !loaded_.origins.contains(found.key);
  if (auto wrong = AssignText(*spec, found.text, first ? loaded_.settings : ignored)) {
    std::string shown = spec->secret ? "(secret)" : WithoutPassword(found.text);
    Problem(fmt::format("{} = {} ({}): {}", found.key, shown, found.place, *wrong));
  }
  if (first) {
    loaded_.origins[found.key] = found.place;
  }
}

void SettingsDraft::OfferUnknown(std::string_view name, std::string_view place, const std::vector<std::string>& known) {
  std::string hint;
  if (auto nearest = NearestName(name, known)) {
    hint = fmt::format("; did you mean {}?", *nearest);
  }
  Problem(name == place ? fmt::format("{}: unknown setting{}", name, hint)
                        : fmt::format("{} ({}): unknown setting{}", name, place, hint));
}

LoadedSettings SettingsDraft::Finish() {
  if (!problems_.empty()) {
    std::string what =
        problems_.size() == 1 ? "One setting is wrong" : fmt::format("{} settings are wrong", problems_.size());
    throw Error(ErrorKind::kInvalidInput, "PL-0101", fmt::format("{}\n{}", what, fmt::join(problems_, "\n")),
                "Correct each where it stands; `pluginlake help settings` lists all settings.");
  }
  for (const SettingSpec& spec : SettingsTable()) {
    loaded_.origins.try_emplace(std::string(spec.key), "default");
  }
  TurnToPostgres(loaded_);
  return std::move(loaded_);
}

void OfferFlags(const std::vector<std::string>& flags, SettingsDraft& draft) {
  for (const std::string& flag : flags) {
    std::size_t equals = flag.find('=');
    if (equals == std::string::npos) {
      draft.Problem(fmt::format("--set {}: must be KEY=VALUE", flag));
      continue;
    }
    draft.Offer({flag.substr(0, equals), flag.substr(equals + 1), "--set"});
  }
}

LoadedSettings LoadSettings(const SettingsInput& input) {
  SettingsDraft draft(input.directory);
  OfferFlags(input.flags, draft);
  OfferEnvironment(input.environment, draft);
  for (const std::string& path : input.dotenv_paths) {
    OfferDotenv(path, draft);
  }
  if (!input.toml_path.empty()) {
    OfferToml(input.toml_path, draft);
  }
  return draft.Finish();
}

}  // namespace pluginlake::core
