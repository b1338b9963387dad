// What `help` says, made from the table of verbs and their options.
#pragma once

#include <string>

namespace pluginlake::app {

class Verb;

// Returns the list of verbs.
std::string OverviewHelp();

// Returns usage, options and examples of one verb.
std::string VerbHelp(Verb& verb);

// Returns the members of a group ("catalog").
std::string GroupHelp(const std::string& group);

// Returns what an asset's files are and what its declaration may hold.
std::string AssetFilesHelp();

// Returns the table of settings, as text for people or as the Markdown of the reference page.
std::string SettingsHelp(bool markdown);

// Returns the meaning of the exit codes.
std::string ExitCodesHelp();

}  // namespace pluginlake::app
