# Writes the header that EmbedData.cmake promises: one constant a file, byte for byte.
set(
  body
  "// Generated from the data folder of ${NAMESPACE}.\n#pragma once\n#include <string_view>\n\nnamespace ${NAMESPACE}::data {\n"
)
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
  string(APPEND body "inline constexpr std::string_view ${camel} = R\"data(${text})data\";\n")
endforeach()
string(APPEND body "}  // namespace ${NAMESPACE}::data\n")
file(WRITE ${OUT} "${body}")
