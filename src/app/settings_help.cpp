// Lays out the reference of settings.
#include <fmt/format.h>

#include "app/help_text.h"
#include "pluginlake/core/settings_table.h"

namespace pluginlake::app {
namespace {

using core::SettingSpec;

std::string Bounds(const SettingSpec& spec) {
  if (!spec.choices.empty()) {
    return std::string(spec.choices);
  }
  if (spec.max == 0) {
    return {};
  }
  return fmt::format("{}–{}{}{}", spec.min, spec.max, spec.unit.empty() ? "" : " ", spec.unit);
}

std::string Escaped(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
    text.insert(at, "\\");
  }
  return text;
}

std::string MarkdownOf(const core::Settings& defaults) {
  std::string text =
      "# Settings\n\nPrecedence: `--set KEY=VALUE` > environment > `.env` (station, then working directory) > "
      "`pluginlake.toml` > default.\nA setting `section.name` stands as `name` under `[section]` in `pluginlake.toml`, "
      "and "
      "as `PLUGINLAKE_SECTION__NAME` in the environment;\na secret may also be in a file that "
      "`PLUGINLAKE_SECTION__NAME_FILE` "
      "names.\n\n| setting | type | default | allowed | what |\n|---|---|---|---|---|\n";
  for (const SettingSpec& spec : core::SettingsTable()) {
    std::string value = core::ShownValue(spec, defaults);
    text += fmt::format("| `{}` | {}{} | {} | {} | {} |\n", spec.key, core::TypeName(spec),
                        spec.secret ? ", secret" : "", value.empty() ? "" : "`" + value + "`", Escaped(Bounds(spec)),
                        Escaped(std::string(spec.description)));
  }
  text += "\n## Names of the predecessor\n\n| variable | setting | note |\n|---|---|---|\n";
  for (const core::EnvironmentAlias& alias : core::EnvironmentAliases()) {
    std::string key = alias.key.empty() ? "(accepted, of no use)" : fmt::format("`{}`", alias.key);
    text += fmt::format("| `{}` | {} | {} |\n", alias.name, key, alias.note);
  }
  return text;
}

}  // namespace

std::string SettingsHelp(bool markdown) {
  core::Settings defaults;
  if (markdown) {
    return MarkdownOf(defaults);
  }
  std::string text = "Settings (--set KEY=VALUE > environment > .env > pluginlake.toml > default):\n";
  for (const SettingSpec& spec : core::SettingsTable()) {
    std::string bounds = Bounds(spec);
    std::string value = core::ShownValue(spec, defaults);
    text += fmt::format("\n{} ({}{})\n  {}\n  default: {}   environment: {}{}\n", spec.key, core::TypeName(spec),
                        bounds.empty() ? "" : ", " + bounds, spec.description, value.empty() ? "(empty)" : value,
                        core::EnvironmentName(spec.key), spec.secret ? " (or _FILE)" : "");
  }
  text += "\nNames of the predecessor that are accepted:\n";
  for (const core::EnvironmentAlias& alias : core::EnvironmentAliases()) {
    text += fmt::format("  {:<40} {}{}{}\n", alias.name, alias.key.empty() ? "of no use" : alias.key,
                        alias.note.empty() ? "" : ": ", alias.note);
  }
  return text;
}

}  // namespace pluginlake::app
