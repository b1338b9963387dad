// Settings while they are being loaded: collects values, origins, warnings and every problem. Internal to core.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pluginlake/core/settings_load.h"
#include "pluginlake/core/settings_table.h"

namespace pluginlake::core {

// A value with its place, as it was found. `place` is shown to people: "pluginlake.toml:4".
struct FoundValue {
  std::string key;
  std::string text;
  std::string place;
};

// What is found first for a key stays, so sources are offered in order of precedence.
class SettingsDraft {
 public:
  explicit SettingsDraft(std::string directory) : directory_(std::move(directory)) {}
  void Offer(const FoundValue& found);
  void OfferUnknown(std::string_view name, std::string_view place, const std::vector<std::string>& known);
  void Problem(std::string text) { problems_.push_back(std::move(text)); }
  void Warn(std::string text) { loaded_.warnings.push_back(std::move(text)); }
  void AddProject(Settings::ProjectEntry entry) { loaded_.settings.projects.push_back(std::move(entry)); }
  // What relative paths count from.
  const std::string& directory() const { return directory_; }
  // Returns what was loaded; throws PL-0101 if there was a problem.
  LoadedSettings Finish();

 private:
  std::string directory_;
  LoadedSettings loaded_;
  std::vector<std::string> problems_;
};

// Returns all keys.
std::vector<std::string> SettingKeys();

// Offers what each source holds.
void OfferFlags(const std::vector<std::string>& flags, SettingsDraft& draft);
void OfferEnvironment(const std::map<std::string, std::string>& environment, SettingsDraft& draft);
void OfferDotenv(const std::string& path, SettingsDraft& draft);
void OfferToml(const std::string& path, SettingsDraft& draft);

}  // namespace pluginlake::core
