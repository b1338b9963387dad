// Writes the fictional vocabulary DEMO as Athena would deliver it: what the demo's codes mean, most of them.
#pragma once

#include <string>

namespace pluginlake::app::demo {

// Writes the ten files into `folder`, which is made. The concepts are numbered from 2,000,000,000; the codes that the
// demo's patients carry are mapped to them in SOURCE_TO_CONCEPT_MAP.csv, but for some that stay unmapped on purpose.
// Throws exhausted (PL-0901) if a file cannot be written.
void WriteVocabulary(const std::string& folder);

}  // namespace pluginlake::app::demo
