// Lays out help.
#include "app/help_text.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/global_flags.h"
#include "app/verb_table.h"
#include "pluginlake/assets/declaration.h"

namespace pluginlake::app {
namespace {

struct Row {
  std::string left;
  std::string right;
};

std::string Columns(const std::vector<Row>& rows) {
  std::size_t width = 0;
  for (const Row& row : rows) {
    width = std::max(width, row.left.size());
  }
  constexpr std::size_t kWidthMax = 34;
  width = std::min(width, kWidthMax);
  std::string text;
  for (const Row& row : rows) {
    text += fmt::format("  {:<{}}  {}\n", row.left, width, row.right);
  }
  return text;
}

std::string ValueName(const CLI::Option& option) {
  if (option.get_expected_max() == 0 || option.get_type_size() == 0) {
    return {};
  }
  std::string type = option.get_type_name();
  return " " + (type.empty() ? std::string("VALUE") : type);
}

std::string FlagText(const CLI::Option& option) {
  std::string text;
  for (const std::string& name : option.get_snames()) {
    text += (text.empty() ? "-" : ", -") + name;
  }
  for (const std::string& name : option.get_lnames()) {
    text += (text.empty() ? "    --" : ", --") + name;
  }
  return text + ValueName(option);
}

// Returns "PATH…" for positionals that take several.
std::string PositionalText(const CLI::Option& option) {
  std::string name = option.get_name(true);
  bool many = option.get_expected_max() > 1;
  return (option.get_required() ? name : "[" + name + "]") + (many ? "…" : "");
}

std::string OptionRows(const CLI::App& app, bool positional) {
  std::vector<Row> rows;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional() != positional || option->get_group().empty()) {
      continue;
    }
    rows.push_back({positional ? PositionalText(*option) : FlagText(*option), option->get_description()});
  }
  return Columns(rows);
}

}  // namespace

std::string OverviewHelp() {
  std::vector<Row> rows;
  for (VerbFactory make : VerbTable()) {
    VerbDescription description = make()->Describe();
    rows.push_back({description.name, description.help});
  }
  return fmt::format(
      "pluginlake turns a hospital's server into a FHIR/OMOP lakehouse.\n\n"
      "Usage: pluginlake VERB [OPTIONS]\n\nVerbs:\n{}\n"
      "A station is found by --station DIR, else PLUGINLAKE_STATION, else the nearest pluginlake.toml upward.\n"
      "`pluginlake help VERB` shows options and examples; `help settings` and `help exit-codes` the rest.\n",
      Columns(rows));
}

std::string VerbHelp(Verb& verb) {
  VerbDescription description = verb.Describe();
  CLI::App own;
  own.set_help_flag("");
  verb.AddOptions(own);
  GlobalFlags unused;
  CLI::App shared;
  shared.set_help_flag("");
  AddGlobalFlags(shared, unused);
  std::string usage = "pluginlake " + description.name;
  for (const CLI::Option* option : own.get_options()) {
    usage += option->get_positional() ? " " + PositionalText(*option) : "";
  }
  std::string text = fmt::format("{}\n\nUsage: {} [OPTIONS]\n", description.help, usage);
  std::string arguments = OptionRows(own, true);
  std::string options = OptionRows(own, false);
  text += arguments.empty() ? "" : "\nArguments:\n" + arguments;
  text += options.empty() ? "" : "\nOptions:\n" + options;
  text += "\nOptions of every verb:\n" + OptionRows(shared, false);
  if (!description.examples.empty()) {
    text += fmt::format("\nExamples:\n  {}\n", fmt::join(description.examples, "\n  "));
  }
  return text;
}

std::string GroupHelp(const std::string& group) {
  std::vector<Row> rows;
  for (const std::string& name : VerbsInGroup(group)) {
    rows.push_back({name, MakeVerb(name)->Describe().help});
  }
  return fmt::format("Usage: pluginlake {} VERB [OPTIONS]\n\nVerbs:\n{}", group, Columns(rows));
}

std::string AssetFilesHelp() {
  std::vector<Row> rows;
  for (const assets::DeclaredName& declared : assets::DeclaredNames()) {
    rows.push_back({std::string(declared.name), std::string(declared.what)});
  }
  return fmt::format(
      "\nAn asset is SCHEMA/TABLE.sql (one SELECT) or SCHEMA/TABLE.json (a ViewDefinition) in the station's folder of "
      "assets.\nSCHEMA/TABLE.toml beside it declares it; all of this may be left out:\n{}",
      Columns(rows));
}

std::string ExitCodesHelp() {
  return "Exit codes:\n" +
         Columns({{"0", "ok"},
                  {"1", "failed, or a limit was reached (disk, memory, a setting)"},
                  {"2", "usage, or an invalid definition or setting"},
                  {"3", "not found"},
                  {"4", "denied"},
                  {"5", "findings above the threshold asked for"},
                  {"6", "conflict, or locked"},
                  {"7", "unreachable, timeout, or a missing part"},
                  {"8", "partial: all of a file's input was quarantined, or some assets failed"},
                  {"130", "interrupted"}}) +
         "\nErrors are three lines on stderr: error[CODE], why, fix. With --json, stdout holds exactly one document "
         "also\n"
         "then: {\"error\":{\"code\",\"kind\",\"what\",\"why\",\"fix\",\"exit_code\"}}.\n";
}

}  // namespace pluginlake::app
