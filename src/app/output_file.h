// The file of -o: what a verb answers goes to a temporary file beside it, which takes its name when the verb
// succeeded. A device or pipe is written directly.
#pragma once

#include <string>

#include "app/console.h"

namespace pluginlake::app {

// Passes everything on to another console but Out(). Not owned: `inner` outlives it.
class OutputFileConsole final : public Console {
 public:
  // `path` is absolute. Throws what the system says when its folder cannot be written.
  OutputFileConsole(std::string path, Console& inner);
  ~OutputFileConsole() override;  // removes the temporary file unless it was kept
  OutputFileConsole(const OutputFileConsole&) = delete;
  OutputFileConsole& operator=(const OutputFileConsole&) = delete;

  void Out(std::string_view bytes) override;
  void Err(std::string_view bytes) override { inner_.Err(bytes); }
  bool has_output() const override { return true; }
  bool out_is_terminal() const override { return false; }
  bool err_is_terminal() const override { return inner_.err_is_terminal(); }
  core::Progress& progress() override { return inner_.progress(); }
  core::Cancellation& cancellation() override { return inner_.cancellation(); }

  // Syncs the file and gives it its name; a second call does nothing.
  void Keep();

 private:
  std::string path_;
  std::string temporary_;  // empty = written directly
  Console& inner_;
  int descriptor_ = -1;
};

}  // namespace pluginlake::app
