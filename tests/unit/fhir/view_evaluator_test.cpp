// Several views over one walk: each as if it were alone; outcomes, warnings, faults.
#include "pluginlake/fhir/view_evaluator.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "parsed_resource.h"
#include "pluginlake/fhir/view.h"
#include "view_rows.h"

namespace pluginlake::fhir {
namespace {

constexpr auto kObservation = R"({"resourceType":"Observation","id":"o1","status":"final",
  "subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e1"},
  "code":{"coding":[{"system":"s1","code":"c1"},{"system":"s2","code":"c2"}]},
  "component":[{"valueString":"a"},{"valueString":"b"}]})";

std::string ViewOf(const std::string& columns) {
  return R"({"resource":"Observation","constant":[{"name":"s","valueString":"s2"}],"select":[{"column":[)" + columns +
         "]}]}";
}

// Returns the rows of every view, a line a row.
std::string RowsOfAll(const std::vector<std::shared_ptr<const View>>& views, const std::string& resource) {
  std::vector<const View*> pointers;
  for (const auto& view : views) {
    pointers.push_back(view.get());
  }
  ViewEvaluator evaluator(pointers);
  const ParsedResource parsed(resource);
  const auto outcomes = evaluator.Evaluate(parsed.parser->tape());
  std::string text;
  for (std::size_t view = 0; view < views.size(); ++view) {
    if (!outcomes[view].error.empty()) {
      text += std::string(outcomes[view].error) + "|" + std::string(outcomes[view].column) + "\n";
    }
    for (std::uint64_t row = 0; row < evaluator.RowCount(view); ++row) {
      JsonWriter writer;
      evaluator.WriteRow(view, row, writer, 0, 0);
      text += writer.Row(0, views[view]->columns().size()) + "\n";
    }
  }
  return text;
}

TEST(ViewEvaluatorTest, ManyViewsGiveWhatEachGivesAlone) {
  const std::vector<std::string> definitions = {
      ViewOf(
          R"x({"name":"a","path":"subject.getReferenceKey(Patient)"},{"name":"b","path":"'a constant of some length'"})x"),
      ViewOf(R"x({"name":"a","path":"encounter.getReferenceKey(Encounter)"})x"),
      ViewOf(R"x({"name":"a","path":"code.coding.where(system = %s).code"})x"),
      ViewOf(R"x({"name":"a","path":"code.coding.code"},{"name":"b","path":"status"})x"),
      ViewOf(R"x({"name":"a","path":"code.coding.code","collection":true},{"name":"b","path":"id"})x"),
      R"x({"resource":"Observation","select":[{"forEach":"component","column":[
          {"name":"v","path":"value.ofType(string)"},{"name":"i","path":"%rowIndex"}]}]})x",
  };
  std::vector<std::shared_ptr<const View>> views;
  std::string expected;
  for (int round = 0; round < 3; ++round) {
    for (const std::string& definition : definitions) {
      views.push_back(View::Compile(definition));
      expected += RowsOfAll({views.back()}, kObservation);
    }
  }
  EXPECT_EQ(RowsOfAll(views, kObservation), expected);
  EXPECT_EQ(expected.substr(0, expected.size() / 3), R"(["p1","a constant of some length"]
["e1"]
["c2"]
several values where one is expected|a
[["c1","c2"],"o1"]
["a",0]
["b",1]
)");
}

TEST(ViewEvaluatorTest, OneResourceLeavesNothingBehindForTheNext) {
  const auto view = View::Compile(ViewOf(R"x({"name":"a","path":"code.coding.code","collection":true},
      {"name":"b","path":"code.coding.first().code & '!'"})x"));
  const Evaluated evaluated = Evaluate(*view, {kObservation, R"({"resourceType":"Observation"})", kObservation});
  EXPECT_EQ(evaluated.rows,
            (std::vector<std::string>{R"([["c1","c2"],"c1!"])", R"([[],"!"])", R"([["c1","c2"],"c1!"])"}));
}

TEST(ViewEvaluatorTest, AnElementOfAnotherJsonTypeIsNullAndCounted) {
  const auto view = View::Compile(ViewOf(R"x({"name":"a","path":"status"},{"name":"b","path":"value.ofType(integer)"},
      {"name":"c","path":"value.ofType(boolean)"},{"name":"d","path":"value.ofType(Quantity).value"},
      {"name":"e","path":"code","type":"CodeableConcept"},{"name":"f","path":"code.coding","type":"Coding","collection":true},
      {"name":"g","path":"code.text"})x"));
  const auto rows = [&view](const std::string& members) {
    const Evaluated evaluated = Evaluate(*view, {R"({"resourceType":"Observation",)" + members + "}"});
    EXPECT_EQ(evaluated.error, "");
    return evaluated.rows.at(0) + " " + std::to_string(evaluated.warnings);
  };
  EXPECT_EQ(rows(R"("status":"final")"), R"(["final",null,null,null,null,[],null] 0)");
  EXPECT_EQ(rows(R"("status":5)"), R"([null,null,null,null,null,[],null] 1)");
  EXPECT_EQ(rows(R"("status":{"a":1},"valueInteger":"5")"), R"([null,null,null,null,null,[],null] 2)");
  EXPECT_EQ(rows(R"("valueInteger":5.5,"valueBoolean":"true")"), R"([null,null,null,null,null,[],null] 2)");
  EXPECT_EQ(rows(R"("valueInteger":99999999999)"), R"([null,null,null,null,null,[],null] 1)");
  EXPECT_EQ(rows(R"("valueQuantity":{"value":"5"})"), R"([null,null,null,null,null,[],null] 1)");
  EXPECT_EQ(rows(R"("valueQuantity":7)"), R"([null,null,null,null,null,[],null] 0)");
  EXPECT_EQ(
      rows(R"("code":{"coding":["x",{"code":"c","userSelected":1}]})"),
      R"x([null,null,null,null,"{\"coding\":[\"x\",{\"code\":\"c\",\"userSelected\":1}]}",[null,[null,null,"c",null,null]],null] 2)x");
}

TEST(ViewEvaluatorTest, RowsOfOneResourceHaveALimit) {
  std::string resource = R"({"resourceType":"Observation","component":[{})";
  for (int i = 1; i < 2100; ++i) {
    resource += ",{}";
  }
  resource += "]}";
  EXPECT_EQ(RowsOf(R"x({"resource":"Observation","select":[{"forEach":"component","column":[{"name":"a","path":"'x'"}]},
                     {"forEach":"component","column":[{"name":"b","path":"'x'"}]}]})x",
                   resource),
            "error: the rows of one resource have more than 4,000,000 cells");
}

}  // namespace
}  // namespace pluginlake::fhir
