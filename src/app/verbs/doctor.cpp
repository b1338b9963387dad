// Says whether this machine and this station are ready.
#include "app/verbs/doctor.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/doctor_checks.h"
#include "app/verb_settings.h"

namespace pluginlake::app {
namespace {

constexpr int kExitFindings = 5;

struct StationFacts {
  std::string folder;  // empty = none here
  std::string name;
};

class Doctor final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "doctor",
            .help = "Say whether this machine and this station are ready, and how to mend what is not",
            .examples = {"pluginlake doctor", "pluginlake doctor --station my-station --json"},
            .needs = Needs::kFolder,
            .under_role = UnderRole::kAllowed};
  }

  void AddOptions(CLI::App&) override {}

  int Run(const VerbContext& context) override {
    core::LoadedSettings loaded = LoadVerbSettings(context.invocation, context.flags, context.station_folder);
    std::vector<DoctorCheck> checks = CheckMachine(loaded.settings);
    if (!context.station_folder.empty()) {
      std::vector<DoctorCheck> more = CheckStation(context.station_folder, loaded.settings);
      checks.insert(checks.end(), more.begin(), more.end());
    }
    StationFacts station{context.station_folder, loaded.settings.station.name};
    std::size_t findings = 0;
    for (const DoctorCheck& check : checks) {
      findings += check.ok ? 0 : 1;
    }
    context.console.Out(context.flags.json ? Json(station, checks, findings) : Text(station, checks, findings));
    return findings == 0 ? 0 : kExitFindings;
  }

 private:
  static std::string Json(const StationFacts& station, const std::vector<DoctorCheck>& checks, std::size_t findings) {
    nlohmann::ordered_json items = nlohmann::ordered_json::array();
    for (const DoctorCheck& check : checks) {
      items.push_back({{"name", check.name}, {"ok", check.ok}, {"message", check.message}, {"fix", check.fix}});
    }
    nlohmann::ordered_json document{
        {"ready", findings == 0}, {"findings", findings}, {"station", nullptr}, {"checks", items}};
    if (!station.folder.empty()) {
      document["station"] = station.folder;
      document["name"] = station.name;
    }
    return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  }

  static std::string Text(const StationFacts& station, const std::vector<DoctorCheck>& checks, std::size_t findings) {
    std::string text = "no station here; looking at the machine only\n";
    if (!station.folder.empty()) {
      text = fmt::format("station {}{}\n", station.name.empty() ? "" : station.name + ": ", station.folder);
    }
    for (const DoctorCheck& check : checks) {
      text += fmt::format("{}  {}: {}\n", check.ok ? "ok     " : "FINDING", check.name, check.message);
      text += check.ok ? "" : fmt::format("         fix: {}\n", check.fix);
    }
    return text + (findings == 0 ? std::string("ready\n") : fmt::format("{} findings\n", findings));
  }
};

}  // namespace

std::unique_ptr<Verb> MakeDoctor() { return std::make_unique<Doctor>(); }

}  // namespace pluginlake::app
