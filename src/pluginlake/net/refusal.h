// An Error on its way from the owner to a client.
#pragma once

#include <string>
#include <string_view>

#include "pluginlake/core/error.h"

namespace pluginlake::net {

// Returns the payload of a kRefused frame.
std::string EncodeRefusal(const core::Error& error);
// Returns the Error of such a payload; what cannot be read becomes unavailable (PL-0605).
core::Error DecodeRefusal(std::string_view payload);

}  // namespace pluginlake::net
