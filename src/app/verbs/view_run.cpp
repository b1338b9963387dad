// Compiles the view, finds the files, and writes the rows in the format asked for.
#include "app/verbs/view_run.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

#include "app/console.h"
#include "app/invocation.h"
#include "app/output/format_name.h"
#include "app/output/terminal.h"
#include "app/room_settings.h"
#include "app/view/view_parquet.h"
#include "app/view/view_text.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/settings.h"
#include "pluginlake/fhir/view.h"

namespace pluginlake::app {
namespace {

using core::Error;
using core::ErrorKind;

constexpr std::uint64_t kCheckedBytes = std::uint64_t{16} << 20;  // contract: an error in them leaves stdout empty
constexpr int kExitPartial = 8;
constexpr std::uint32_t kThreadsMax = 256;
constexpr std::array<std::string_view, 5> kFormats = {"table", "json", "ndjson", "csv", "parquet"};

class ViewRun final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "view run",
            .help = "Flatten FHIR files with a SQL-on-FHIR v2 ViewDefinition",
            .examples = {"pluginlake view run patient.json --from export/",
                         "pluginlake view run patient.json --from Patient.ndjson.gz --format csv -o patients.csv",
                         "pluginlake view run labs.json --from 'export/Observation*.ndjson' -o labs.parquet"},
            .needs = Needs::kNothing};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("VIEW", view_, "The ViewDefinition, a JSON file; - = standard input")->required();
    app.add_option("--from", from_, "Files, folders or globs: .json and .ndjson, each also .gz or .zst")
        ->type_name("PATH")
        ->required();
    app.add_option("--format", format_, "ndjson, json, csv, parquet or table (default); else what FILE of -o ends in")
        ->type_name("FORMAT");
    app.add_option("-o,--output", output_, "Write to FILE, which appears when all went well")->type_name("FILE");
    app.add_flag("--strict", strict_, "An element of another JSON type than FHIR's is an error, not NULL");
    app.add_flag("--skip-errors", skip_errors_, "Leave out what cannot be evaluated, and say how much that was");
    app.add_option("--threads", threads_, "How many threads work (default: one a core)")
        ->check(CLI::Range(std::uint32_t{0}, kThreadsMax));
  }

  std::vector<std::string> input_paths() const override {
    std::vector<std::string> paths{view_ == "-" ? "/dev/stdin" : view_};
    paths.insert(paths.end(), from_.begin(), from_.end());
    return paths;
  }
  std::optional<std::string> output_path() const override {
    return output_.empty() ? std::nullopt : std::optional(output_);
  }

  int Run(const VerbContext& context) override {
    const std::string format = FormatName(context, {.format = format_, .output = output_, .formats = kFormats});
    const std::shared_ptr<const fhir::View> view = fhir::View::Compile(ReadView(context.invocation.paths.at(0)));
    RefuseLake(context.invocation);
    const sources::IngestSettings settings = IngestSettingsOf(context.settings);
    const sources::InputSet input = FindFiles(context.invocation, settings.find);
    for (const std::string& warning : view->warnings()) {
      Say(context, "note: " + warning);
    }
    sources::ViewCounts counts;
    const sources::ViewRun run{
        .view = *view,
        .files = input.files,
        .records = settings.records,
        .reading = {.tape = {.depth_max = settings.parser.depth_max, .nodes_max = settings.parser.elements_max},
                    .refuse_unexpected = strict_,
                    .skip_errors = skip_errors_},
        .counts = counts,
        .progress = context.console.progress(),
        .cancellation = context.console.cancellation()};
    Write(run, format, context);
    return Tell(counts, input, context);
  }

 private:
  static std::string ReadView(const PathArgument& path);
  static void RefuseLake(const Invocation& invocation);
  static sources::InputSet FindFiles(const Invocation& invocation, const sources::FindSettings& settings);
  void Write(const sources::ViewRun& run, const std::string& format, const VerbContext& context) const;
  static int Tell(const sources::ViewCounts& counts, const sources::InputSet& input, const VerbContext& context);
  static void Say(const VerbContext& context, const std::string& text) {
    if (!context.flags.quiet) {
      context.console.Err(text + "\n");
    }
  }

  std::string view_, format_, output_;
  std::vector<std::string> from_;
  bool strict_ = false;
  bool skip_errors_ = false;
  std::uint32_t threads_ = 0;
};

