// The one table of settings: parsing, `config show`, the reference page and hints all come from it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pluginlake/core/settings.h"

namespace pluginlake::core {

// Reaches one member of Settings; its type is the setting's type.
using SettingField = std::variant<std::string& (*)(Settings&), std::uint64_t& (*)(Settings&), bool& (*)(Settings&)>;

// One setting. Texts are for administrators.
struct SettingSpec {
  std::string_view key;  // "sources.resource_mb_max": section and name in pluginlake.toml
  SettingField field;
  std::string_view description;
  std::string_view unit = {};  // of numbers: "MB", "ms", …
  std::uint64_t min = 0;       // of numbers
  std::uint64_t max = 0;
  std::string_view choices = {};  // of texts: "auto|text|json"; empty = any
  bool secret = false;            // never shown; NAME_FILE in the environment reads it from a file
};

// A name that the predecessor's environment used.
struct EnvironmentAlias {
  std::string_view name;
  std::string_view key;   // the setting it sets; empty = accepted, of no use
  std::string_view note;  // what it meant, or how the value is turned into ours
};

// Returns all settings, in the order they are shown.
std::span<const SettingSpec> SettingsTable();

// Returns the setting of that key, null if there is none.
const SettingSpec* FindSetting(std::string_view key);

// Returns the predecessor's names.
std::span<const EnvironmentAlias> EnvironmentAliases();

// Returns the setting's name in the environment: "PLUGINLAKE_SOURCES__RESOURCE_MB_MAX".
std::string EnvironmentName(std::string_view key);

// Returns the value as text ("true", "64", "sqlite"); a secret that is set as "(secret)", a URL without its password.
std::string ShownValue(const SettingSpec& spec, const Settings& settings);

// Returns the type's name: "text", "number" or "yes/no".
std::string_view TypeName(const SettingSpec& spec);

// Writes `text` into the member of `settings` that `spec` names. Returns what is wrong with it ("must be between 1 and
// 64 MB"), nullopt if it fits.
std::optional<std::string> AssignText(const SettingSpec& spec, std::string_view text, Settings& settings);

// Returns `url` with its password replaced by ***.
std::string WithoutPassword(std::string_view url);

}  // namespace pluginlake::core
