// The folder of a demo station: marked as one, so that the next demo may replace it and nothing else.
#pragma once

#include <string>

#include "app/demo/inbox.h"

namespace pluginlake::app::demo {

// Empties `folder` (absolute) if a demo made it before; does nothing if it is empty or not there. Throws conflict:
// PL-0910 for a folder that no demo made or that holds something else by now, PL-0911 while a process owns it.
void ClearDemoFolder(const std::string& folder);

// Marks a new station as a demo's, and lays questions in SQL beside the inbox.
void MarkDemoFolder(const std::string& folder, const InboxSettings& settings);

}  // namespace pluginlake::app::demo
