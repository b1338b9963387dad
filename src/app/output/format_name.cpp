// Options first, then the name of the output.
#include "app/output/format_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/console.h"
#include "app/verb.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

using core::Error;
using core::ErrorKind;

bool Holds(std::span<const std::string_view> formats, std::string_view name) {
  return std::ranges::find(formats, name) != formats.end();
}

// "table, json or csv"
std::string ListOf(std::span<const std::string_view> formats) {
  return fmt::format("{} or {}", fmt::join(formats.first(formats.size() - 1), ", "), formats.back());
}

}  // namespace

std::string FormatName(const VerbContext& context, const FormatChoice& choice) {
  std::string name(choice.format);
  if (name.empty() && context.flags.json) {
    name = "json";
  }
  if (name.empty()) {
    const std::string extension = std::filesystem::path(choice.output).extension().string();
    name = extension.empty() ? "" : extension.substr(1);
    name = Holds(choice.formats, name) ? name : choice.formats.front();
  }
  if (!Holds(choice.formats, name)) {
    throw Error(ErrorKind::kInvalidInput, "PL-0222", fmt::format("There is no format {}", name),
                fmt::format("Choose {}.", ListOf(choice.formats)));
  }
  if ((name == "parquet" || name == "arrow") && context.console.out_is_terminal()) {
    throw Error(ErrorKind::kInvalidInput, "PL-0225",
                fmt::format("{} is not for a terminal", name == "arrow" ? "Arrow" : "Parquet"),
                fmt::format("Name a file with -o, for example: -o rows.{}", name));
  }
  return name;
}

}  // namespace pluginlake::app