// Reads one byte more than a view may have: the compiler says that it is too large.
std::string ViewRun::ReadView(const PathArgument& path) {
  constexpr std::size_t kViewBytesMax = std::size_t{4} << 20;
  const std::string name = path.descriptor >= 0 ? fmt::format("/proc/self/fd/{}", path.descriptor) : path.absolute;
  std::ifstream in(name, std::ios::binary);
  std::string text(kViewBytesMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (!in.eof() && text.empty()) {
    throw Error(ErrorKind::kNotFound, "PL-0236", fmt::format("The view cannot be read: {}", path.shown),
                "Name a file with a ViewDefinition.");
  }
  return text;
}

void ViewRun::RefuseLake(const Invocation& invocation) {
  std::error_code ignored;
  if (invocation.paths.size() == 2 && invocation.paths[1].shown == "lake" &&
      !std::filesystem::exists(invocation.paths[1].absolute, ignored)) {
    throw Error(ErrorKind::kInvalidInput, "PL-0235", "`view run` reads files; --from lake comes with a later version",
                "Name FHIR files or folders. What the station's views hold is read by `pluginlake query`.");
  }
}

sources::InputSet ViewRun::FindFiles(const Invocation& invocation, const sources::FindSettings& settings) {
  std::vector<sources::InputPath> paths;
  for (std::size_t i = 1; i < invocation.paths.size(); ++i) {
    const PathArgument& path = invocation.paths[i];
    paths.push_back({.shown = path.shown, .descriptor = path.descriptor, .absolute = path.absolute});
  }
  return sources::FindInputFiles(paths, settings);
}

void ViewRun::Write(const sources::ViewRun& run, const std::string& format, const VerbContext& context) const {
  const std::uint32_t threads = ThreadsOf(threads_);
  Console& console = context.console;
  if (format == "parquet") {
    const std::string temporary = VariableOf(context.invocation, "TMPDIR");
    const std::string folder =
        output_.empty() ? (temporary.empty() ? "/tmp" : temporary)
                        : std::filesystem::path(AbsolutePath(context.invocation, output_)).parent_path().string();
    WriteViewParquet(run, {.folder = folder, .threads = threads}, console);
    return;
  }
  const bool is_streamed = output_.empty();
  if (is_streamed && !skip_errors_) {
    CheckBeginning(run, kCheckedBytes, threads);
  }
  const RowFormat row_format = format == "json"     ? RowFormat::kJson
                               : format == "ndjson" ? RowFormat::kNdjson
                               : format == "csv"    ? RowFormat::kCsv
                                                    : RowFormat::kTable;
  const RowsWritten written =
      WriteViewText(run, {.format = row_format, .threads = threads, .style = StdoutStyle(context)},
                    [&console](std::string_view text) { console.Out(text); });
  if (row_format == RowFormat::kTable) {
    Say(context, fmt::format("({} row{}{})", written.rows, written.rows == 1 ? "" : "s",
                             written.remark.empty() ? "" : "; " + written.remark + "; --format csv has all"));
  }
}

// Says what was not as it should be, and returns the exit code.
int ViewRun::Tell(const sources::ViewCounts& counts, const sources::InputSet& input, const VerbContext& context) {
  int exit_code = 0;
  for (const sources::InputFile& file : input.files) {
    if (!file.error.empty()) {
      Say(context, fmt::format("warning: not read: {}, {}", file.shown, file.error));
      exit_code = kExitPartial;
    }
  }
  if (const std::uint64_t unexpected = counts.unexpected.load(); unexpected > 0) {
    Say(context, fmt::format("warning: {} element{} of another JSON type than FHIR R4 gives: NULL in the rows",
                             unexpected, unexpected == 1 ? " is" : "s are"));
  }
  if (const std::uint64_t skipped = counts.skipped.load(); skipped > 0) {
    Say(context, fmt::format("warning: {} record{} left out", skipped, skipped == 1 ? "" : "s"));
  }
  return exit_code;
}

}  // namespace

std::unique_ptr<Verb> MakeViewRun() { return std::make_unique<ViewRun>(); }

}  // namespace pluginlake::app
