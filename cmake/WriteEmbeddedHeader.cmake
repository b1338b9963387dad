# Writes the header that EmbedSql.cmake promises: one constant a file, and kAll with every one of them by name.
set(
  body
  "// Generated from ${ROOM}/${FOLDER}/.\n#pragma once\n#include <array>\n#include <string_view>\n#include <utility>\n\n"
)
string(APPEND body "namespace pluginlake::${ROOM}::${FOLDER} {\n")
set(all "")
list(LENGTH FILES count)
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WE)
  string(REPLACE "_" ";" words ${name})
  set(camel "k")
  foreach(word IN LISTS words)
    string(SUBSTRING ${word} 0 1 first)
    string(SUBSTRING ${word} 1 -1 rest)
    string(TOUPPER ${first} first)
    string(APPEND camel ${first}${rest})
  endforeach()
  file(READ ${file} text)
  string(APPEND body "inline constexpr std::string_view ${camel} = R\"embedded(${text})embedded\";\n")
  string(APPEND all "    std::pair<std::string_view, std::string_view>{\"${name}\", ${camel}},\n")
endforeach()
string(
  APPEND body
  "inline constexpr std::array<std::pair<std::string_view, std::string_view>, ${count}> kAll = {{\n${all}}};\n"
)
string(APPEND body "}  // namespace pluginlake::${ROOM}::${FOLDER}\n")
file(WRITE ${OUT} "${body}")
