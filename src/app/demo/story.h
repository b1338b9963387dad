// Tells a person at a terminal what the demo did.
#pragma once

#include <string>

#include "app/demo/story_facts.h"
#include "app/output/table_layout.h"

namespace pluginlake::app::demo {

// Returns the story: what came in, what was refused, what was written, one question answered, where a resource comes
// from, what to type next.
std::string StoryText(const StoryFacts& facts, TableStyle style);

}  // namespace pluginlake::app::demo
