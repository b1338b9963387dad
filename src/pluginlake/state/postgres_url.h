// Reads a postgres:// URL: where the server is, without its secret.
#pragma once

#include <string>

namespace pluginlake::state {

// Returns "host:port/database" of a URL, for messages: never the user's password. Throws invalid_input (PL-0512) if the
// URL cannot be read; the message does not repeat it.
std::string PlaceOf(const std::string& url);

// Returns `text` with the URL's password, if it has one, replaced by "***", cut to its first line.
std::string WithoutSecret(const std::string& url, const std::string& text);

}  // namespace pluginlake::state
