// Views as a whole: columns, iterations, unions, conditions.
#include "pluginlake/fhir/view.h"

#include <gtest/gtest.h>

#include <string>

#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/fhir/value_form.h"
#include "view_rows.h"

namespace pluginlake::fhir {
namespace {

constexpr auto kPatient = R"view({"resourceType":"Patient","id":"p1","active":true,"birthDate":"1970-06",
  "name":[{"use":"official","family":"Vries","given":["Anna","B"]},{"use":"usual","given":["An"]}],
  "contact":[{"name":{"family":"C1"},"telecom":[{"system":"phone","value":"1"},{"system":"email","value":"e"}]},
             {"name":{"family":"C2"}}]})view";

TEST(ViewTest, ColumnsComeInTheOrderOfTheirSelects) {
  const auto view = View::Compile(R"view({"name":"v","description":"d","resource":"Patient","select":[
    {"column":[{"name":"a","path":"'A'"}],"select":[{"column":[{"name":"b","path":"'B'"}]}],
     "unionAll":[{"column":[{"name":"c","path":"'C1'"}]},{"column":[{"name":"c","path":"'C2'"}]}]},
    {"column":[{"name":"d","path":"'D'","description":"the last"}]}]})view");
  std::string names;
  for (const ViewColumn& column : view->columns()) {
    names += column.name;
  }
  EXPECT_EQ(names, "abcd");
  EXPECT_EQ(view->columns()[3].description, "the last");
  EXPECT_EQ(view->name() + view->description() + view->resource_type(), "vdPatient");
  EXPECT_EQ(Evaluate(*view, {kPatient}).rows,
            (std::vector<std::string>{R"(["A","B","C1","D"])", R"(["A","B","C2","D"])"}));
}

TEST(ViewTest, SiblingIterationsMultiplyAndNestedOnesFollowTheirItem) {
  EXPECT_EQ(RowsOf(R"view({"resource":"Patient","select":[{"column":[{"name":"id","path":"id"}]},
    {"forEach":"contact","column":[{"name":"f","path":"name.family"},{"name":"i","path":"%rowIndex"}],
     "select":[{"forEachOrNull":"telecom","column":[{"name":"v","path":"value"},{"name":"j","path":"%rowIndex"}]}]},
    {"forEach":"name","column":[{"name":"u","path":"use"}]}]})view",
                   kPatient),
            R"(["p1","C1",0,"1",0,"official"]
["p1","C1",0,"1",0,"usual"]
["p1","C1",0,"e",1,"official"]
["p1","C1",0,"e",1,"usual"]
["p1","C2",1,null,0,"official"]
["p1","C2",1,null,0,"usual"])");
}

TEST(ViewTest, SeveralValuesAreAnErrorThatNamesTheColumn) {
  EXPECT_EQ(Column("name.given", kPatient), "error: several values where one is expected: c");
  EXPECT_EQ(Column("name.given", kPatient, R"(,"collection":true)"), R"(["Anna","B","An"])");
  EXPECT_EQ(Column("name.family", kPatient), R"("Vries")");
}

TEST(ViewTest, ConditionsKeepWhatIsTrue) {
  const auto with = [](const std::string& path) {
    return RowsOf(
        R"view({"resource":"Patient","select":[{"column":[{"name":"id","path":"id"}]}],"where":[{"path":")view" + path +
            R"view("}]})view",
        kPatient);
  };
  EXPECT_EQ(with("active"), R"(["p1"])");
  EXPECT_EQ(with("active.not()"), "");
  EXPECT_EQ(with("deceased.ofType(boolean)"), "");
  EXPECT_EQ(with("unknownThing"), "");
  EXPECT_EQ(with("birthDate = @1970-06-01"), "");
}

TEST(ViewTest, RepeatWalksDownInTheDocumentsOrder) {
  EXPECT_EQ(RowsOf(R"view({"resource":"QuestionnaireResponse","select":[{"repeat":["item","answer.item"],
    "column":[{"name":"l","path":"linkId"},{"name":"i","path":"%rowIndex"},
              {"name":"n","path":"item.linkId","collection":true}]}]})view",
                   R"view({"resourceType":"QuestionnaireResponse","item":[
    {"linkId":"1","item":[{"linkId":"1.1","answer":[{"item":[{"linkId":"1.1.1"}]}]},{"linkId":"1.2"}]},
    {"linkId":"2"}]})view"),
            R"(["1",0,["1.1","1.2"]]
["1.1",1,[]]
["1.1.1",2,[]]
["1.2",3,[]]
["2",4,[]])");
}

