// Completion scripts, made from the table of verbs.
#pragma once

#include <string>
#include <string_view>

namespace pluginlake::app {

// Returns the script for "bash", "zsh" or "fish".
std::string CompletionScript(std::string_view shell);

}  // namespace pluginlake::app
