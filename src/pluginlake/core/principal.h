// Who reads or writes: every read and every write of the lake takes a Principal.
#pragma once

#include <string>

namespace pluginlake::core {

// The role that the person at the station's own command line has.
inline constexpr const char* kLocalOperatorRole = "local-operator";

// The role in which the program itself reads names, ids and counts for somebody who may not read rows.
inline constexpr const char* kMetadataReaderRole = "metadata-reader";

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

// Returns who reads the lake's metadata for `principal`: the local operator as such, for everybody else the program
// itself on their behalf. What it reads must not be handed out but as names, ids and counts.
Principal MetadataReaderFor(const Principal& principal);

}  // namespace pluginlake::core
