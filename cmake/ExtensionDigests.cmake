# Makes duck/extension_digests.h from third_party/duckdb.lock: what each DuckDB extension must hash to, for `doctor`.
set(duckdb_lock ${CMAKE_SOURCE_DIR}/third_party/duckdb.lock)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${duckdb_lock})
file(STRINGS ${duckdb_lock} pinned_extensions REGEX "^[0-9a-f]+  extensions/")
file(STRINGS ${duckdb_lock} pinned_version REGEX "^version ")
string(REPLACE "version " "" pinned_version "${pinned_version}")
list(LENGTH pinned_extensions extension_count)
set(rows "")
foreach(line IN LISTS pinned_extensions)
  string(
    REGEX REPLACE "^([0-9a-f]+)  extensions/(.*)\\.duckdb_extension$"
    "    {\"\\2\",\n     \"\\1\"},\n"
    row
    "${line}"
  )
  string(APPEND rows "${row}")
endforeach()
file(
  CONFIGURE
  OUTPUT ${CMAKE_BINARY_DIR}/generated/duck/extension_digests.h
  CONTENT
    "// Generated from third_party/duckdb.lock: which DuckDB, and what each of its extensions must hash to.
#pragma once

#include <array>
#include <string_view>

namespace pluginlake::duck {

struct ExtensionDigest {
  std::string_view name;    // as in LOAD: <name>.duckdb_extension
  std::string_view sha256;  // of the file, 64 hex digits
};

inline constexpr std::string_view kPinnedVersion = \"@pinned_version@\";
inline constexpr std::array<ExtensionDigest, @extension_count@> kExtensionDigests{{
@rows@}};

}  // namespace pluginlake::duck
"
  @ONLY
)