TEST(ViewTest, TypesComeFromTheModel) {
  const auto view = View::Compile(R"view({"resource":"Observation","select":[{"column":[
    {"name":"a","path":"status"},{"name":"b","path":"value.ofType(boolean)"},{"name":"c","path":"value.ofType(integer)"},
    {"name":"d","path":"value.ofType(Quantity).value"},{"name":"e","path":"value.ofType(Quantity).value",
     "tag":[{"name":"ansi/type","value":"DOUBLE PRECISION"}]},
    {"name":"f","path":"effective.ofType(dateTime)"},{"name":"g","path":"code.coding","type":"Coding","collection":true},
    {"name":"h","path":"subject","type":"Reference"},{"name":"i","path":"component.exists()"},
    {"name":"j","path":"1 + 1"},{"name":"k","path":"code.coding.code","collection":true}]}]})view");
  std::string types;
  for (const ViewColumn& column : view->columns()) {
    types += column.type + "|" + column.fhir_type + "\n";
  }
  EXPECT_EQ(types, R"(VARCHAR|code
BOOLEAN|boolean
INTEGER|integer
VARCHAR|decimal
DOUBLE|decimal
VARCHAR|dateTime
STRUCT("system" VARCHAR, "version" VARCHAR, code VARCHAR, display VARCHAR, user_selected BOOLEAN)[]|Coding
JSON|Reference
BOOLEAN|boolean
INTEGER|integer
VARCHAR[]|code
)");
  EXPECT_EQ(view->columns()[3].element_paths, std::vector<std::string>{"Observation.value.ofType(Quantity).value"});
  EXPECT_TRUE(view->columns()[9].element_paths.empty());
  EXPECT_TRUE(view->warnings().empty());
}

TEST(ViewTest, DefinitionsAreCheckedWhole) {
  const auto with = [](const std::string& members) {
    return RefusalOf(R"v({"resource":"Patient","select":[{"column":[{"name":"a","path":"id"}]}])v" + members + "}");
  };
  EXPECT_EQ(with(""), "");
  EXPECT_EQ(with(R"(,"url":"u","status":"active","fhirVersion":["4.0.1"],"constant":[])"), "");
  for (const auto& [members, place] : std::vector<std::pair<const char*, const char*>>{
           {R"(,"constant":[{"name":"c","valueDate":"2023-02-29"}])", "constant[0].valueDate"},
           {R"(,"constant":[{"name":"c","valueDate":"2023-02-01T10:00Z"}])", "constant[0].valueDate"},
           {R"(,"constant":[{"name":"c","valueInteger":1.5}])", "constant[0].valueInteger"},
           {R"(,"constant":[{"name":"c","valuePositiveInt":0}])", "constant[0].valuePositiveInt"},
           {R"(,"constant":[{"name":"c","valueTime":"25:00"}])", "constant[0].valueTime"},
           {R"(,"constant":[{"name":"1c","valueId":"x"}])", "constant[0].name"},
           {R"(,"constant":[5])", "constant[0]"},
           {R"(,"where":[{"path":"active","pth":"x"}])", "where[0].pth"},
           {R"(,"where":{"path":"active"})", "where"},
           {R"(,"name":"a b")", "name"},
           {R"(,"fhirVersion":"4.0.1")", "fhirVersion"},
           {R"(,"resourceType":"Patient")", "resourceType"}}) {
    const std::string refusal = with(members);
    EXPECT_EQ(refusal.substr(0, 7), "PL-0702") << members;
    EXPECT_NE(refusal.find(std::string(": ") + place + ": "), std::string::npos) << refusal;
  }
  for (const char* text : {"", "[]", "{", "5", "{\"a\":1,\"a\":2}", "\xff"}) {
    EXPECT_NE(RefusalOf(text), "") << text;
  }
  const auto view = View::Compile(
      R"({"resource":"Patient","fhirVersion":["5.0.0"],"select":[{"column":[{"name":"a","path":"idd"}]}]})");
  EXPECT_EQ(view->warnings().size(), 2U);
}

TEST(ViewTest, TypesAreSpelledAsDuckDBSpellsThem) {
  duck::Database database{duck::DatabaseSettings{}};
  duck::Connection connection = database.Connect();
  for (const char* type :
       {"Age", "Attachment", "Coding", "Expression", "Money", "Narrative", "ParameterDefinition", "Period", "Quantity",
        "ElementDefinition.slicing.discriminator", "TestScript.variable", "Timing.repeat", "Patient.communication"}) {
    const std::string name = ColumnTypeName(ComplexForm(type), true, false);
    EXPECT_EQ(connection.QueryText("SELECT typeof(NULL::" + name + ")"), name) << type;
  }
}

}  // namespace
}  // namespace pluginlake::fhir
