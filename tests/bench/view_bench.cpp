// Measures views over NDJSON of one resource type: MB per CPU second of the parse, of one view, of ten. Built on
// request only: view_bench FILE.ndjson VIEW.json
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/duck/built_chunk.h"
#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/view.h"
#include "pluginlake/fhir/view_evaluator.h"

namespace {

using pluginlake::duck::BuiltChunk;
using pluginlake::duck::Column;
using pluginlake::fhir::JsonTape;
using pluginlake::fhir::kKeptPadding;
using pluginlake::fhir::TapeLimits;
using pluginlake::fhir::View;
using pluginlake::fhir::ViewEvaluator;

constexpr int kRounds = 5;

double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

std::string ReadFile(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      lines.push_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Keeps the rows of each view in a chunk of its own, as a station's tables would take them.
class ChunkSink {
 public:
  explicit ChunkSink(const View& view) {
    std::vector<Column> columns;
    for (const auto& column : view.columns()) {
      columns.push_back({column.name, column.type});
    }
    chunk_ = std::make_unique<BuiltChunk>(columns);
  }
  void Take(const ViewEvaluator& evaluator, std::size_t view) {
    for (std::uint64_t row = 0; row < evaluator.RowCount(view); ++row) {
      evaluator.WriteRow(view, row, chunk_->writer(), filled_++, 0);
      if (filled_ == chunk_->writer().capacity()) {
        chunk_->Finish(filled_);
        chunk_->Reset();
        filled_ = 0;
      }
    }
  }

 private:
  std::unique_ptr<BuiltChunk> chunk_;
  std::uint64_t filled_ = 0;
};

// Prints the best of several rounds and returns its seconds.
double Measure(const char* what, double megabytes, const std::function<void()>& run) {
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    const double start = CpuSeconds();
    run();
    best = std::min(best, CpuSeconds() - start);
  }
  std::printf("%-28s %7.0f MB/CPU-s\n", what, megabytes / best);
  return best;
}

void Evaluate(const std::vector<std::string_view>& lines, const std::vector<const View*>& views, bool writes) {
  JsonTape tape(TapeLimits{});
  ViewEvaluator evaluator(views);
  std::vector<ChunkSink> sinks;
  for (const View* view : views) {
    sinks.emplace_back(*view);
  }
  for (const std::string_view line : lines) {
    if (evaluator.EvaluateText(line) != ViewEvaluator::TextOutcome::kEvaluated) {
      tape.Build(line);
      evaluator.Evaluate(tape);
    }
    for (std::size_t view = 0; writes && view < views.size(); ++view) {
      sinks[view].Take(evaluator, view);
    }
  }
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 3) {
    std::fprintf(stderr, "usage: view_bench FILE.ndjson VIEW.json\n");
    return 2;
  }
  std::string text = ReadFile(arguments[1]);
  const double megabytes = static_cast<double>(text.size()) / 1e6;
  text.append(kKeptPadding, '\n');
  const std::vector<std::string_view> lines = LinesOf(text);
  const auto view = View::Compile(ReadFile(arguments[2]));
  Measure("parse", megabytes, [&] {
    JsonTape tape(TapeLimits{});
    for (const std::string_view line : lines) {
      tape.Build(line);
    }
  });
  const double one_dry = Measure("parse, one view", megabytes, [&] { Evaluate(lines, {view.get()}, false); });
  const double one = Measure("parse, one view, chunks", megabytes, [&] { Evaluate(lines, {view.get()}, true); });
  const std::vector<const View*> ten(10, view.get());
  const double many_dry = Measure("parse, ten views", megabytes, [&] { Evaluate(lines, ten, false); });
  std::printf("ten views cost %.2f times one\n", many_dry / one_dry);
  const double many = Measure("parse, ten views, chunks", megabytes, [&] { Evaluate(lines, ten, true); });
  std::printf("ten views with chunks cost %.2f times one\n", many / one);
  return 0;
}
