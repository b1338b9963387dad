// The one exception type of pluginlake, and what each of its kinds fixes: exit code, HTTP status, retry.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace pluginlake::core {

// Decides exit code and HTTP status of a failure (design.md §9).
enum class ErrorKind { kInvalidInput, kNotFound, kDenied, kConflict, kUnavailable, kExhausted, kInternal };

// What went wrong, why, and how to mend it. Texts never hold a patient's data or a secret: fixed text first, values
// (a path, a setting's name, a limit) last.
class Error : public std::runtime_error {
 public:
  // `code` is stable ("PL-0412") and keys the text; `what` says what and why; `hint` says how to fix it.
  Error(ErrorKind kind, std::string_view code, std::string_view what, std::string_view hint);

  ErrorKind kind() const { return kind_; }
  const std::string& code() const { return code_; }
  const std::string& hint() const { return hint_; }

 private:
  ErrorKind kind_;
  std::string code_;
  std::string hint_;
};

// Returns the exit code of the CLI for a kind: 2, 3, 4, 6, 7, or 1.
int ExitCodeOf(ErrorKind kind);

// Throws Error(kInternal, "PL-0001") with `what`: our own mistake, not the user's.
[[noreturn]] void ThrowInternal(std::string_view what, const char* file, int line);

}  // namespace pluginlake::core

// Checks what must hold if our own code is right; on in every build. Ends the run and not the station.
#define PL_CHECK(condition, what)                                    \
  do {                                                               \
    if (!(condition)) {                                              \
      ::pluginlake::core::ThrowInternal((what), __FILE__, __LINE__); \
    }                                                                \
  } while (false)
