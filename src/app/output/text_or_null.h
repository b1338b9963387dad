// A text as JSON has it: null where there is none.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace pluginlake::app {

inline nlohmann::ordered_json TextOrNull(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
}

}  // namespace pluginlake::app
