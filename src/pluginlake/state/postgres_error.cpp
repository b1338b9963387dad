// Translates SQLSTATE classes: the server's language does not matter then.
#include "pluginlake/state/postgres_error.h"

#include <fmt/format.h>

#include "pluginlake/core/error.h"

namespace pluginlake::state {
namespace {

using core::Error;
using core::ErrorKind;

bool IsOf(std::string_view sqlstate, std::string_view start) { return sqlstate.starts_with(start); }

[[noreturn]] void ThrowLost(const std::string& place, std::string_view message) {
  throw Error(ErrorKind::kUnavailable, "PL-0503",
              fmt::format("The PostgreSQL server at {} is not there: {}", place, message),
              "Check that the server runs and can be reached from this machine, then try again.");
}

[[noreturn]] void ThrowDenied(const std::string& place, std::string_view message) {
  throw Error(ErrorKind::kDenied, "PL-0509", fmt::format("PostgreSQL at {} refuses this user: {}", place, message),
              "Check user and password of the URL; the user needs CREATE on the database.");
}

bool HasWord(const std::string& message, const char* word) { return message.find(word) != std::string::npos; }

}  // namespace

void ThrowPostgresError(std::string_view sqlstate, const std::string& place, std::string_view message) {
  if (IsOf(sqlstate, "08") || IsOf(sqlstate, "57P") || sqlstate.empty()) {
    ThrowLost(place, message);
  }
  if (IsOf(sqlstate, "53")) {
    throw Error(ErrorKind::kExhausted, "PL-0504", fmt::format("PostgreSQL at {} has no room left: {}", place, message),
                "Free disk space, memory or connections of the server, then try again.");
  }
  if (IsOf(sqlstate, "42501") || IsOf(sqlstate, "28") || IsOf(sqlstate, "25006")) {
    ThrowDenied(place, message);
  }
  if (IsOf(sqlstate, "40") || IsOf(sqlstate, "55P03") || IsOf(sqlstate, "57014")) {
    throw Error(ErrorKind::kConflict, "PL-0502",
                fmt::format("Another process holds a lock in PostgreSQL at {}.", place),
                "Wait until it ends, then try again.");
  }
  if (IsOf(sqlstate, "23505")) {
    throw Error(ErrorKind::kConflict, "PL-0507", fmt::format("This record is in PostgreSQL at {} already.", place),
                "Use a new id for a new record.");
  }
  throw Error(ErrorKind::kInternal, "PL-0510",
              fmt::format("PostgreSQL at {} refused a statement ({}): {}", place, sqlstate, message),
              "This is a fault in pluginlake or a changed database; please report it with this message.");
}

void ThrowPostgresConnectError(const std::string& place, const std::string& message) {
  if (HasWord(message, "authentication failed") || HasWord(message, "no password supplied") ||
      HasWord(message, "pg_hba.conf")) {
    ThrowDenied(place, message);
  }
  if (HasWord(message, "database") && HasWord(message, "does not exist")) {
    throw Error(ErrorKind::kNotFound, "PL-0511", fmt::format("There is no such database: {}", place),
                "Make it first: createdb NAME.");
  }
  ThrowLost(place, message);
}

}  // namespace pluginlake::state
