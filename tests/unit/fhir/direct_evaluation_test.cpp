// Reading a resource straight from its text gives what its tape gives, whatever the text holds.
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "parsed_resource.h"
#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/view.h"
#include "pluginlake/fhir/view_evaluator.h"
#include "view_rows.h"

namespace pluginlake::fhir {
namespace {

using TextOutcome = ViewEvaluator::TextOutcome;

constexpr auto kView = R"x({"resource":"Observation","select":[{"column":[
  {"name":"id","path":"getResourceKey()"},{"name":"status","path":"status"},
  {"name":"subject","path":"subject.getReferenceKey(Patient)"},
  {"name":"codes","path":"code.coding","collection":true,"type":"Coding"},
  {"name":"first","path":"code.coding.first().code"},
  {"name":"loinc","path":"code.coding.where(system = 'http://loinc.org').code.first()"},
  {"name":"value","path":"value.ofType(Quantity).value"},{"name":"flag","path":"value.ofType(boolean)"},
  {"name":"whole","path":"value.ofType(integer)"},{"name":"any","path":"value.exists()"},
  {"name":"issued","path":"issued"},{"name":"extension","path":"issued.extension.exists()"}]},
  {"forEachOrNull":"component","column":[{"name":"c","path":"code.text"},{"name":"i","path":"%rowIndex"}],
   "select":[{"forEachOrNull":"interpretation.coding","column":[{"name":"ic","path":"code"}]}]}]})x";

const std::vector<std::string>& Documents() {
  static const std::vector<std::string> documents = {
      R"({"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":"Patient/p1"},
        "code":{"coding":[{"system":"http://loinc.org","code":"1-2","display":"A \"b\" \u00e9"},{"code":"x","userSelected":true}],
        "text":"t"},"valueQuantity":{"value":1.50,"unit":"mg"},"issued":"2020-01-01T00:00:00Z",
        "component":[{"code":{"text":"a"},"interpretation":[{"coding":[{"code":"H"},{"code":"L"}]},{}]},{"code":{"text":"b"}}]})",
      R"( { "meta" : { "profile" : [ "x{[" , {} ] } , "resourceType" : "Observation" , "component" : [ ] , "valueBoolean" : false ,
        "code" : null , "extension" : [ { "url" : "u" } ] , "id" : "o\\2" , "status" : "\u0066inal" } )",
      R"({"resourceType":"Observation","issued":"2020","_issued":{"extension":[{"url":"u"}]},"valueInteger":7})",
      R"({"resourceType":"Observation","status":["final","amended"],"code":{"coding":{"code":"single"}},"component":{"code":{"text":"c"}}})",
      R"({"resourceType":"Observation","status":5,"code":"text","valueQuantity":[],"component":[1,null,"x",[],{"code":[]}]})",
      R"({"id":"late","valueInteger":99999999999,"resourceType":"Observation"})",
      R"({"resourceType":"Patient","id":"other"})",
      R"({"resourceType":"Observation"})",
      R"({})",
  };
  return documents;
}

// Everything an evaluation gave, as text.
std::string Everything(const ViewEvaluator& evaluator, std::uint64_t columns) {
  const ViewOutcome& outcome = evaluator.outcomes()[0];
  std::string text =
      std::string(outcome.error) + "|" + std::string(outcome.column) + "|" + std::to_string(outcome.warnings) + "\n";
  for (std::uint64_t row = 0; row < evaluator.RowCount(0); ++row) {
    JsonWriter writer;
    evaluator.WriteRow(0, row, writer, 0, 0);
    text += writer.Row(0, columns) + "\n";
  }
  return text;
}

class DirectEvaluationTest : public testing::Test {
 protected:
  // Compares both ways over one text, if the text is JSON; returns what the direct way said.
  TextOutcome Compare(const std::string& text) {
    const PaddedText padded(text);
    const TextOutcome outcome = direct_.EvaluateText(padded.view());
    const std::string direct = outcome == TextOutcome::kEvaluated ? Everything(direct_, columns_) : "";
    if (tape_.Build(padded.view()) != TapeFault::kNone) {
      return outcome;  // the direct way may not have seen what is wrong
    }
    const TapeNode* type = tape_.Find(0, "resourceType");
    const bool is_wanted = type != nullptr && type->kind == TapeKind::kString && type->text() == "Observation";
    if (outcome == TextOutcome::kOtherType) {
      EXPECT_TRUE(type != nullptr && !is_wanted) << text;
    }
    if (outcome == TextOutcome::kEvaluated) {
      EXPECT_TRUE(is_wanted) << text;
      by_tape_.Evaluate(tape_);
      EXPECT_EQ(direct, Everything(by_tape_, columns_)) << text;
    }
    return outcome;
  }

