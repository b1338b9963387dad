// Reads a postgres:// URL with libpq's own parser.
#include "pluginlake/state/postgres_url.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <map>
#include <string_view>

#include "pluginlake/core/error.h"
#include "pluginlake/state/handle.h"

namespace pluginlake::state {
namespace {

using OptionsHandle = Handle<PQconninfoOption, PQconninfoFree>;

std::map<std::string, std::string> OptionsOf(const std::string& url) {
  char* message = nullptr;
  OptionsHandle options(PQconninfoParse(url.c_str(), &message));
  PQfreemem(message);
  if (!options) {
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-0512", "The PostgreSQL URL of this station cannot be read.",
                      "Write it as postgres://USER@HOST:PORT/DATABASE; percent-encode special characters.");
  }
  std::map<std::string, std::string> values;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) {
      values[option->keyword] = option->val;
    }
  }
  return values;
}

}  // namespace

std::string PlaceOf(const std::string& url) {
  std::map<std::string, std::string> options = OptionsOf(url);
  std::string host = options.contains("host") ? options["host"] : options["hostaddr"];
  std::string port = options.contains("port") ? options["port"] : "5432";
  return fmt::format("{}:{}/{}", host.empty() ? "localhost" : host, port, options["dbname"]);
}

std::string WithoutSecret(const std::string& url, const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  std::string secret = OptionsOf(url)["password"];
  if (secret.empty()) {
    return line;
  }
  for (auto at = line.find(secret); at != std::string::npos; at = line.find(secret, at + 3)) {
    line.replace(at, secret.size(), "***");
  }
  return line;
}

}  // namespace pluginlake::state
