// A view over several files pulled by several threads: each resource once, errors as they were thrown.
#include "pluginlake/sources/view_source.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "cut_text.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/fhir/view.h"

namespace pluginlake::sources {
namespace {

constexpr int kPerFile = 4000;
constexpr std::uint32_t kThreads = 4;

std::string Lines(int first) {
  std::string lines;
  for (int i = first; i < first + kPerFile; ++i) {
    lines += R"({"resourceType":"Observation","id":"o)" + std::to_string(i) +
             R"(","component":[{"valueString":"a"},{"valueString":"b"}]})" + "\n";
  }
  return lines;
}

class ViewSourceTest : public testing::Test {
 protected:
  ViewSourceTest() {
    for (const TemporaryFile* file : {&plain_, &packed_}) {
      Add(file->path());
    }
  }
  void Add(const std::string& path) {
    const InputPath input{.shown = path};
    files_.push_back(FindInputFiles(std::span(&input, 1), FindSettings{}).files.at(0));
  }
  ViewRun Run() {
    return {.view = *view_,
            .files = files_,
            .records = SmallLimits(),
            .reading = {},
            .counts = counts_,
            .progress = progress_,
            .cancellation = cancellation_};
  }
  std::optional<std::int64_t> Ask(const ViewRun& run, const std::string& question) {
    duck::Database database{duck::DatabaseSettings{.threads = kThreads}};
    duck::Connection connection = database.Connect();
    ViewSource source(run);
    duck::SourceTable table(connection, source, kThreads);
    table.Run(connection, "CREATE TABLE t AS FROM pluginlake_source(" + std::to_string(table.number()) + ")", {});
    return connection.QueryInt64("SELECT " + question + " FROM t");
  }

  TemporaryFile plain_{".ndjson", Lines(0)};
  TemporaryFile packed_{".ndjson.gz", Gzipped(Lines(kPerFile))};
  TemporaryFile broken_{".ndjson", "{\"resourceType\":\"Observation\"}\n{\"resourceType\":\"Observation\",\n"};
  std::shared_ptr<const fhir::View> view_ = fhir::View::Compile(R"view({"resource":"Observation","select":[
    {"column":[{"name":"id","path":"id"}]},
    {"forEach":"component","column":[{"name":"v","path":"value.ofType(string)"}]}]})view");
  std::vector<InputFile> files_;
  ViewCounts counts_;
  core::NoProgress progress_;
  core::Cancellation cancellation_;
};

TEST_F(ViewSourceTest, GivesEachRowOnceToSeveralThreads) {
  EXPECT_EQ(Ask(Run(), "count(*)"), 4 * kPerFile);
  EXPECT_EQ(Ask(Run(), "count(DISTINCT id || v)"), 4 * kPerFile);
  EXPECT_EQ(counts_.resources.load(), 4U * kPerFile);  // of both questions
}

TEST_F(ViewSourceTest, AnErrorComesOutAsItWasThrown) {
  Add(broken_.path());
  try {
    Ask(Run(), "count(*)");
    FAIL() << "the broken line was taken";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), "PL-0830");
    EXPECT_NE(std::string(error.what()).find("line 2"), std::string::npos);
  }
  ViewRun run = Run();
  run.reading.skip_errors = true;
  EXPECT_EQ(Ask(run, "count(*)"), 4 * kPerFile);
  EXPECT_EQ(counts_.skipped.load(), 1U);
}

TEST_F(ViewSourceTest, TheBeginningIsCheckedAsFarAsAskedFor) {
  Add(broken_.path());
  CheckBeginning(Run(), 1000, kThreads);
  EXPECT_THROW(CheckBeginning(Run(), std::uint64_t{1} << 30, kThreads), core::Error);
  EXPECT_EQ(counts_.resources.load(), 0U);
}

TEST_F(ViewSourceTest, ACancelledRunIsInterrupted) {
  cancellation_.Request();
  EXPECT_THROW(CheckBeginning(Run(), 1000, kThreads), core::Interrupted);
  EXPECT_THROW(Ask(Run(), "count(*)"), core::Interrupted);
}

}  // namespace
}  // namespace pluginlake::sources
