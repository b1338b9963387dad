// Maps DuckDB's error types, and the texts of the catalog servers behind it, to kinds of our own.
#include "pluginlake/duck/translate.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "pluginlake/core/cancel.h"

namespace pluginlake::duck {
namespace {

using core::Error;
using core::ErrorKind;

struct TextRule {
  std::string_view part;  // found in DuckDB's message
  ErrorKind kind;
  std::string_view code;
  std::string_view hint;
};

// DuckDB reports what a file system or a catalog server says as text only. First match decides.
constexpr std::array kTextRules = {
    TextRule{"No space left on device", ErrorKind::kExhausted, "PL-0310",
             "Free space on the disk of the station's data or tmp folder, then repeat the command."},
    TextRule{"Disk quota exceeded", ErrorKind::kExhausted, "PL-0310",
             "Raise the quota of the station's user, then repeat the command."},
    TextRule{"max_temp_directory_size", ErrorKind::kExhausted, "PL-0311",
             "Free space for the station's tmp folder, or raise duck.temp_mb_max or duck.memory_mb_max."},
    TextRule{"Permission denied", ErrorKind::kDenied, "PL-0312",
             "Give the station's user read and write rights on the station's folder."},
    TextRule{"Read-only file system", ErrorKind::kDenied, "PL-0312", "Mount the station's file system for writing."},
    TextRule{"database is locked", ErrorKind::kConflict, "PL-0313",
             "Another program holds the catalog. Close it; pluginlake's own verbs share one owner."},
    TextRule{"file is not a database", ErrorKind::kInternal, "PL-0314",
             "The catalog file is damaged. Restore the station from a backup: pluginlake help restore."},
    TextRule{"database disk image is malformed", ErrorKind::kInternal, "PL-0314",
             "The catalog file is damaged. Restore the station from a backup: pluginlake help restore."},
    TextRule{"database or disk is full", ErrorKind::kExhausted, "PL-0310",
             "Free space on the disk of the station's catalog, then repeat the command."},
    TextRule{"disk I/O error", ErrorKind::kExhausted, "PL-0310",
             "The disk of the station's catalog is full or fails. Free space or check it, then repeat the command."},
    TextRule{"creating a new DuckLake is explicitly disabled", ErrorKind::kNotFound, "PL-0316",
             "There is no lake at this place. Check station.catalog, or make a station: pluginlake init DIR."},
    TextRule{"catalog version mismatch", ErrorKind::kConflict, "PL-0317",
             "The lake was written by a newer release. Install that release, or restore a backup."},
    TextRule{"Unable to connect to Postgres", ErrorKind::kUnavailable, "PL-0315",
             "Check that PostgreSQL runs and that station.catalog names its host, port and user."},
    TextRule{"Failed to execute query \"ROLLBACK\"", ErrorKind::kUnavailable, "PL-0315",
             "The catalog's server went away. Repeat the command: what was committed is recognised."},
    TextRule{"could not connect to server", ErrorKind::kUnavailable, "PL-0315",
             "Check that PostgreSQL runs and that station.catalog names its host, port and user."},
    TextRule{"connection to server", ErrorKind::kUnavailable, "PL-0315",
             "Check that PostgreSQL runs and that station.catalog names its host, port and user."},
    TextRule{"server closed the connection", ErrorKind::kUnavailable, "PL-0315",
             "PostgreSQL went away. Nothing of this step was committed; repeat the command."},
    TextRule{"no connection to the server", ErrorKind::kUnavailable, "PL-0315",
             "PostgreSQL went away. Nothing of this step was committed; repeat the command."},
};

ErrorKind KindOf(duckdb_error_type type) {
  switch (type) {
    case DUCKDB_ERROR_OUT_OF_MEMORY:
      return ErrorKind::kExhausted;
    case DUCKDB_ERROR_PERMISSION:
      return ErrorKind::kDenied;
    case DUCKDB_ERROR_TRANSACTION:
      return ErrorKind::kConflict;
    case DUCKDB_ERROR_CONNECTION:
    case DUCKDB_ERROR_NETWORK:
    case DUCKDB_ERROR_HTTP:
    case DUCKDB_ERROR_MISSING_EXTENSION:
    case DUCKDB_ERROR_AUTOLOAD:
    case DUCKDB_ERROR_IO:
      return ErrorKind::kUnavailable;
    case DUCKDB_ERROR_INTERNAL:
    case DUCKDB_ERROR_FATAL:
      return ErrorKind::kInternal;
    default:
      return ErrorKind::kInvalidInput;
  }
}

std::string_view HintOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kExhausted:
      return "Raise duck.memory_mb_max, or ask for less at once.";
    case ErrorKind::kDenied:
      return "Check the rights of the station's user on the station's folder.";
    case ErrorKind::kConflict:
      return "Repeat the command.";
    case ErrorKind::kUnavailable:
      return "Run 'pluginlake doctor' to see which part is missing or unreachable.";
    case ErrorKind::kInternal:
      return "This is a fault in pluginlake or DuckDB; please report it with this message.";
    default:
      return "Correct the statement; 'pluginlake help query' has examples.";
  }
}

// Leaves out what may name a secret: connection strings stand behind "password=" or "://user:secret@".
std::string WithoutSecrets(std::string_view message) {
  std::string text(message);
  for (auto at = text.find("password="); at != std::string::npos; at = text.find("password=", at + 9)) {
    auto end = text.find_first_of(" '\"\n", at + 9);
    text.replace(at + 9, (end == std::string::npos ? text.size() : end) - at - 9, "***");
  }
  for (auto at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
    auto end = text.find_first_of("/ '\"\n", at + 3);
    auto sign = text.rfind('@', end == std::string::npos ? text.size() : end);
    auto colon = text.find(':', at + 3);
    if (sign != std::string::npos && sign > at && colon != std::string::npos && colon < sign) {
      text.replace(colon + 1, sign - colon - 1, "***");
    }
  }
  return text;
}

}  // namespace

void ThrowTranslated(duckdb_error_type type, std::string_view message, std::string_view doing) {
  if (type == DUCKDB_ERROR_INTERRUPT || message.starts_with("INTERRUPT")) {
    throw core::Interrupted{};
  }
  const std::string text = fmt::format("{}: {}", doing, WithoutSecrets(message));
  for (const TextRule& rule : kTextRules) {
    if (message.find(rule.part) != std::string_view::npos) {
      throw Error(rule.kind, rule.code, text, rule.hint);
    }
  }
  const ErrorKind kind = KindOf(type);
  throw Error(kind, fmt::format("PL-03{:02}", 20 + static_cast<int>(kind)), text, HintOf(kind));
}

}  // namespace pluginlake::duck
