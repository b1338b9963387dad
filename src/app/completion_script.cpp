// Writes completion scripts: verbs, then words of a group, then flags, else files.
#include "app/completion_script.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <map>
#include <set>
#include <vector>

#include "app/global_flags.h"
#include "app/verb_table.h"

namespace pluginlake::app {
namespace {

struct VerbWords {
  std::string name;
  std::string help;
  std::vector<std::string> flags;
};

std::vector<VerbWords> AllVerbs() {
  std::vector<VerbWords> verbs;
  for (VerbFactory make : VerbTable()) {
    std::unique_ptr<Verb> verb = make();
    GlobalFlags flags;
    CLI::App app;
    app.set_help_flag("");
    verb->AddOptions(app);
    AddGlobalFlags(app, flags);
    VerbWords words{verb->Describe().name, verb->Describe().help, {"--help"}};
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames()) {
        words.flags.push_back("--" + name);
      }
    }
    verbs.push_back(std::move(words));
  }
  return verbs;
}

// First words -> second words; a verb without a group has none.
std::map<std::string, std::set<std::string>> FirstWords(const std::vector<VerbWords>& verbs) {
  std::map<std::string, std::set<std::string>> words;
  for (const VerbWords& verb : verbs) {
    std::size_t blank = verb.name.find(' ');
    auto& seconds = words[verb.name.substr(0, blank)];
    if (blank != std::string::npos) {
      seconds.insert(verb.name.substr(blank + 1));
    }
  }
  return words;
}

std::string BashScript(const std::vector<VerbWords>& verbs) {
  std::string firsts;
  std::string groups;
  for (const auto& [first, seconds] : FirstWords(verbs)) {
    firsts += (firsts.empty() ? "" : " ") + first;
    if (!seconds.empty()) {
      groups += fmt::format("    {}) group=\"{}\" ;;\n", first, fmt::join(seconds, " "));
    }
  }
  std::string flags;
  for (const VerbWords& verb : verbs) {
    flags += fmt::format("    \"{}\") flags=\"{}\" ;;\n", verb.name, fmt::join(verb.flags, " "));
  }
  return fmt::format(R"bash(# Completion of pluginlake for bash.
_pluginlake() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" first="${{COMP_WORDS[1]}}" group="" flags=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "{} --help" -- "$word")
    return
  fi
  case "$first" in
{}  esac
  if [ -n "$group" ] && [ "$COMP_CWORD" -eq 2 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$group" -- "$word")
    return
  fi
  [ -n "$group" ] && first="$first ${{COMP_WORDS[2]}}"
  case "$first" in
{}  esac
  case "$word" in
    -*) mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$word") ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
  esac
}}
complete -o filenames -F _pluginlake pluginlake
)bash",
                     firsts, groups, flags);
}

std::string FishQuoted(std::string text) {
  for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2)) {
    text.insert(at, "\\");
  }
  return "'" + text + "'";
}

std::string FishScript(const std::vector<VerbWords>& verbs) {
  std::string script = "# Completion of pluginlake for fish.\n";
  for (const auto& [first, seconds] : FirstWords(verbs)) {
    std::string help = seconds.empty() ? MakeVerb(first)->Describe().help : fmt::format("{}", fmt::join(seconds, ", "));
    script += fmt::format("complete -c pluginlake -n __fish_use_subcommand -a {} -d {}\n", first, FishQuoted(help));
    for (const std::string& second : seconds) {
      script += fmt::format("complete -c pluginlake -n '__fish_seen_subcommand_from {}' -a {}\n", first, second);
    }
  }
  for (const VerbWords& verb : verbs) {
    std::string last = verb.name.substr(verb.name.rfind(' ') + 1);
    for (const std::string& flag : verb.flags) {
      script += fmt::format("complete -c pluginlake -n '__fish_seen_subcommand_from {}' -l {}\n", last, flag.substr(2));
    }
  }
  return script;
}

}  // namespace

std::string CompletionScript(std::string_view shell) {
  std::vector<VerbWords> verbs = AllVerbs();
  if (shell == "fish") {
    return FishScript(verbs);
  }
  std::string bash = BashScript(verbs);
  return shell == "zsh" ? "#compdef pluginlake\nautoload -U +X bashcompinit && bashcompinit\n" + bash : bash;
}

}  // namespace pluginlake::app
