// Random damage to sound documents: the parser stays in bounds and judges as a second JSON parser does.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "parsed_resource.h"
#include "random_document.h"

namespace pluginlake::fhir {
namespace {

enum class Verdict { kSound, kBroken, kUnknown };

// Tells only whether the text is JSON. No verdict where the other parser follows rules of its own: numbers too large
// for a double, NUL as the end of the text, a byte order mark.
class JudgingSax : public nlohmann::json_sax<nlohmann::json> {
 public:
  Verdict verdict = Verdict::kSound;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& exception) override {
    constexpr int kNumberOutOfRange = 406;
    verdict = exception.id == kNumberOutOfRange ? Verdict::kUnknown : Verdict::kBroken;
    return false;
  }
};

Verdict JudgeOtherwise(std::string_view text) {
  JudgingSax sax;
  nlohmann::json::sax_parse(text, &sax);
  const bool own_rules = text.starts_with("\xEF\xBB\xBF") || text.find('\0') != text.npos;
  return own_rules ? Verdict::kUnknown : sax.verdict;
}

void Damage(std::string& text, std::mt19937& random) {
  using std::string_view_literals::operator""sv;
  static constexpr std::string_view kBytes = "{}[]\",:\\ \n09.-+eEutfn/\x00\x0c\x1a\x7f\x80\xc0\xe2\xed\xf4\xff"sv;
  for (std::size_t left = 1 + random() % 3; left > 0 && !text.empty(); --left) {
    const std::size_t at = random() % text.size();
    switch (random() % 5) {
      case 0:
        text[at] = kBytes[random() % kBytes.size()];
        break;
      case 1:
        text.insert(at, 1, kBytes[random() % kBytes.size()]);
        break;
      case 2:
        text.erase(at, 1 + random() % 4);
        break;
      case 3:
        text.insert(at, text.substr(random() % text.size(), random() % 20));
        break;
      default:
        text.resize(at);
    }
  }
}

// A document that is refused for its content, not for its JSON.
bool IsJsonReason(const std::string& reason) { return reason == "invalid_json" || reason == "invalid_utf8"; }

TEST(MutationTest, DamageIsJudgedAsByAnotherParser) {
  const char* wish = std::getenv("PLUGINLAKE_TEST_ROUNDS");
  const int rounds = wish == nullptr ? 5'000 : std::atoi(wish);
  std::mt19937 random(4711);
  ResourceParser parser({});
  std::array<int, 2> seen{};
  for (int round = 0; round < rounds; ++round) {
    std::string text = WriteRandomly(MakeRandomResource(random), random);
    Damage(text, random);
    const PaddedText padded(text);
    const std::optional<Rejection> rejection = parser.Parse(padded.view());
    const bool broken = rejection && IsJsonReason(rejection->reason_code);
    const Verdict verdict = JudgeOtherwise(text);
    if (verdict != Verdict::kUnknown) {
      ASSERT_EQ(broken, verdict == Verdict::kBroken) << "round " << round << ": " << text;
    }
    ++seen[broken ? 1 : 0];
    if (!rejection) {
      std::string body;
      parser.WriteBody(body);
      const std::string hash = parser.ContentHash();
      const ParsedResource again(body);
      ASSERT_EQ(again.reason(), "") << text;
      ASSERT_EQ(again.parser->ContentHash(), hash) << text;
    }
  }
  EXPECT_GT(seen[0], rounds / 20);
  EXPECT_GT(seen[1], rounds / 4);
}

}  // namespace
}  // namespace pluginlake::fhir
