# One interface target with the warnings every room is built with.
add_library(pluginlake_warnings INTERFACE)
target_compile_options(
  pluginlake_warnings
  INTERFACE
    -Wall
    -Wextra
    -Wpedantic
    -Wshadow
    -Wconversion
    -Wsign-conversion
    -Wnon-virtual-dtor
    -Wold-style-cast
    -Wno-missing-field-initializers
)
