// Removes old snapshots.
#include "app/verbs/catalog_expire.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

#include "app/console.h"
#include "app/station.h"
#include "pluginlake/catalog/maintenance.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/settings.h"
#include "pluginlake/orchestration/runner.h"

namespace pluginlake::app {
namespace {

class CatalogExpire final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "catalog expire",
            .help = "Remove old snapshots; never the newest, and none that a consumer still has to read from",
            .examples = {"pluginlake catalog expire --older-than-days 90"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("--older-than-days", older_than_days_, "Age from which a snapshot goes; default 30")
        ->type_name("DAYS")
        ->check(CLI::Range(0, 36'500));
  }

  int Run(const VerbContext& context) override {
    Station& station = context.host.station();
    auto days_min = static_cast<std::int64_t>(context.settings.catalog.expire_days_min);
    if (older_than_days_ < days_min) {
      throw core::Error(
          core::ErrorKind::kInvalidInput, "PL-0214",
          fmt::format("Snapshots younger than {} days are never expired\ncatalog.expire_days_min says so", days_min),
          fmt::format("Ask for at least {} days, or lower catalog.expire_days_min.", days_min));
    }
    catalog::ExpireRequest request{.older_than_days = older_than_days_,
                                   .lowest_cursor = station.runner().LowestCursor(context.principal)};
    Answer(context, catalog::Expire(context.principal, station.writer(), request));
    return 0;
  }

 private:
  static void Answer(const VerbContext& context, const catalog::ExpireReport& report) {
    if (context.flags.json) {
      nlohmann::ordered_json document{{"expired", report.expired}, {"files_removed", report.files_removed}};
      PrintJson(context.console, document.dump());
      return;
    }
    context.console.Out(
        fmt::format("snapshots expired: {}, files removed: {}\n", report.expired.size(), report.files_removed));
  }

  std::int64_t older_than_days_ = 30;
};

}  // namespace

std::unique_ptr<Verb> MakeCatalogExpire() { return std::make_unique<CatalogExpire>(); }

}  // namespace pluginlake::app
