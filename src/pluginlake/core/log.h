// What the program says about itself while it works: lines for people, or JSON lines. Never a patient's data.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace pluginlake::core {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// Returns the level of "debug", "info", "warning" or "error"; warning for anything else.
LogLevel LogLevelOf(std::string_view name);

// One named value of a log line: an id, a count, a path, a duration.
struct LogField {
  std::string_view name;
  std::string value;
};

// Where lines go, from which level on, and in which form.
struct LogSettings {
  LogLevel level = LogLevel::kWarning;
  bool json = false;
  std::function<void(std::string_view line)> write;  // gets whole lines with their line feed; empty = nowhere
  std::string file;                                  // also JSON lines from info on, rotated; empty = none
};

// Thread-safe. An event is a short fixed name in snake_case ("batch_committed"); what varies is a field.
class Log {
 public:
  explicit Log(const LogSettings& settings);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Also gives every line to `next` (not owned, outlives this), whatever the level here; null = no more.
  void SetNext(Log* next);
  void Write(LogLevel level, std::string_view room, std::string_view event, std::initializer_list<LogField> fields);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pluginlake::core
