# Embeds files of a room as constants: sql/newest_snapshot.sql becomes pluginlake::<room>::sql::kNewestSnapshot in the
# generated header <room>/sql.h; data/raw.csv becomes pluginlake::<room>::data::kRaw in <room>/data.h, and so does
# seed/ (rows that a station's tables begin with).
function(pluginlake_embed target room folder extension)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/${folder}/*.${extension})
  if(NOT files)
    return()
  endif()
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/${room}/${folder}.h)
  add_custom_command(
    OUTPUT ${header}
    COMMAND
      ${CMAKE_COMMAND} -DROOM=${room} -DFOLDER=${folder} -DOUT=${header} "-DFILES=${files}" -P
      ${CMAKE_SOURCE_DIR}/cmake/WriteEmbeddedHeader.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/WriteEmbeddedHeader.cmake
    VERBATIM
  )
  target_sources(${target} PRIVATE ${header})
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()

function(pluginlake_embed_sql target room)
  pluginlake_embed(${target} ${room} sql sql)
  pluginlake_embed(${target} ${room} data csv)
  pluginlake_embed(${target} ${room} seed csv)
endfunction()

# Embeds sql/migrations/NNNN_name.sql of a room, in order, as pluginlake::<room>::sql::kMigrations in the generated
# header <room>/sql_migrations.h.
function(pluginlake_embed_migrations target room)
  file(GLOB scripts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${room}/sql/migrations/*.sql)
  if(NOT scripts)
    return()
  endif()
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/${room}/sql_migrations.h)
  add_custom_command(
    OUTPUT ${header}
    COMMAND
      ${CMAKE_COMMAND} -DROOM=${room} -DOUT=${header} "-DSCRIPTS=${scripts}" -P
      ${CMAKE_SOURCE_DIR}/cmake/WriteMigrationsHeader.cmake
    DEPENDS ${scripts} ${CMAKE_SOURCE_DIR}/cmake/WriteMigrationsHeader.cmake
    VERBATIM
  )
  target_sources(${target} PRIVATE ${header})
endfunction()
