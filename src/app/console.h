// Where a verb writes and what tells it to stop: a terminal, a pipe, or the client that forwarded the verb.
#pragma once

#include <string_view>

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::app {

// A verb may run in the owner on behalf of another process, so it never touches std::cout, getenv or the working
// directory: it writes here. Thread-safe.
class Console {
 public:
  virtual ~Console() = default;

  // Writes data (stdout). Throws core::Interrupted when nobody reads any more.
  virtual void Out(std::string_view bytes) = 0;
  // Writes all that is not data (stderr).
  virtual void Err(std::string_view bytes) = 0;

  // Says whether Out() was given anything yet.
  virtual bool has_output() const = 0;
  virtual bool out_is_terminal() const = 0;
  virtual bool err_is_terminal() const = 0;

  // Receives the progress of long work; where the person sits decides how it is shown.
  virtual core::Progress& progress() = 0;
  // Is requested by SIGINT, or when the client of a forwarded verb went away.
  virtual core::Cancellation& cancellation() = 0;
};

}  // namespace pluginlake::app
