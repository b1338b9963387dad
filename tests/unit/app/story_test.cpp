// The demo's story says what the counts say, and fits a terminal.
#include "app/demo/story.h"

#include <gtest/gtest.h>

#include "app/output/display_width.h"

namespace pluginlake::app::demo {
namespace {

StoryFacts Facts() {
  StoryFacts facts{.folder = "/srv/demo-station", .folder_shown = "demo-station", .patients = 1200, .seconds = 1.5};
  facts.inbox.files = {"Patient.ndjson"};
  facts.inbox.bytes = 2'000'000;
  facts.ingest.counts = {.received = 1203, .stored = 1200, .unchanged = 1, .quarantined = 2};
  facts.ingest.types["Patient"] = {.received = 1202, .stored = 1200, .unchanged = 1, .quarantined = 1};
  facts.ingest.snapshot_id = 3;
  facts.ingest.problems = {{"inbox/Patient.ndjson", 12, "invalid_id", "The id is not one that FHIR allows"}};
  facts.diagnoses = {{"Hoge bloeddruk", "2000000001", 40}, {"Astma", "2000000002", 10}};
  facts.accounts = {{"Condition", 60, 50, 0, 10, 0}};
  facts.unmapped = {{"X99", "Iets zonder kaart", "Condition", 12, 9}};
  facts.origin = {1048577, "Hoge bloeddruk", "Condition/con-00001", 1, "code system|I10 1 1", "inbox/Condition.ndjson",
                  7};
  return facts;
}

TEST(Story, AddsUp) {
  const std::string story = StoryText(Facts(), {});
  EXPECT_NE(story.find("1,203 = 1,200 + 1 + 0 + 0 + 2"), std::string::npos);
  EXPECT_NE(story.find("(type not readable)"), std::string::npos);
  EXPECT_NE(story.find("inbox/Patient.ndjson    12  invalid_id"), std::string::npos);
  EXPECT_EQ(story.find('\x1b'), std::string::npos);
}

TEST(Story, KeepsTablesWithinTheTerminal) {
  const std::string story = StoryText(Facts(), {.width_max = 80});
  std::string_view rest = story;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    EXPECT_LE(DisplayWidth(line), 112u) << line;
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
}

}  // namespace
}  // namespace pluginlake::app::demo