  std::shared_ptr<const View> view_ = View::Compile(kView);
  std::vector<const View*> views_{view_.get()};
  std::uint64_t columns_ = view_->columns().size();
  ViewEvaluator direct_{views_};
  ViewEvaluator by_tape_{views_};
  JsonTape tape_{TapeLimits{}};
};

TEST_F(DirectEvaluationTest, ReadsWhatIsRegular) {
  const std::vector<TextOutcome> expected = {TextOutcome::kEvaluated, TextOutcome::kEvaluated, TextOutcome::kNeedsTape,
                                             TextOutcome::kEvaluated, TextOutcome::kEvaluated, TextOutcome::kEvaluated,
                                             TextOutcome::kOtherType, TextOutcome::kEvaluated, TextOutcome::kNeedsTape};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(Compare(Documents()[i]), expected[i]) << Documents()[i];
  }
}

TEST_F(DirectEvaluationTest, LeavesFaultsToTheTape) {
  for (const char* text :
       {"", "[]", "5", "{", R"({"resourceType":"Observation")", R"({"resourceType":"Observation"}})",
        R"({"resourceType":"Observation","id":"a","id":"b"})", R"({"resourceType":"Observation","id":nul})",
        R"({"resourceType":"Observation","id":01})", R"({"resourceType":"Observation","code":{"coding":[{]}})",
        R"({"resourceType":"Observation","st\u0061tus":"x"})", R"({"resourceType":"Observation",})",
        R"({"resourceType":"Observation" "id":"a"})", R"({"resourceType":"Observation","id":"\x"})",
        R"({"resourceType":"Observation","resourceType":"Observation"})", R"({"resourceType":5})",
        R"({"resourceType":"Observation","component":[)", R"({"resourceType":"Observation","x":[1,2})",
        "{\"resourceType\":\"Observation\",\"id\":\"\xff\"}"}) {
    EXPECT_EQ(Compare(text), TextOutcome::kNeedsTape) << text;
  }
}

TEST_F(DirectEvaluationTest, AgreesWithTheTapeOnDamagedDocuments) {
  constexpr std::uint32_t kSeed = 20241125;
  constexpr std::string_view kBytes = "{}[]:,\"\\ 0a_n\n";
  std::mt19937 random(kSeed);
  const auto any = [&random](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  std::size_t evaluated = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text = Documents()[any(Documents().size())];
    for (std::size_t damage = any(3); damage > 0 && !text.empty(); --damage) {
      const std::size_t at = any(text.size());
      switch (any(4)) {
        case 0:
          text[at] = kBytes[any(kBytes.size())];
          break;
        case 1:
          text.erase(at, 1 + any(8));
          break;
        case 2:
          text.insert(at, 1, kBytes[any(kBytes.size())]);
          break;
        default:
          text.insert(any(text.size()), text.substr(at, any(40)));
      }
    }
    evaluated += Compare(text) == TextOutcome::kEvaluated ? 1 : 0;
  }
  EXPECT_GT(evaluated, 5000U);
}

TEST_F(DirectEvaluationTest, ViewsOfWholeValuesNeedATape) {
  for (const char* column :
       {R"x({"name":"a","path":"code","type":"CodeableConcept"})x", R"x({"name":"a","path":"extra"})x",
        R"x({"name":"a","path":"code = code"})x", R"x({"name":"a","path":"contained.ofType(Patient).gender"})x"}) {
    const auto view =
        View::Compile(R"({"resource":"Observation","select":[{"column":[)" + std::string(column) + "]}]}");
    const View* const views[] = {view.get()};
    ViewEvaluator evaluator(views);
    const PaddedText text(Documents()[0]);
    EXPECT_EQ(evaluator.EvaluateText(text.view()), TextOutcome::kNeedsTape) << column;
  }
}

}  // namespace
}  // namespace pluginlake::fhir
