// Finds the verb among the arguments, then lets CLI11 read that verb's options.
#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "app/global_flags.h"
#include "app/verb_table.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/nearest_name.h"

namespace pluginlake::app {
namespace {

using core::Error;
using core::ErrorKind;

bool TakesValue(std::string_view flag) { return flag == "--station" || flag == "--role" || flag == "--set"; }

// Takes the first word that is no flag (nor a global flag's value) out of `args`; empty if there is none.
std::string TakeWord(std::vector<std::string>& args) {
  for (std::size_t index = 0; index < args.size(); ++index) {
    if (TakesValue(args[index])) {
      ++index;
      continue;
    }
    if (!args[index].starts_with('-')) {
      std::string word = args[index];
      args.erase(args.begin() + static_cast<std::ptrdiff_t>(index));
      return word;
    }
  }
  return {};
}

// Takes `--help` or `-h` out of the arguments before "--".
bool TakeHelp(std::vector<std::string>& args) {
  auto end = std::find(args.begin(), args.end(), "--");
  auto found = std::find_if(args.begin(), end, [](const std::string& arg) { return arg == "--help" || arg == "-h"; });
  if (found == end) {
    return false;
  }
  args.erase(found);
  return true;
}

std::string DidYouMean(std::string_view given, std::span<const std::string> names, std::string_view otherwise) {
  if (auto nearest = core::NearestName(given, names)) {
    return fmt::format("Did you mean `{}`? {}", *nearest, otherwise);
  }
  return std::string(otherwise);
}

std::unique_ptr<Verb> TakeVerbOfGroup(std::string_view group, std::vector<std::string>& args) {
  std::vector<std::string> members = VerbsInGroup(group);
  std::string word = TakeWord(args);
  const std::string name = fmt::format("{} {}", group, word);
  if (auto verb = MakeVerb(name)) {
    return verb;
  }
  if (!word.empty() && !VerbsInGroup(name).empty()) {
    return TakeVerbOfGroup(name, args);  // a group within the group: vocab map load
  }
  std::string list = fmt::format("`{}` has: {}.", group, fmt::join(members, ", "));
  if (word.empty()) {
    throw Error(ErrorKind::kInvalidInput, "PL-0202", fmt::format("`{}` needs to know what to do", group), list);
  }
  throw Error(ErrorKind::kInvalidInput, "PL-0201", fmt::format("There is no verb `{} {}`", group, word),
              DidYouMean(fmt::format("{} {}", group, word), members, list));
}

std::unique_ptr<Verb> TakeVerb(std::vector<std::string>& args) {
  std::string word = TakeWord(args);
  if (auto verb = MakeVerb(word)) {
    return verb;
  }
  if (!VerbsInGroup(word).empty()) {
    return TakeVerbOfGroup(word, args);
  }
  throw Error(ErrorKind::kInvalidInput, "PL-0201", fmt::format("There is no verb `{}`", word),
              DidYouMean(word, VerbNames(), "`pluginlake help` lists them all."));
}

// Says whether the words name no verb but nothing, or a group and --help: then the help on it is shown.
bool IsTopicOnly(std::vector<std::string> args, bool help) {
  std::string word = TakeWord(args);
  return word.empty() || (help && !VerbsInGroup(word).empty() && TakeWord(args).empty());
}

std::vector<std::string> FlagNames(const CLI::App& app) {
  std::vector<std::string> names{"--help"};
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

void RefuseExtras(const CLI::App& app, const std::string& verb) {
  std::vector<std::string> extras = app.remaining();
  if (extras.empty()) {
    return;
  }
  std::string more = fmt::format("`pluginlake help {}` shows what it takes.", verb);
  const std::string& extra = extras.front();
  if (extra.starts_with('-')) {
    std::string flag = extra.substr(0, extra.find('='));
    throw Error(ErrorKind::kInvalidInput, "PL-0203", fmt::format("`{}` has no flag `{}`", verb, flag),
                DidYouMean(flag, FlagNames(app), more));
  }
  throw Error(ErrorKind::kInvalidInput, "PL-0204",
              fmt::format("`{}` does not take one more argument: `{}`", verb, extra), more);
}

}  // namespace

CommandLine ParseCommandLine(const std::vector<std::string>& args) {
  std::vector<std::string> rest = args;
  CommandLine line;
  line.help = TakeHelp(rest);
  bool asks_version = !rest.empty() && (rest.front() == "--version" || rest.front() == "-V");
  if (asks_version) {
    rest.front() = "version";
  }
  if (IsTopicOnly(rest, line.help)) {
    rest.insert(rest.begin(), "help");
    line.help = false;
  }
  line.verb = TakeVerb(rest);
  line.description = line.verb->Describe();
  if (line.help) {
    return line;
  }
  CLI::App app;
  app.set_help_flag("");
  app.allow_extras();
  AddGlobalFlags(app, line.flags);
  line.verb->AddOptions(app);
  std::reverse(rest.begin(), rest.end());  // CLI11 takes them from the back
  app.parse(std::move(rest));
  RefuseExtras(app, line.description.name);
  return line;
}

bool AsksForJson(const std::vector<std::string>& args) {
  auto end = std::find(args.begin(), args.end(), "--");
  return std::find(args.begin(), end, "--json") != end;
}

}  // namespace pluginlake::app
