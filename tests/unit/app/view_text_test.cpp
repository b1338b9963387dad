// Threads that spell rows hand them over in the order of the input, whoever is first.
#include "app/view/view_text.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/fhir/view.h"

namespace pluginlake::app {
namespace {

constexpr int kResources = 6000;

class ViewTextTest : public testing::Test {
 protected:
  ViewTextTest() {
    std::string lines;
    for (int i = 0; i < kResources; ++i) {
      lines += R"({"resourceType":"Patient","id":"p)" + std::to_string(i) + R"(","name":[{"given":["x","y"]}]})" + "\n";
    }
    Write("1.ndjson", lines);
  }
  ~ViewTextTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / name) << text;
    const sources::InputPath input{.shown = (folder_ / name).string()};
    files_.push_back(sources::FindInputFiles(std::span(&input, 1), {}).files.at(0));
  }
  std::string Text(RowFormat format, std::uint32_t threads) {
    std::string text;
    const sources::ViewRun run{.view = *view_,
                               .files = files_,
                               .records = {.block_kb = 4},
                               .reading = {},
                               .counts = counts_,
                               .progress = progress_,
                               .cancellation = cancellation_};
    WriteViewText(run, {.format = format, .threads = threads, .style = {}},
                  [&text](std::string_view piece) { text += piece; });
    return text;
  }

  // Of this test alone: others of the suite run beside it, in processes of their own.
  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      (std::string("view_text_") + testing::UnitTest::GetInstance()->current_test_info()->name());
  std::vector<sources::InputFile> files_;
  std::shared_ptr<const fhir::View> view_ = fhir::View::Compile(R"({"resource":"Patient","select":[
    {"column":[{"name":"id","path":"id"}]},{"forEach":"name.given","column":[{"name":"g","path":"$this"}]}]})");
  sources::ViewCounts counts_;
  core::NoProgress progress_;
  core::Cancellation cancellation_;
};

TEST_F(ViewTextTest, IsTheSameWithManyThreads) {
  std::string expected;
  for (int i = 0; i < kResources; ++i) {
    const std::string id = "p" + std::to_string(i);
    expected += R"({"id":")" + id + R"(","g":"x"})" + "\n" + R"({"id":")" + id + R"(","g":"y"})" + "\n";
  }
  EXPECT_EQ(Text(RowFormat::kNdjson, 1), expected);
  EXPECT_EQ(Text(RowFormat::kNdjson, 8), expected);
  EXPECT_EQ(Text(RowFormat::kJson, 8), Text(RowFormat::kJson, 1));
  EXPECT_EQ(Text(RowFormat::kCsv, 8), Text(RowFormat::kCsv, 1));
}

TEST_F(ViewTextTest, AnErrorEndsAllThreads) {
  Write("2.ndjson", "{broken\n");
  EXPECT_THROW(Text(RowFormat::kNdjson, 8), core::Error);
  cancellation_.Request();
  EXPECT_THROW(Text(RowFormat::kNdjson, 8), core::Interrupted);
}

}  // namespace
}  // namespace pluginlake::app
