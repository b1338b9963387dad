// The demo's inbox is the same every time, belongs to nobody, and counts what it promises.
#include "app/demo/inbox.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "app/demo/person.h"

namespace pluginlake::app::demo {
namespace {

namespace fs = std::filesystem;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class DemoInbox : public ::testing::Test {
 protected:
  DemoInbox() : folder_(fs::temp_directory_path() / ("pluginlake-inbox-" + std::to_string(::getpid()))) {}
  ~DemoInbox() override { fs::remove_all(folder_); }

  Inbox Write(const std::string& name, std::uint64_t patients) {
    return WriteInbox({.directory = (folder_ / name).string(), .patients = patients});
  }
  fs::path folder_;
};

TEST_F(DemoInbox, IsTheSameEveryTime) {
  const Inbox first = Write("first", 30);
  const Inbox second = Write("second", 30);
  ASSERT_EQ(first.files, second.files);
  for (const std::string& file : first.files) {
    EXPECT_EQ(ReadAll(folder_ / "first" / file), ReadAll(folder_ / "second" / file)) << file;
  }
}

TEST_F(DemoInbox, HasMorePatientsBehindTheSameFirstOnes) {
  Write("few", 5);
  Write("many", 9);
  const std::string few = ReadAll(folder_ / "few" / "Immunization.ndjson");
  EXPECT_TRUE(ReadAll(folder_ / "many" / "Immunization.ndjson").starts_with(few));
}

TEST_F(DemoInbox, CountsWhatItWrote) {
  const Inbox inbox = Write("hundred", 100);
  std::uint64_t received = 0;
  for (const std::string& file : inbox.files) {
    const std::string text = ReadAll(folder_ / "hundred" / file);
    received += file.ends_with(".ndjson") ? static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'))
                                          : nlohmann::json::parse(text)["entry"].size();
  }
  EXPECT_EQ(received, inbox.expected.received);
  EXPECT_EQ(inbox.expected.quarantined, 9u);
  EXPECT_EQ(inbox.expected.deleted, 1u);
  EXPECT_EQ(inbox.expected.superseded, 3u);
  EXPECT_EQ(inbox.expected.unchanged, 12u);
  EXPECT_GT(inbox.expected.stored, 5000u);
}

TEST_F(DemoInbox, HoldsNobodysNumber) {
  Write("people", 200);
  std::ifstream patients(folder_ / "people" / "Patient.ndjson");
  std::set<std::string> numbers;
  for (std::string line; std::getline(patients, line);) {
    const auto patient = nlohmann::json::parse(line);
    if (!patient.contains("identifier")) continue;
    const std::string number = patient["identifier"][0]["value"];
    EXPECT_FALSE(PassesElfproef(number)) << number;
    EXPECT_TRUE(numbers.insert(number).second) << number;
  }
  EXPECT_EQ(numbers.size(), 190u);
}

TEST(Elfproef, KnowsAPassingNumber) {
  EXPECT_TRUE(PassesElfproef("111222333"));
  EXPECT_FALSE(PassesElfproef("111222334"));
}

}  // namespace
}  // namespace pluginlake::app::demo
