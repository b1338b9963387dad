// The CLI's edge: the one place of the app where exceptions end, as a message and an exit code.
#pragma once

#include <functional>
#include <string>

namespace pluginlake::core {
class Error;
}

namespace pluginlake::app {

class Console;

// How errors are shown.
struct EdgeStyle {
  bool json = false;  // also one JSON document on stdout, unless data went there already
  bool color = false;
};

// Runs `work` and returns its exit code; what it throws is written to stderr as error[CODE] / why / fix, and becomes
// the exit code of its kind (130 for core::Interrupted). Never throws.
int RunAtEdge(Console& console, const EdgeStyle& style, const std::function<int()>& work);

// Returns the three lines that a person sees.
std::string FormatError(const core::Error& error, bool color);

// Returns {"error":{"code","kind","what","why","fix","exit_code"}}.
std::string FormatErrorJson(const core::Error& error);

// Says whether to colour stderr: a terminal, and neither --no-color nor NO_COLOR.
bool WantsColor(const Console& console, bool no_color_flag, bool no_color_variable);

}  // namespace pluginlake::app
