// Checks that a station's lake is whole.
#include "app/verbs/catalog_fsck.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/station.h"
#include "pluginlake/catalog/fsck.h"

namespace pluginlake::app {
namespace {

constexpr int kExitFindings = 5;

class CatalogFsck final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "catalog fsck",
            .help = "Check that every file the lake refers to is there and readable, and nothing is orphaned",
            .examples = {"pluginlake catalog fsck", "pluginlake catalog fsck --deep --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_flag("--deep", deep_, "Read every page of every file, not its end only");
  }

  int Run(const VerbContext& context) override {
    catalog::FsckRequest request{
        .deep = deep_, .progress = context.console.progress(), .cancellation = context.console.cancellation()};
    catalog::FsckReport report = catalog::Fsck(context.principal, context.host.station().writer(), request);
    if (context.flags.json) {
      PrintJson(context.console, Json(report));
    } else {
      context.console.Out(Text(report));
    }
    return report.findings.empty() ? 0 : kExitFindings;
  }

 private:
  static std::string Json(const catalog::FsckReport& report) {
    nlohmann::ordered_json findings = nlohmann::ordered_json::array();
    for (const catalog::Finding& finding : report.findings) {
      findings.push_back({{"code", finding.code}, {"subject", finding.subject}, {"message", finding.message}});
    }
    nlohmann::ordered_json document{{"clean", report.findings.empty()},
                                    {"files", report.files},
                                    {"bytes", report.bytes},
                                    {"snapshots", report.snapshots},
                                    {"snapshot_id", report.snapshot_id},
                                    {"findings", findings}};
    return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  static std::string Text(const catalog::FsckReport& report) {
    std::string text;
    for (const catalog::Finding& finding : report.findings) {
      text += fmt::format("{}: {}: {}\n", finding.code, finding.subject, finding.message);
    }
    constexpr double kMegabyte = 1e6;
    return text + fmt::format("{}: {} files, {:.1f} MB, {} snapshots, newest {}\n",
                              report.findings.empty() ? "clean" : fmt::format("{} findings", report.findings.size()),
                              report.files, static_cast<double>(report.bytes) / kMegabyte, report.snapshots,
                              report.snapshot_id);
  }

  bool deep_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeCatalogFsck() { return std::make_unique<CatalogFsck>(); }

}  // namespace pluginlake::app
