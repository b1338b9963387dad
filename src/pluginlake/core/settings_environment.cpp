// Reads settings from environment variables and .env files: PLUGINLAKE_SECTION__NAME, *_FILE, and the predecessor's
// names.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "pluginlake/core/settings_draft.h"

namespace pluginlake::core {
namespace {

// Variables that are no settings: read elsewhere, or by tests and the build.
constexpr std::array<std::string_view, 3> kOtherNames{"PLUGINLAKE_STATION", "PLUGINLAKE_FAULT",
                                                      "PLUGINLAKE_DUCKDB_SDK"};
constexpr std::string_view kTestPrefix = "PLUGINLAKE_TEST_";
constexpr std::string_view kFileSuffix = "_FILE";

struct Variable {
  std::string name;
  std::string value;
  std::string place;
};

bool IsOther(std::string_view name) {
  return name.starts_with(kTestPrefix) || std::find(kOtherNames.begin(), kOtherNames.end(), name) != kOtherNames.end();
}

const SettingSpec* FindByVariable(std::string_view name) {
  for (const SettingSpec& spec : SettingsTable()) {
    if (EnvironmentName(spec.key) == name) {
      return &spec;
    }
  }
  return nullptr;
}

const EnvironmentAlias* FindAlias(std::string_view name) {
  for (const EnvironmentAlias& alias : EnvironmentAliases()) {
    bool whole = alias.name == name;
    bool prefix = alias.name.ends_with('*') && name.starts_with(alias.name.substr(0, alias.name.size() - 1));
    // PLUGINLAKE_POSTGRES__HOST is a setting of ours, PLUGINLAKE_POSTGRES_HOST one of the predecessor's.
    if (whole || (prefix && name.find("__") == std::string_view::npos)) {
      return &alias;
    }
  }
  return nullptr;
}

// Returns what a predecessor's value means here; nullopt = nothing.
std::optional<std::string> TurnValue(const EnvironmentAlias& alias, const std::string& value) {
  if (alias.key != "log.level") {
    return value;
  }
  if (alias.name != "PLUGINLAKE_LOG_LEVEL") {  // PLUGINLAKE_DEBUG, PLUGINLAKE_VERBOSE
    bool on = value == "true" || value == "True" || value == "TRUE" || value == "1";
    return on ? std::optional<std::string>("debug") : std::nullopt;
  }
  return value == "CRITICAL" || value == "critical" ? "error" : value;
}

void OfferAlias(const EnvironmentAlias& alias, const Variable& variable, SettingsDraft& draft) {
  if (alias.key.empty()) {
    draft.Warn(fmt::format("{} is of no use here: {}", variable.place, alias.note));
    return;
  }
  if (auto value = TurnValue(alias, variable.value)) {
    draft.Offer({std::string(alias.key), *value, variable.place});
  }
}

// Reads a secret from the file that NAME_FILE names; the last line feed is not part of it.
void OfferSecretFile(const SettingSpec& spec, const Variable& variable, SettingsDraft& draft) {
  std::ifstream file(std::filesystem::path(draft.directory()) / variable.value, std::ios::binary);
  std::stringstream text;
  if (!file || !(text << file.rdbuf())) {
    draft.Problem(
        fmt::format("{} ({}): the file cannot be read, or is empty: {}", spec.key, variable.place, variable.value));
    return;
  }
  std::string secret = text.str();
  while (secret.ends_with('\n') || secret.ends_with('\r')) {
    secret.pop_back();
  }
  draft.Offer({std::string(spec.key), secret, variable.place});
}

std::vector<std::string> VariableNames() {
  std::vector<std::string> names;
  for (const SettingSpec& spec : SettingsTable()) {
    names.push_back(EnvironmentName(spec.key));
  }
  for (const EnvironmentAlias& alias : EnvironmentAliases()) {
    if (!alias.key.empty()) {
      names.emplace_back(alias.name);
    }
  }
  names.emplace_back("PLUGINLAKE_STATION");
  return names;
}

void OfferVariable(const Variable& variable, SettingsDraft& draft) {
  const std::string& name = variable.name;
  if (const SettingSpec* spec = FindByVariable(name)) {
    draft.Offer({std::string(spec->key), variable.value, variable.place});
    return;
  }
  if (const EnvironmentAlias* alias = FindAlias(name)) {
    OfferAlias(*alias, variable, draft);
    return;
  }
  if (name.ends_with(kFileSuffix)) {
    std::string secret_name = name.substr(0, name.size() - kFileSuffix.size());
    const SettingSpec* spec = FindByVariable(secret_name);
    const EnvironmentAlias* alias = FindAlias(secret_name);
    spec = spec == nullptr && alias != nullptr ? FindSetting(alias->key) : spec;
    if (spec != nullptr && spec->secret) {
      OfferSecretFile(*spec, variable, draft);
      return;
    }
  }
  if (name.starts_with("PLUGINLAKE_") && !IsOther(name)) {
    draft.OfferUnknown(name, variable.place, VariableNames());
  }
}

std::string Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  std::size_t start = text.find_first_not_of(kBlanks);
  return start == std::string_view::npos ? std::string()
                                         : std::string(text.substr(start, text.find_last_not_of(kBlanks) - start + 1));
}

// Takes quotes off; without quotes, a comment after a blank ends the value.
std::string DotenvValue(std::string_view raw) {
  std::string value = Trimmed(raw);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
    std::size_t close = value.find(value.front(), 1);
    return close == std::string::npos ? value : value.substr(1, close - 1);
  }
  std::size_t comment = value.find(" #");
  return comment == std::string::npos ? value : Trimmed(value.substr(0, comment));
}

// Offers our own names before the predecessor's, so that they win within one source.
void OfferVariables(const std::vector<Variable>& variables, SettingsDraft& draft) {
  for (const Variable& variable : variables) {
    if (FindAlias(variable.name) == nullptr) {
      OfferVariable(variable, draft);
    }
  }
  for (const Variable& variable : variables) {
    if (FindAlias(variable.name) != nullptr) {
      OfferVariable(variable, draft);
    }
  }
}

}  // namespace

bool IsSettingsVariable(std::string_view name) {
  if (name.starts_with("PLUGINLAKE_") || FindAlias(name) != nullptr) {
    return true;
  }
  return name.ends_with(kFileSuffix) && FindAlias(name.substr(0, name.size() - kFileSuffix.size())) != nullptr;
}

void OfferEnvironment(const std::map<std::string, std::string>& environment, SettingsDraft& draft) {
  std::vector<Variable> variables;
  for (const auto& [name, value] : environment) {
    variables.push_back({name, value, name});
  }
  OfferVariables(variables, draft);
}

void OfferDotenv(const std::string& path, SettingsDraft& draft) {
  std::ifstream file(path);
  std::vector<Variable> variables;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    std::string text = Trimmed(line);
    std::size_t equals = text.find('=');
    if (text.empty() || text.front() == '#' || equals == std::string::npos) {
      continue;
    }
    std::string name = Trimmed(std::string_view(text).substr(0, equals));
    constexpr std::string_view kExport = "export ";
    name = name.starts_with(kExport) ? Trimmed(std::string_view(name).substr(kExport.size())) : name;
    variables.push_back({name, DotenvValue(std::string_view(text).substr(equals + 1)), fmt::format(".env:{}", number)});
  }
  OfferVariables(variables, draft);
}

}  // namespace pluginlake::core
