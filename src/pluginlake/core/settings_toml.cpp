// Reads settings from pluginlake.toml.
// A parse error is a value here, and the parser is part of this file: no shared library to install.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <fmt/format.h>
#include <toml++/toml.h>

#include <filesystem>
#include <optional>

#include "pluginlake/core/settings_draft.h"

namespace pluginlake::core {
namespace {

std::string PlaceOf(const toml::node& node) { return fmt::format("pluginlake.toml:{}", node.source().begin.line); }

// Returns the text of a plain value; nullopt for lists, tables and dates.
std::optional<std::string> TextOf(const toml::node& node) {
  if (const auto* text = node.as_string()) {
    return text->get();
  }
  if (const auto* number = node.as_integer()) {
    return std::to_string(number->get());
  }
  if (const auto* flag = node.as_boolean()) {
    return flag->get() ? "true" : "false";
  }
  if (const auto* fraction = node.as_floating_point()) {
    return fmt::format("{}", fraction->get());
  }
  return std::nullopt;
}

void OfferTable(const toml::table& table, const std::string& prefix, SettingsDraft& draft);

void OfferNode(const std::string& key, const toml::node& node, SettingsDraft& draft) {
  if (const toml::table* section = node.as_table()) {
    OfferTable(*section, key + ".", draft);
    return;
  }
  if (auto text = TextOf(node)) {
    draft.Offer({key, *text, PlaceOf(node)});
  } else if (FindSetting(key) == nullptr) {
    draft.OfferUnknown(key, PlaceOf(node), SettingKeys());
  } else {
    draft.Problem(fmt::format("{} ({}): must be a single value", key, PlaceOf(node)));
  }
}

void OfferTable(const toml::table& table, const std::string& prefix, SettingsDraft& draft) {
  for (const auto& [name, node] : table) {
    OfferNode(prefix + std::string(name.str()), node, draft);
  }
}

void OfferProject(const toml::table& table, SettingsDraft& draft) {
  Settings::ProjectEntry entry;
  for (const auto& [name, node] : table) {
    std::string key(name.str());
    std::optional<std::string> text = TextOf(node);
    if (text && key == "name") {
      entry.name = *text;
    } else if (text && key == "path") {
      entry.path = *text;
    } else if (text && key == "source") {
      entry.source = *text;
    } else {
      draft.OfferUnknown("projects." + key, PlaceOf(node), {"projects.name", "projects.path", "projects.source"});
    }
  }
  if (entry.name.empty()) {
    draft.Problem(fmt::format("projects.name ({}): is missing", PlaceOf(table)));
  }
  if (entry.path.empty() == entry.source.empty()) {
    draft.Problem(fmt::format("projects ({}): needs exactly one of path and source", PlaceOf(table)));
  }
  draft.AddProject(std::move(entry));
}

void OfferProjects(const toml::node& node, SettingsDraft& draft) {
  const toml::array* list = node.as_array();
  if (list == nullptr || !list->is_homogeneous(toml::node_type::table)) {
    draft.Problem(fmt::format("projects ({}): must be written as [[projects]]", PlaceOf(node)));
    return;
  }
  for (const toml::node& element : *list) {
    OfferProject(*element.as_table(), draft);
  }
}

}  // namespace

void OfferToml(const std::string& path, SettingsDraft& draft) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return;
  }
  toml::parse_result parsed = toml::parse_file(path);
  if (!parsed) {
    const toml::parse_error& error = parsed.error();
    draft.Problem(fmt::format("pluginlake.toml:{}: {}", error.source().begin.line, error.description()));
    return;
  }
  for (const auto& [name, node] : parsed.table()) {
    if (name.str() == "projects") {
      OfferProjects(node, draft);
    } else {
      OfferNode(std::string(name.str()), node, draft);
    }
  }
}

}  // namespace pluginlake::core
