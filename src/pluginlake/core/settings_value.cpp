// Reads and shows single values of settings.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "pluginlake/core/settings_table.h"

namespace pluginlake::core {
namespace {

std::string Cased(std::string_view text, char first, int shift) {
  std::string result(text);
  for (char& letter : result) {
    if (letter >= first && letter <= first + 25) {
      letter = static_cast<char>(letter + shift);
    }
  }
  return result;
}

std::string LowerCase(std::string_view text) { return Cased(text, 'A', 32); }
std::string UpperCase(std::string_view text) { return Cased(text, 'a', -32); }

bool IsChoice(std::string_view choices, std::string_view text) {
  while (!choices.empty()) {
    std::string_view choice = choices.substr(0, choices.find('|'));
    if (choice == text) {
      return true;
    }
    choices.remove_prefix(std::min(choices.size(), choice.size() + 1));
  }
  return false;
}

std::optional<std::string> AssignNumber(const SettingSpec& spec, std::string_view text, std::uint64_t& target) {
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
  if (!whole || number < spec.min || number > spec.max) {
    return fmt::format("must be a whole number between {} and {}{}{}", spec.min, spec.max, spec.unit.empty() ? "" : " ",
                       spec.unit);
  }
  target = number;
  return std::nullopt;
}

std::optional<std::string> AssignBool(std::string_view text, bool& target) {
  std::string lower = LowerCase(text);
  if (IsChoice("true|yes|on|1", lower)) {
    target = true;
  } else if (IsChoice("false|no|off|0", lower)) {
    target = false;
  } else {
    return "must be true or false";
  }
  return std::nullopt;
}

std::optional<std::string> AssignChoice(const SettingSpec& spec, std::string_view text, std::string& target) {
  if (spec.choices.empty()) {
    target = text;
    return std::nullopt;
  }
  std::string lower = LowerCase(text);
  if (!IsChoice(spec.choices, lower)) {
    std::string list(spec.choices);
    std::replace(list.begin(), list.end(), '|', ' ');
    return fmt::format("must be one of: {}", list);
  }
  target = lower;
  return std::nullopt;
}

}  // namespace

std::string EnvironmentName(std::string_view key) {
  std::string name = "PLUGINLAKE_";
  for (char letter : UpperCase(key)) {
    name += letter == '.' ? "__" : std::string(1, letter);
  }
  return name;
}

std::string_view TypeName(const SettingSpec& spec) {
  constexpr std::string_view kNames[] = {"text", "number", "yes/no"};
  return kNames[spec.field.index()];
}

std::optional<std::string> AssignText(const SettingSpec& spec, std::string_view text, Settings& settings) {
  if (const auto* number = std::get_if<1>(&spec.field)) {
    return AssignNumber(spec, text, (*number)(settings));
  }
  if (const auto* flag = std::get_if<2>(&spec.field)) {
    return AssignBool(text, (*flag)(settings));
  }
  return AssignChoice(spec, text, std::get<0>(spec.field)(settings));
}

std::string ShownValue(const SettingSpec& spec, const Settings& settings) {
  Settings copy = settings;
  if (const auto* number = std::get_if<1>(&spec.field)) {
    return std::to_string((*number)(copy));
  }
  if (const auto* flag = std::get_if<2>(&spec.field)) {
    return (*flag)(copy) ? "true" : "false";
  }
  std::string text = std::get<0>(spec.field)(copy);
  if (spec.secret) {
    return text.empty() ? "" : "(secret)";
  }
  return WithoutPassword(text);
}

std::string WithoutPassword(std::string_view url) {
  std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) {
    return std::string(url);
  }
  std::size_t start = scheme + 3;
  std::string_view authority = url.substr(start, url.find_first_of("/?#", start) - start);
  std::size_t at = authority.rfind('@');
  std::size_t colon = authority.find(':');
  std::string shown(url);
  if (at != std::string_view::npos && colon != std::string_view::npos && colon < at) {
    shown = fmt::format("{}:***{}", url.substr(0, start + colon), url.substr(start + at));
  }
  constexpr std::string_view kParameter = "password=";
  if (std::size_t found = shown.find(kParameter); found != std::string::npos) {
    std::size_t value = found + kParameter.size();
    std::size_t end = shown.find('&', value);
    shown.replace(value, end == std::string::npos ? end : end - value, "***");
  }
  return shown;
}

}  // namespace pluginlake::core
