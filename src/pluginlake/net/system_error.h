// Turns an errno of the station's lock and socket into the Error a person can act on.
#pragma once

#include <string>
#include <string_view>

namespace pluginlake::net {

// Throws Error: denied (rights, read-only), exhausted (disk, descriptors, memory), not_found, else unavailable.
// `what` is followed by `path` and the system's own words.
[[noreturn]] void ThrowSystemError(int error_number, std::string_view code, std::string_view what,
                                   const std::string& path);

}  // namespace pluginlake::net
