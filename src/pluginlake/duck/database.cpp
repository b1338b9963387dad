// Opens DuckDB locked down to what a station needs and loads its extensions by path.
#include "pluginlake/duck/database.h"

#include <unistd.h>

#include <fmt/format.h>

#include <utility>

#include "pluginlake/duck/connection_impl.h"
#include "pluginlake/duck/database_impl.h"
#include "pluginlake/duck/translate.h"

namespace pluginlake::duck {
namespace {

void SetOption(duckdb_config config, const char* name, const std::string& value) {
  if (duckdb_set_config(config, name, value.c_str()) != DuckDBSuccess) {
    throw core::Error(core::ErrorKind::kInternal, "PL-0302", fmt::format("DuckDB refused its setting {}", name),
                      "The DuckDB in this build is not the one pluginlake was written for (v1.5.5).");
  }
}

RawConfig MakeConfig(const DatabaseSettings& settings) {
  RawConfig config;
  if (duckdb_create_config(config.out()) != DuckDBSuccess) {
    core::ThrowInternal("DuckDB has no memory for its settings", __FILE__, __LINE__);
  }
  SetOption(config.get(), "autoinstall_known_extensions", "false");
  SetOption(config.get(), "autoload_known_extensions", "false");
  SetOption(config.get(), "allow_community_extensions", "false");
  SetOption(config.get(), "allow_unsigned_extensions", "true");
  SetOption(config.get(), "preserve_insertion_order", "false");
  SetOption(config.get(), "memory_limit", fmt::format("{}MB", settings.memory_mb_max));
  SetOption(config.get(), "threads", std::to_string(settings.threads));
  SetOption(config.get(), "temp_directory", settings.temp_directory);
  if (settings.temp_mb_max > 0) {
    SetOption(config.get(), "max_temp_directory_size", fmt::format("{}MB", settings.temp_mb_max));
  }
  return config;
}

void LoadExtension(Connection& connection, const DatabaseSettings& settings, const std::string& name) {
  const std::string path = fmt::format("{}/{}.duckdb_extension", settings.extension_directory, name);
  if (::access(path.c_str(), R_OK) != 0) {
    throw core::Error(core::ErrorKind::kUnavailable, "PL-0301",
                      fmt::format("DuckDB's extension {} is missing: {}", name, path),
                      "Install pluginlake again, or name the folder of the extensions in PLUGINLAKE_EXTENSION_DIR.");
  }
  connection.Query("LOAD " + QuoteLiteral(path));
}

std::string Quoted(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (char c : text) {
    quoted.append(c == quote ? 2 : 1, c);
  }
  quoted.push_back(quote);
  return quoted;
}

}  // namespace

Database::Database(const DatabaseSettings& settings) : impl_(std::make_unique<Impl>()) {
  RawConfig config = MakeConfig(settings);
  char* message = nullptr;
  if (duckdb_open_ext(settings.path.c_str(), impl_->raw.out(), config.get(), &message) != DuckDBSuccess) {
    const std::string text = message == nullptr ? "unknown error" : message;
    duckdb_free(message);
    ThrowTranslated(DUCKDB_ERROR_IO, text, "DuckDB could not open");
  }
  Connection connection(*this);
  RegisterSourceFunction(connection.impl().raw.get(), impl_->sources);
  connection.Query("SET allow_persistent_secrets = false");
  for (const std::string& name : settings.extensions) {
    LoadExtension(connection, settings, name);
  }
}

Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Connection Database::Connect() { return Connection(*this); }

std::string LibraryVersion() { return duckdb_library_version(); }

std::string QuoteIdentifier(std::string_view name) { return Quoted(name, '"'); }

std::string QuoteLiteral(std::string_view text) { return Quoted(text, '\''); }

}  // namespace pluginlake::duck
