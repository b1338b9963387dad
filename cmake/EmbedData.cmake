# Embeds a folder of data files: data/first_names.csv becomes NAMESPACE::data::kFirstNames, declared in the generated
# header <folder>/data.h. The build reads them, so that lists stay data and the binary needs no file beside it.
function(pluginlake_embed_data target folder namespace)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/data/*.csv)
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/${folder}/data.h)
  add_custom_command(
    OUTPUT ${header}
    COMMAND
      ${CMAKE_COMMAND} -DNAMESPACE=${namespace} -DOUT=${header} "-DFILES=${files}" -P
      ${CMAKE_SOURCE_DIR}/cmake/WriteDataHeader.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/WriteDataHeader.cmake
    VERBATIM
  )
  target_sources(${target} PRIVATE ${header})
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()
