# Embeds the sql/ folder of a room: sql/newest_snapshot.sql becomes pluginlake::<room>::sql::kNewestSnapshot,
# declared in the generated header <room>/sql.h.
function(pluginlake_embed_sql target room)
  file(GLOB statements CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/sql/*.sql)
  if(NOT statements)
    return()
  endif()
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/${room}/sql.h)
  add_custom_command(
    OUTPUT ${header}
    COMMAND ${CMAKE_COMMAND} -DROOM=${room} -DOUT=${header} "-DSTATEMENTS=${statements}" -P ${CMAKE_SOURCE_DIR}/cmake/WriteSqlHeader.cmake
    DEPENDS ${statements} ${CMAKE_SOURCE_DIR}/cmake/WriteSqlHeader.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${header})
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()
