// Reads the frame of one Bundle entry: where its resource lies, its fullUrl and request; order of members is free.
#pragma once

#include <string_view>

namespace pluginlake::sources {

// Views into the scanned bytes; empty = not there. Strings stand without quotes, escapes still in them.
struct EntryParts {
  std::string_view resource;
  std::string_view full_url;
  std::string_view method;
  std::string_view request_url;
  std::string_view fault_code;  // the frame is broken or of the wrong types: wrong_type, duplicate_key, invalid_json
  std::string_view fault_message;
};

// Reads the entry at `p`, which points at its first byte. Returns the byte behind it, or nullptr when [p, end) ends
// within it. An entry that is not an object comes back with a fault. The bytes of the resource are not looked at.
const char* ScanEntry(const char* p, const char* end, EntryParts& parts);

}  // namespace pluginlake::sources
