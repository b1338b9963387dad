# Finds the DuckDB SDK (duckdb.h, static libraries, extensions) that scripts/bootstrap fetched, or the folder
# PLUGINLAKE_DUCKDB_SDK names: DIR/include/duckdb.h, DIR/lib/*.a, DIR/extensions/*.duckdb_extension.
set(
  PLUGINLAKE_DUCKDB_SDK
  "$ENV{PLUGINLAKE_DUCKDB_SDK}"
  CACHE PATH
  "Folder with DuckDB's header, static libraries and extensions"
)
if(NOT PLUGINLAKE_DUCKDB_SDK)
  set(PLUGINLAKE_DUCKDB_SDK ${CMAKE_SOURCE_DIR}/.cache/duckdb)
endif()
if(NOT EXISTS ${PLUGINLAKE_DUCKDB_SDK}/include/duckdb.h)
  message(FATAL_ERROR "No DuckDB SDK in ${PLUGINLAKE_DUCKDB_SDK}: run scripts/bootstrap, or set PLUGINLAKE_DUCKDB_SDK")
endif()
file(GLOB duckdb_libraries ${PLUGINLAKE_DUCKDB_SDK}/lib/*.a)
add_library(duckdb INTERFACE)
target_include_directories(duckdb SYSTEM INTERFACE ${PLUGINLAKE_DUCKDB_SDK}/include)
target_link_libraries(
  duckdb
  INTERFACE -Wl,--start-group ${duckdb_libraries} -Wl,--end-group ${CMAKE_DL_LIBS} pthread
)
