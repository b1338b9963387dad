# nanoarrow (Arrow IPC) as a static library, from the sources that scripts/bootstrap unpacked.
set(nanoarrow_source ${CMAKE_SOURCE_DIR}/.cache/nanoarrow/arrow-nanoarrow/src/nanoarrow)
set(flatcc_source ${CMAKE_SOURCE_DIR}/.cache/nanoarrow/flatcc)
if(NOT EXISTS ${nanoarrow_source}/nanoarrow_ipc.h)
  message(FATAL_ERROR "No nanoarrow in .cache/nanoarrow: run scripts/bootstrap")
endif()
set(NANOARROW_NAMESPACE_DEFINE "#define NANOARROW_NAMESPACE Pluginlake")
file(READ ${CMAKE_SOURCE_DIR}/third_party/nanoarrow.lock nanoarrow_lock)
string(REGEX MATCH "nanoarrow-(([0-9]+)\\.([0-9]+)\\.([0-9]+))" NANOARROW_VERSION "${nanoarrow_lock}")
set(NANOARROW_VERSION ${CMAKE_MATCH_1})
set(NANOARROW_VERSION_MAJOR ${CMAKE_MATCH_2})
set(NANOARROW_VERSION_MINOR ${CMAKE_MATCH_3})
set(NANOARROW_VERSION_PATCH ${CMAKE_MATCH_4})
configure_file(${nanoarrow_source}/nanoarrow_config.h.in ${CMAKE_BINARY_DIR}/nanoarrow/nanoarrow/nanoarrow_config.h)
add_library(
  nanoarrow
  STATIC
  ${nanoarrow_source}/common/array.c
  ${nanoarrow_source}/common/array_stream.c
  ${nanoarrow_source}/common/schema.c
  ${nanoarrow_source}/common/utils.c
  ${nanoarrow_source}/ipc/codecs.c
  ${nanoarrow_source}/ipc/decoder.c
  ${nanoarrow_source}/ipc/encoder.c
  ${nanoarrow_source}/ipc/reader.c
  ${nanoarrow_source}/ipc/writer.c
  ${flatcc_source}/src/runtime/builder.c
  ${flatcc_source}/src/runtime/emitter.c
  ${flatcc_source}/src/runtime/refmap.c
  ${flatcc_source}/src/runtime/verifier.c
)
target_include_directories(
  nanoarrow
  SYSTEM
  PUBLIC ${CMAKE_SOURCE_DIR}/.cache/nanoarrow/arrow-nanoarrow/src ${CMAKE_BINARY_DIR}/nanoarrow
  PRIVATE ${flatcc_source}/include
)
set_target_properties(nanoarrow PROPERTIES C_STANDARD 11 C_CLANG_TIDY "")
target_compile_options(nanoarrow PRIVATE -w)
