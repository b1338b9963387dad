// Turns arguments into a verb with its options filled in.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/verb.h"

namespace pluginlake::app {

// What was typed, understood.
struct CommandLine {
  GlobalFlags flags;
  VerbDescription description;
  std::unique_ptr<Verb> verb;
  bool help = false;  // --help was given: options may be missing, print the verb's help
};

// Returns the verb that `args` name, with its options. Throws core::Error (invalid_input, PL-02nn) with the nearest
// name for an unknown verb or flag, and what CLI::ParseError says for a wrong value.
CommandLine ParseCommandLine(const std::vector<std::string>& args);

// Says whether `args` ask for JSON: needed when they cannot be parsed.
bool AsksForJson(const std::vector<std::string>& args);

}  // namespace pluginlake::app
