# Writes the header that pluginlake_embed_pack promises: one array of path and content.
list(LENGTH FILES count)
set(
  body
  "// Generated from the asset files of ${ROOM}/.\n#pragma once\n#include <array>\n#include <string_view>\n#include <utility>\n\n"
)
string(APPEND body "namespace pluginlake::${ROOM}::pack {\n")
string(APPEND body "inline constexpr std::array<std::pair<std::string_view, std::string_view>, ${count}> kFiles = {{\n")
foreach(file IN LISTS FILES)
  file(READ ${FOLDER}/${file} text)
  string(APPEND body "{\"${file}\", R\"pack(${text})pack\"},\n")
endforeach()
string(APPEND body "}};\n}  // namespace pluginlake::${ROOM}::pack\n")
file(WRITE ${OUT} "${body}")
