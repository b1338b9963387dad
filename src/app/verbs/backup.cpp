// Writes a station into one file.
#include "app/verbs/backup.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/backup/station_backup.h"
#include "app/console.h"
#include "app/invocation.h"
#include "app/station.h"

namespace pluginlake::app {
namespace {

class Backup final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "backup",
            .help = "Write the whole station into one file, as of one moment, while ingest goes on",
            .examples = {"pluginlake backup station.tar", "pluginlake backup station.tar.zst --replace"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("FILE", file_, "The archive to write (tar; compressed if the name ends in .zst)")->required();
    app.add_flag("--replace", replace_, "Write over a file of that name once the new one is whole");
  }

  int Run(const VerbContext& context) override {
    const std::string path = AbsolutePath(context.invocation, file_);
    const BackupReport report = BackUpStation(
        context.host.station(), {.archive = {.path = path, .replace = replace_, .compress = path.ends_with(".zst")},
                                 .progress = context.console.progress(),
                                 .cancellation = context.console.cancellation()});
    if (context.flags.json) {
      const nlohmann::ordered_json document{
          {"file", path}, {"bytes", report.bytes}, {"snapshot_id", report.snapshot_id}, {"data_files", report.files}};
      PrintJson(context.console, document.dump());
      return 0;
    }
    context.console.Out(fmt::format("{}: snapshot {}, {} data files, {} bytes\n", path, report.snapshot_id,
                                    report.files, report.bytes));
    return 0;
  }

 private:
  std::string file_;
  bool replace_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeBackup() { return std::make_unique<Backup>(); }

}  // namespace pluginlake::app
