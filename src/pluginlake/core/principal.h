// Who reads or writes: every read and every write of the lake takes a Principal.
#pragma once

#include <string>

namespace pluginlake::core {

// The role that the person at the station's own command line has.
inline constexpr const char* kLocalOperatorRole = "local-operator";

// Who acts, on whose behalf, for what purpose, in which role (NEN 7513 asks for all four).
struct Principal {
  std::string name;          // the system user or key that acts
  std::string on_behalf_of;  // the person or organisation behind it; empty = itself
  std::string purpose;       // why, as the caller states it
  std::string role;          // decides what is allowed

  bool is_local_operator() const { return role == kLocalOperatorRole; }
};

// Returns the principal of this process: the effective user's name, role local-operator.
Principal LocalOperator();

}  // namespace pluginlake::core
