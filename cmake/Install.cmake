# Lays the tree of `cmake --install`: it runs on any Debian 12, with nothing to set and nothing else to install.
#   bin/pluginlake
#   lib/pluginlake/*.so.*                 what a bare Debian 12 lacks; the binary finds them by its RPATH
#   lib/pluginlake/extensions/*           DuckDB's extensions, checked against third_party/duckdb.lock on the way
#   share/doc/pluginlake/*                licence, changelog
set_target_properties(pluginlake PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/pluginlake")
# DT_RPATH and not DT_RUNPATH: only the former also holds for what the bundled libraries need themselves.
target_link_options(pluginlake PRIVATE -Wl,--disable-new-dtags)

install(TARGETS pluginlake RUNTIME_DEPENDENCY_SET pluginlake_libraries RUNTIME DESTINATION bin)
install(
  RUNTIME_DEPENDENCY_SET pluginlake_libraries
  PRE_EXCLUDE_REGEXES
    "^ld-linux"
    "^lib(c|m|dl|rt|pthread|resolv|util)\\.so"
    "^libstdc\\+\\+"
    "^libgcc_s"
    DESTINATION
    lib/pluginlake
)
file(GLOB extension_files ${PLUGINLAKE_DUCKDB_SDK}/extensions/*.duckdb_extension)
install(FILES ${extension_files} DESTINATION lib/pluginlake/extensions)
install(FILES LICENSE CHANGELOG.md third_party/duckdb.lock DESTINATION share/doc/pluginlake)
install(
  CODE
    "
  file(STRINGS \"${duckdb_lock}\" lines REGEX \"^[0-9a-f]+  extensions/\")
  foreach(line IN LISTS lines)
    string(SUBSTRING \"\${line}\" 0 64 wanted)
    string(SUBSTRING \"\${line}\" 66 -1 name)
    file(SHA256 \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/lib/pluginlake/\${name}\" found)
    if(NOT found STREQUAL wanted)
      message(FATAL_ERROR \"\${name} is not the file that third_party/duckdb.lock names\")
    endif()
  endforeach()
"
)
