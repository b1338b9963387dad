// Runs one command line from parsing to its last line of output.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <ranges>

#include "app/command_line.h"
#include "app/console.h"
#include "app/edge.h"
#include "app/erasure_list.h"
#include "app/help_text.h"
#include "app/invocation.h"
#include "app/station.h"
#include "app/verb.h"
#include "app/verb_settings.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/log.h"
#include "pluginlake/core/principal.h"
#include "pluginlake/core/settings_load.h"

namespace pluginlake::app {
namespace {

bool HasRole(const CommandLine& line) {
  return !line.flags.role.empty() && line.flags.role != core::kLocalOperatorRole;
}

void RefuseRole(const CommandLine& line) {
  if (HasRole(line) && line.description.under_role == UnderRole::kRefused) {
    throw core::Error(core::ErrorKind::kDenied, "PL-0211",
                      fmt::format("`{}` cannot run under --role {}\nwhich rows a role may read is not decided in this "
                                  "version: a role sees names, ids and counts, and changes nothing",
                                  line.description.name, line.flags.role),
                      "Leave --role away to run it as the local operator.");
  }
}

// A restored station that was given a list of erasures has patients again who must not be seen.
void RefuseWhilePending(const VerbDescription& verb, const std::string& station_folder) {
  std::error_code ignored;
  if (!verb.before_pending_erasures && std::filesystem::exists(PendingErasuresPath(station_folder), ignored)) {
    throw core::Error(core::ErrorKind::kConflict, "PL-0246",
                      "This station was restored, and patients who were erased after its backup are still in it",
                      "Finish that first: pluginlake erase --pending");
  }
}

// Says whether a list of names separated by commas holds the name.
bool Names(std::string_view list, std::string_view name) {
  return std::ranges::any_of(std::views::split(list, ','), [&](const auto& part) {
    std::string_view text(part.begin(), part.end());
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    text = text.substr(0, text.find_last_not_of(' ') + 1);
    return text == name;
  });
}

// Only the station's own file gives a role the right; who types a command line cannot give it to themselves.
bool MayReadLicensedText(const CommandLine& line, const std::string& station_folder) {
  if (!HasRole(line)) {
    return true;
  }
  if (station_folder.empty()) {
    return false;
  }
  const core::Settings settings =
      core::LoadSettings({.toml_path = station_folder + "/pluginlake.toml", .directory = station_folder}).settings;
  return Names(settings.vocab.text_roles, line.flags.role);
}

// Returns the station's folder; empty if there is none and the verb can do without.
std::string FolderFor(const CommandLine& line, const Invocation& invocation) {
  std::string variable = VariableOf(invocation, "PLUGINLAKE_STATION");
  if (line.description.needs == Needs::kNothing) {
    return {};
  }
  bool named = !line.flags.station.empty() || !variable.empty();
  if (line.description.needs == Needs::kOwner || named) {
    return FindStationFolder(line.flags.station, variable, invocation.directory);
  }
  std::filesystem::path folder = invocation.directory;
  std::error_code ignored;
  while (!std::filesystem::exists(folder / "pluginlake.toml", ignored)) {
    if (!folder.has_relative_path()) {
      return {};
    }
    folder = folder.parent_path();
  }
  return folder.string();
}

core::LogSettings LogSettingsFor(const GlobalFlags& flags, const core::Settings& settings, Console& console) {
  core::LogSettings log;
  log.level = core::LogLevelOf(settings.log.level);
  if (flags.verbose && log.level > core::LogLevel::kInfo) {
    log.level = core::LogLevel::kInfo;
  }
  log.level = flags.quiet ? core::LogLevel::kError : log.level;
  log.json = settings.log.format == "json" || (settings.log.format == "auto" && !console.err_is_terminal());
  log.write = [&console](std::string_view text) { console.Err(text); };
  return log;
}

Invocation WithPaths(const Invocation& invocation, const Verb& verb) {
  Invocation resolved = invocation;
  if (resolved.paths.empty()) {
    for (const std::string& path : verb.input_paths()) {
      resolved.paths.push_back({path, AbsolutePath(invocation, path), -1});
    }
  }
  return resolved;
}

core::Principal PrincipalFor(const GlobalFlags& flags) {
  core::Principal principal = core::LocalOperator();
  if (!flags.role.empty()) {
    principal.role = flags.role;
  }
  return principal;
}

// The log says that a verb ran and how it ended, never its arguments: a path or a query may name a patient.
int RunLogged(Verb& verb, const std::string& name, const VerbContext& context) {
  context.log.Write(core::LogLevel::kInfo, "app", "verb_started",
                    {{"verb", name}, {"principal", context.principal.name}, {"role", context.principal.role}});
  auto start = std::chrono::steady_clock::now();
  int exit_code = verb.Run(context);
  auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  context.log.Write(
      core::LogLevel::kInfo, "app", "verb_ended",
      {{"verb", name}, {"exit_code", std::to_string(exit_code)}, {"duration_ms", std::to_string(elapsed.count())}});
  return exit_code;
}

int RunParsed(CommandLine& line, const Invocation& invocation, Console& console, StationHost& host) {
  if (line.help) {
    console.Out(VerbHelp(*line.verb));
    return 0;
  }
  RefuseRole(line);
  std::string folder = FolderFor(line, invocation);
  // A verb without a station takes no settings from one, and must work when the environment is wrong.
  bool wants_settings = line.description.needs == Needs::kOwner;
  core::LoadedSettings loaded;
  if (wants_settings) {
    loaded = LoadVerbSettings(invocation, line.flags, folder);
  }
  core::Log log(LogSettingsFor(line.flags, loaded.settings, console));
  for (const std::string& warning : loaded.warnings) {
    log.Write(core::LogLevel::kWarning, "app", "setting_of_no_use", {{"text", warning}});
  }
  Invocation resolved = WithPaths(invocation, *line.verb);
  core::Principal principal = PrincipalFor(line.flags);
  VerbContext context{resolved, line.flags, loaded.settings, principal, folder, console, log, host};
  context.may_read_licensed_text = MayReadLicensedText(line, folder);
  if (line.description.needs != Needs::kOwner) {
    return line.verb->Run(context);
  }
  RefuseWhilePending(line.description, folder);
  log.SetNext(&host.station().log());
  return RunLogged(*line.verb, line.description.name, context);
}

}  // namespace

int RunVerb(const Invocation& invocation, Console& console, StationHost& host) {
  EdgeStyle style{.json = AsksForJson(invocation.args),
                  .color = WantsColor(console, false, !VariableOf(invocation, "NO_COLOR").empty())};
  return RunAtEdge(console, style, [&] {
    CommandLine line = ParseCommandLine(invocation.args);
    style.color = style.color && !line.flags.no_color;
    return RunParsed(line, invocation, console, host);
  });
}

void PrintJson(Console& console, std::string_view document) {
  std::string line(document);
  line += '\n';
  console.Out(line);
}

}  // namespace pluginlake::app
