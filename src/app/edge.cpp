// Turns what a verb threw into words and an exit code.
#include "app/edge.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <exception>
#include <filesystem>
#include <new>
#include <optional>
#include <system_error>

#include "app/console.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

using core::Error;
using core::ErrorKind;

constexpr int kInterruptedExit = 130;

struct KindText {
  std::string_view name;
  std::string_view why;
};

KindText TextOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput:
      return {"invalid_input", "what was given does not fit; nothing was changed"};
    case ErrorKind::kNotFound:
      return {"not_found", "what was asked for is not there"};
    case ErrorKind::kDenied:
      return {"denied", "the rights for it are missing"};
    case ErrorKind::kConflict:
      return {"conflict", "something else holds it, or it is not what this program expects"};
    case ErrorKind::kUnavailable:
      return {"unavailable", "a part that is needed is missing or did not answer"};
    case ErrorKind::kExhausted:
      return {"exhausted", "a limit was reached (disk, memory, or a setting)"};
    case ErrorKind::kInternal:
      return {"internal", "this should not happen: a fault of pluginlake, or a damaged file"};
  }
  return {"internal", ""};
}

// The first line says what; further lines say why.
std::string WhatOf(const Error& error) {
  std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

std::string WhyOf(const Error& error) {
  std::string text = error.what();
  std::size_t end = text.find('\n');
  std::size_t start = end == std::string::npos ? end : text.find_first_not_of("\n\t ", end);
  if (start == std::string::npos) {
    return std::string(TextOf(error.kind()).why);
  }
  return text.substr(start, text.find_last_not_of("\n\t ") - start + 1);
}

ErrorKind KindOfSystemError(const std::error_code& code) {
  if (code == std::errc::no_space_on_device || code == std::errc::too_many_files_open ||
      code == std::errc::not_enough_memory) {
    return ErrorKind::kExhausted;
  }
  if (code == std::errc::permission_denied || code == std::errc::read_only_file_system ||
      code == std::errc::operation_not_permitted) {
    return ErrorKind::kDenied;
  }
  return code == std::errc::no_such_file_or_directory ? ErrorKind::kNotFound : ErrorKind::kInternal;
}

Error FromSystemError(const std::system_error& failure) {
  std::string what = fmt::format("The system refused a step\n{}", failure.what());
  return {KindOfSystemError(failure.code()), "PL-0002", what, "Mend what the second line names, then try again."};
}

Error FromParseError(const CLI::ParseError& failure) {
  return {ErrorKind::kInvalidInput, "PL-0205", fmt::format("The command line does not fit\n{}", failure.what()),
          "`pluginlake help VERB` shows what a verb takes, with examples."};
}

void Show(Console& console, const EdgeStyle& style, const Error& error) {
  console.Err(FormatError(error, style.color));
  if (style.json && !console.has_output()) {
    console.Out(FormatErrorJson(error) + "\n");
  }
}

// Returns what `failure` is as our one exception type; nullopt for an interruption.
std::optional<Error> Translate(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const core::Interrupted&) {
    return std::nullopt;
  } catch (const Error& error) {
    return error;
  } catch (const CLI::ParseError& error) {
    return FromParseError(error);
  } catch (const std::system_error& error) {
    return FromSystemError(error);
  } catch (const std::bad_alloc&) {
    return Error(ErrorKind::kExhausted, "PL-0003", "Out of memory",
                 "Give the machine more memory, or lower duck.memory_mb_max.");
  } catch (const std::exception& error) {
    return Error(ErrorKind::kInternal, "PL-0001", fmt::format("Something unforeseen failed\n{}", error.what()),
                 "Nothing more was committed; please report it with this message.");
  }
}

}  // namespace

std::string FormatError(const Error& error, bool color) {
  std::string head = fmt::format("error[{}]:", error.code());
  if (color) {
    head = "\x1b[1;31m" + head + "\x1b[0m";
  }
  std::string why = WhyOf(error);
  for (std::size_t at = why.find('\n'); at != std::string::npos; at = why.find('\n', at + 1)) {
    why.insert(at + 1, "     ");
  }
  std::string text = fmt::format("{} {}\nwhy: {}\n", head, WhatOf(error), why);
  if (!error.hint().empty()) {
    text += fmt::format("fix: {}\n", error.hint());
  }
  return text;
}

std::string FormatErrorJson(const Error& error) {
  nlohmann::ordered_json document;
  document["error"] = {{"code", error.code()},  {"kind", TextOf(error.kind()).name},
                       {"what", WhatOf(error)}, {"why", WhyOf(error)},
                       {"fix", error.hint()},   {"exit_code", core::ExitCodeOf(error.kind())}};
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool WantsColor(const Console& console, bool no_color_flag, bool no_color_variable) {
  return console.err_is_terminal() && !no_color_flag && !no_color_variable;
}

int RunAtEdge(Console& console, const EdgeStyle& style, const std::function<int()>& work) {
  std::exception_ptr failure;
  try {
    return work();
  } catch (...) {
    failure = std::current_exception();
  }
  if (std::optional<Error> error = Translate(failure)) {
    int exit_code = core::ExitCodeOf(error->kind());
    try {
      Show(console, style, *error);
    } catch (const core::Interrupted&) {
      return exit_code;  // nobody listens any more
    }
    return exit_code;
  }
  console.Err("interrupted: what was not yet committed is as if it had never been tried\n");
  return kInterruptedExit;
}

}  // namespace pluginlake::app
