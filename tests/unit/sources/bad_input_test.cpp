// The hand-made files of tests/data/bad_input give the records and faults that expected.csv says, byte side and parser.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "pluginlake/sources/record_interpreter.h"
#include "pluginlake/sources/record_source.h"

namespace pluginlake::sources {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(PLUGINLAKE_TEST_DATA) / "bad_input";

struct Expected {
  std::string file;
  std::uint64_t received = 0;
  std::string reasons;
};

// The first nine columns have no quotes; a quoted file name would not be found, and the test would say so.
std::vector<Expected> ReadExpected() {
  std::ifstream csv(kFolder / "expected.csv");
  std::vector<Expected> expected;
  std::string line;
  std::getline(csv, line);
  while (std::getline(csv, line)) {
    std::vector<std::string> cells;
    const bool is_quoted = line.front() == '"';
    const std::size_t name_end = is_quoted ? line.find('"', 1) : line.find(',');
    cells.push_back(line.substr(is_quoted ? 1 : 0, name_end - (is_quoted ? 1 : 0)));
    std::istringstream rest(line.substr(name_end + (is_quoted ? 2 : 1)));
    for (std::string cell; std::getline(rest, cell, ',');) {
      cells.push_back(cell);
    }
    expected.push_back({.file = cells.at(0), .received = std::stoull(cells.at(2)), .reasons = cells.at(8)});
  }
  return expected;
}

struct Found {
  std::uint64_t received = 0;
  std::map<std::string, int> reasons;

  std::string Reasons() const {
    std::string text;
    for (const auto& [reason, count] : reasons) {
      text += (text.empty() ? "" : " ") + reason + ":" + std::to_string(count);
    }
    return text;
  }
};

Found Read(const fs::path& path, const RecordLimits& limits) {
  const InputPath input{.shown = path.string()};
  RecordSource source(FindInputFiles(std::span(&input, 1), FindSettings{}).files.at(0), limits);
  RecordInterpreter interpreter(fhir::ParserSettings{});
  RecordBlock block;
  Found found;
  while (source.Next(block)) {
    for (const Record& record : block.records()) {
      const Interpreted what = interpreter.Interpret(record);
      ++found.received;
      if (what.kind == RecordKind::kRejected) {
        ++found.reasons[std::string(what.reason_code)];
      }
    }
  }
  return found;
}

TEST(BadInput, GivesTheCountsAndReasonsExpected) {
  RecordLimits tiny;
  tiny.block_kb = 1;
  int read = 0;
  for (const Expected& expected : ReadExpected()) {
    const fs::path path = kFolder / "files" / expected.file;
    if (!fs::exists(path)) {
      continue;  // made from recipes.toml where the whole program is tested
    }
    ++read;
    for (const RecordLimits& limits : {RecordLimits{}, tiny}) {
      const Found found = Read(path, limits);
      EXPECT_EQ(found.received, expected.received) << expected.file;
      EXPECT_EQ(found.Reasons(), expected.reasons) << expected.file;
    }
  }
  EXPECT_GE(read, 75);
}

}  // namespace
}  // namespace pluginlake::sources
