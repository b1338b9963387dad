// Splits and joins PostgreSQL URLs.
#include "app/catalog_url.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "pluginlake/core/error.h"
#include "pluginlake/core/settings_table.h"

namespace pluginlake::app {
namespace {

constexpr std::array<std::string_view, 2> kSchemes{"postgres://", "postgresql://"};

// Parts of a URL as they stand in it, still percent-encoded.
struct UrlParts {
  std::string user, password, host, port, database, parameters;
};

std::string Encoded(std::string_view text) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (char letter : text) {
    encoded += kPlain.find(letter) != std::string_view::npos
                   ? std::string(1, letter)
                   : fmt::format("%{:02X}", static_cast<unsigned char>(letter));
  }
  return encoded;
}

// Takes what stands before `mark` off the front of `text`, and the mark; all of it if there is none.
std::string_view TakeUntil(std::string_view& text, char mark) {
  std::size_t at = text.find(mark);
  std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

// `rest` is the URL without its scheme.
UrlParts Split(std::string_view rest) {
  UrlParts parts;
  std::string_view path = TakeUntil(rest, '?');
  parts.parameters = rest;
  std::string_view authority = TakeUntil(path, '/');
  parts.database = path;
  std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) {
    std::string_view who = authority.substr(0, at);
    parts.user = TakeUntil(who, ':');
    parts.password = who;
    authority.remove_prefix(at + 1);
  }
  std::size_t colon = authority.rfind(':');
  bool has_port = colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
  parts.host = authority.substr(0, has_port ? colon : authority.size());
  parts.port = has_port ? authority.substr(colon + 1) : std::string_view();
  return parts;
}

std::string Join(const UrlParts& parts) {
  std::string who = parts.user + (parts.password.empty() ? "" : ":" + parts.password);
  return fmt::format("postgres://{}{}{}{}{}/{}{}{}", who, who.empty() ? "" : "@", parts.host,
                     parts.port.empty() ? "" : ":", parts.port, parts.database, parts.parameters.empty() ? "" : "?",
                     parts.parameters);
}

std::string WithSettings(std::string_view rest, const core::Settings::Postgres& settings) {
  UrlParts parts = Split(rest);
  auto replace = [](std::string& part, const std::string& setting) {
    if (!setting.empty()) {
      part = Encoded(setting);
    }
  };
  replace(parts.host, settings.host);
  replace(parts.user, settings.user);
  replace(parts.password, settings.password);
  replace(parts.database, settings.database);
  replace(parts.port, settings.port == 0 ? "" : std::to_string(settings.port));
  return Join(parts);
}

}  // namespace

std::string CatalogOf(const core::Settings& settings) {
  const std::string& catalog = settings.station.catalog;
  if (catalog == "sqlite") {
    return catalog;
  }
  for (std::string_view scheme : kSchemes) {
    if (catalog.starts_with(scheme)) {
      return WithSettings(std::string_view(catalog).substr(scheme.size()), settings.postgres);
    }
  }
  throw core::Error(
      core::ErrorKind::kInvalidInput, "PL-0212",
      fmt::format("This kind of catalog is not known\nstation.catalog is {}", core::WithoutPassword(catalog)),
      "Use sqlite, or postgres://user@host:port/database.");
}

std::string StateOf(const core::Settings& settings) {
  return settings.station.state.empty() ? CatalogOf(settings) : settings.station.state;
}

}  // namespace pluginlake::app
