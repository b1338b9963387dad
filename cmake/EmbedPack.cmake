# Embeds a room's asset files: omop/person.sql becomes a pair of path ("omop/person.sql") and content in the array
# pluginlake::<room>::pack::kFiles of the generated header <room>/pack.h. Macros lie beside them in macros/*.sql.
function(pluginlake_embed_pack target room)
  file(
    GLOB_RECURSE files
    RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/${room}
    CONFIGURE_DEPENDS
    ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*/*.toml
    ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*/*.sql
    ${CMAKE_CURRENT_SOURCE_DIR}/${room}/*/*.json
  )
  list(FILTER files EXCLUDE REGEX "^sql/")
  list(SORT files)
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/${room}/pack.h)
  set(inputs ${files})
  list(TRANSFORM inputs PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/${room}/)
  add_custom_command(
    OUTPUT ${header}
    COMMAND
      ${CMAKE_COMMAND} -DROOM=${room} -DFOLDER=${CMAKE_CURRENT_SOURCE_DIR}/${room} -DOUT=${header} "-DFILES=${files}" -P
      ${CMAKE_SOURCE_DIR}/cmake/WritePackHeader.cmake
    DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/cmake/WritePackHeader.cmake
    VERBATIM
  )
  target_sources(${target} PRIVATE ${header})
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()
