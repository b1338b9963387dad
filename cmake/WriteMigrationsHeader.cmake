# Writes the header that pluginlake_embed_migrations promises: one array of name and script.
list(LENGTH SCRIPTS count)
set(
  body
  "// Generated from ${ROOM}/sql/migrations/*.sql.\n#pragma once\n#include <array>\n#include <string_view>\n#include <utility>\n\n"
)
string(APPEND body "namespace pluginlake::${ROOM}::sql {\n")
string(
  APPEND body
  "inline constexpr std::array<std::pair<std::string_view, std::string_view>, ${count}> kMigrations = {{\n"
)
foreach(script IN LISTS SCRIPTS)
  get_filename_component(name ${script} NAME_WE)
  file(READ ${script} text)
  string(APPEND body "{\"${name}\", R\"sql(${text})sql\"},\n")
endforeach()
string(APPEND body "}};\n}  // namespace pluginlake::${ROOM}::sql\n")
file(WRITE ${OUT} "${body}")
