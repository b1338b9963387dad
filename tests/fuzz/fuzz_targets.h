// What is fuzzed: each takes any bytes and must neither crash nor contradict itself.
#pragma once

#include <string_view>

namespace pluginlake::fuzz {

// Reads the bytes as a resource; if it is sound, its stored body must read the same, and views over it must give the
// same rows straight from the text as from the tape.
void ReadResource(std::string_view bytes);

// Parses the bytes as FHIRPath; what is accepted is compiled as a column and evaluated.
void ParseFhirPath(std::string_view bytes);

// Compiles the bytes as a ViewDefinition; what is accepted is evaluated over sample resources.
void CompileView(std::string_view bytes);

}  // namespace pluginlake::fuzz
