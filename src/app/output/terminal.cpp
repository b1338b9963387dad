// Asks console, flags and environment of the person who typed the verb.
#include "app/output/terminal.h"

#include <algorithm>
#include <cstdlib>

#include "app/console.h"
#include "app/invocation.h"
#include "app/verb.h"

namespace pluginlake::app {
namespace {

constexpr std::size_t kUsualWidth = 100;
constexpr std::size_t kNarrowest = 20;

}  // namespace

TableStyle StdoutStyle(const VerbContext& context) {
  if (!context.console.out_is_terminal()) {
    return {};
  }
  const std::string columns = VariableOf(context.invocation, "COLUMNS");
  TableStyle style{.width_max = columns.empty() ? kUsualWidth : std::strtoul(columns.c_str(), nullptr, 10)};
  style.width_max = std::max(style.width_max, kNarrowest);
  style.color = !context.flags.no_color && VariableOf(context.invocation, "NO_COLOR").empty() &&
                VariableOf(context.invocation, "TERM") != "dumb";
  return style;
}

}  // namespace pluginlake::app
