// Whatever JSON, white space and read sizes chance brings: the records are those that a full JSON parser finds.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "cut_text.h"
#include "pluginlake/sources/container_skipper.h"
#include "pluginlake/sources/padded_buffer.h"

namespace pluginlake::sources {
namespace {

using nlohmann::ordered_json;

class RandomJson {
 public:
  explicit RandomJson(unsigned seed) : random_(seed) {}

  std::size_t Below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
  std::string Blank() {
    std::string blank;
    for (std::size_t i = Below(8) == 0 ? Below(100) : Below(3); i > 0; --i) {
      blank += " \n\t\r"[Below(4)];
    }
    return blank;
  }
  std::string Text() {
    static const std::vector<std::string> kPieces{"a", "\\", "\"", "{",      "}",    "[", "]",
                                                  ",", ":",  "\n", "\u00e9", "\\\\", "x"};
    std::string text;
    for (std::size_t i = Below(12) == 0 ? Below(150) : Below(6); i > 0; --i) {
      text += kPieces[Below(kPieces.size())];
    }
    return text;
  }
  ordered_json Value(int depth) {
    switch (Below(depth > 4 ? 4 : 7)) {
      case 0:
        return Text();
      case 1:
        return Below(100000);
      case 2:
        return true;
      case 3:
        return nullptr;
      case 4:
        return List(depth);
      default:
        return Object(depth);
    }
  }
  ordered_json List(int depth) {
    ordered_json list = ordered_json::array();
    for (std::size_t i = Below(4); i > 0; --i) {
      list.push_back(Value(depth + 1));
    }
    return list;
  }
  ordered_json Object(int depth) {
    ordered_json object = ordered_json::object();
    for (std::size_t i = Below(5); i > 0; --i) {
      object["k" + Text()] = Value(depth + 1);
    }
    return object;
  }
  // Writes `value` with random white space between its tokens.
  std::string Write(const ordered_json& value) {
    std::string out = Blank();
    if (value.is_object() || value.is_array()) {
      out += value.is_object() ? '{' : '[';
      bool first = true;
      for (const auto& item : value.items()) {
        out += first ? Blank() : Blank() + ",";
        first = false;
        out += value.is_object() ? Blank() + ordered_json(item.key()).dump() + Blank() + ":" : "";
        out += Write(item.value());
      }
      out += Blank() + (value.is_object() ? '}' : ']');
    } else {
      out += value.dump();
    }
    return out + Blank();
  }
  ordered_json Entry() {
    std::vector<std::pair<std::string, ordered_json>> members{{"fullUrl", Text()},
                                                              {"resource", Object(0)},
                                                              {"search", Object(2)},
                                                              {"request", {{"method", "PUT"}, {"url", Text()}}}};
    std::shuffle(members.begin(), members.end(), random_);
    ordered_json entry = ordered_json::object();
    for (std::size_t i = Below(5); i > 0; --i) {
      entry[members[i - 1].first] = members[i - 1].second;
    }
    return entry;
  }
  ordered_json Bundle() {
    std::vector<std::pair<std::string, ordered_json>> members{{"resourceType", "Bundle"},
                                                              {"entry", ordered_json::array()},
                                                              {"meta", Object(0)},
                                                              {"link", List(0)},
                                                              {"x", Text()}};
    for (std::size_t i = Below(20); i > 0; --i) {
      members[1].second.push_back(Entry());
    }
    std::shuffle(members.begin(), members.end(), random_);
    ordered_json bundle = ordered_json::object();
    for (auto& [key, value] : members) {
      bundle[key] = value;
    }
    return bundle;
  }

 private:
  std::mt19937 random_;
};

TEST(RandomJson, BundlesSplitIntoTheEntriesAParserFinds) {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    RandomJson random(seed);
    const ordered_json bundle = random.Bundle();
    TextStream stream(random.Write(bundle), [&random] { return 1 + random.Below(300); });
    const auto records = CutStream(stream, Layout::kJson, SmallLimits());
    ASSERT_EQ(records.size(), bundle["entry"].size()) << "seed " << seed;
    for (std::size_t i = 0; i < records.size(); ++i) {
      const ordered_json& entry = bundle["entry"][i];
      ASSERT_EQ(records[i].fault, "") << "seed " << seed;
      EXPECT_EQ(records[i].full_url, entry.value("fullUrl", ""));
      EXPECT_EQ(records[i].request_url, entry.contains("request") ? entry["request"]["url"].get<std::string>() : "");
      EXPECT_EQ(records[i].bytes.empty() ? ordered_json() : ordered_json::parse(records[i].bytes),
                entry.contains("resource") ? entry["resource"] : ordered_json());
    }
  }
}

TEST(RandomJson, LinesComeOutAsTheyStand) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    RandomJson random(seed);
    std::string text;
    std::vector<std::pair<std::uint64_t, std::string>> expected;
    const std::size_t lines = random.Below(60);
    for (std::size_t line = 1; line <= lines; ++line) {
      std::string record = random.Below(5) == 0 ? "" : random.Object(0).dump();
      if (!record.empty()) {
        expected.emplace_back(line, record);
      }
      text += record + (random.Below(2) == 0 ? "\n" : " \r\n");
    }
    TextStream stream(text, [&random] { return 1 + random.Below(300); });
    const auto records = CutStream(stream, Layout::kNdjson, SmallLimits());
    ASSERT_EQ(records.size(), expected.size()) << "seed " << seed;
    for (std::size_t i = 0; i < records.size(); ++i) {
      EXPECT_EQ(records[i].line, expected[i].first);
      EXPECT_EQ(records[i].bytes, expected[i].second);
    }
  }
}

TEST(RandomJson, ContainersAreSkippedTheSameInAnyPieces) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    RandomJson random(seed);
    const std::string text = ordered_json{{"a", random.Value(0)}, {"b", random.Text()}}.dump();
    PaddedBuffer buffer;
    buffer.Append(text + "{]\"");
    ContainerSkipper skipper;
    const char* p = buffer.data();
    const char* after = nullptr;
    while (after == nullptr) {
      const char* end = std::min(p + random.Below(130), buffer.end());
      after = skipper.Skip(p, end);
      p = end;
    }
    EXPECT_EQ(after - buffer.data(), static_cast<std::ptrdiff_t>(text.size())) << "seed " << seed;
  }
}

TEST(RandomJson, GarbageNeverCrashes) {
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    RandomJson random(seed);
    std::string text = random.Write(random.Bundle());
    for (std::size_t i = 1 + random.Below(4); i > 0; --i) {
      text[random.Below(text.size())] = "{}[]\",:\\ x"[random.Below(10)];
    }
    text.resize(random.Below(2) == 0 ? text.size() : random.Below(text.size()));
    CutText(text, Layout::kJson, SmallLimits());
    CutText(text, Layout::kNdjson, SmallLimits());
  }
}

}  // namespace
}  // namespace pluginlake::sources
