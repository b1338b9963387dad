// Shows the versions of pluginlake and of every part it stands on; opens nothing.
#include "app/verbs/version.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <simdjson.h>
#include <spdlog/version.h>
#include <sqlite3.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>

#include "app/console.h"
#include "app/extension_folder.h"
#include "app/invocation.h"
#include "pluginlake/core/version.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::app {
namespace {

std::string PostgresVersion() {
  constexpr int kMajor = 10'000;
  return fmt::format("{}.{}", PQlibVersion() / kMajor, PQlibVersion() % kMajor);
}

nlohmann::ordered_json Parts() {
  return {{"duckdb", duck::LibraryVersion()},
          {"sqlite", sqlite3_libversion()},
          {"libpq", PostgresVersion()},
          {"simdjson", fmt::format("{}.{}.{}", simdjson::SIMDJSON_VERSION_MAJOR, simdjson::SIMDJSON_VERSION_MINOR,
                                   simdjson::SIMDJSON_VERSION_REVISION)},
          {"openssl", OpenSSL_version(OPENSSL_FULL_VERSION_STRING)},
          {"zlib", zlibVersion()},
          {"zstd", ZSTD_versionString()},
          {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
          {"spdlog", fmt::format("{}.{}.{}", SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH)},
          {"cli11", CLI11_VERSION}};
}

class Version final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "version",
            .help = "Show the versions of pluginlake and of all its parts",
            .examples = {"pluginlake version", "pluginlake version --json"},
            .needs = Needs::kNothing,
            .under_role = UnderRole::kAllowed};
  }

  void AddOptions(CLI::App&) override {}

  int Run(const VerbContext& context) override {
    nlohmann::ordered_json parts = Parts();
    std::string folder = ExtensionFolder(VariableOf(context.invocation, "PLUGINLAKE_EXTENSION_DIR"));
    for (const std::string& name : ExtensionNames()) {
      std::error_code ignored;
      bool present = std::filesystem::exists(ExtensionPath(folder, name), ignored);
      parts["extension " + name] = present ? duck::LibraryVersion() : "missing";
    }
    if (context.flags.json) {
      nlohmann::ordered_json document{
          {"pluginlake", core::kProgramVersion}, {"parts", parts}, {"extension_folder", folder}};
      PrintJson(context.console, document.dump());
      return 0;
    }
    std::string text = fmt::format("pluginlake {}\n", core::kProgramVersion);
    for (const auto& [name, version] : parts.items()) {
      text += fmt::format("  {:<28}{}\n", name, version.get<std::string>());
    }
    context.console.Out(text);
    return 0;
  }
};

}  // namespace

std::unique_ptr<Verb> MakeVersion() { return std::make_unique<Version>(); }

}  // namespace pluginlake::app
