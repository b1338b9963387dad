// What the tree of a SELECT tells: tables, settings, and what an asset may not say.
#include "pluginlake/assets/sql_tree.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::assets {
namespace {

class SqlTreeTest : public ::testing::Test {
 protected:
  std::optional<Problem> Parse(std::string_view sql) { return ParseSelect(connection_, {sql, "a.sql"}, tree_); }

  duck::Database database_{duck::DatabaseSettings{}};
  duck::Connection connection_{database_};
  SqlTree tree_;
};

TEST_F(SqlTreeTest, FindsTablesAndSettings) {
  ASSERT_FALSE(
      Parse("WITH a AS (SELECT * FROM fhir.patient) SELECT getvariable('zone'), (SELECT max(x) FROM raw.t) "
            "FROM a JOIN omop.person USING (id) WHERE EXISTS (SELECT 1 FROM vocab.concept)"));
  EXPECT_EQ(tree_.tables,
            (std::set<TableName>{{"fhir", "patient"}, {"omop", "person"}, {"raw", "t"}, {"vocab", "concept"}}));
  EXPECT_EQ(tree_.variables, (std::set<std::string>{"zone"}));
}

TEST_F(SqlTreeTest, NamesTheLineOfASyntaxError) {
  const auto problem = Parse("SELECT 1\nFROM fhir.patient\nWHERE AND");
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->place, "a.sql:3");
}

TEST_F(SqlTreeTest, RefusesWhatLineageCannotSee) {
  EXPECT_TRUE(Parse("SELECT * FROM read_csv('/etc/passwd')"));
  EXPECT_TRUE(Parse("SELECT * FROM patient"));
  EXPECT_TRUE(Parse("SELECT * FROM lake.fhir.patient"));
  EXPECT_TRUE(Parse("DELETE FROM fhir.patient"));
  EXPECT_TRUE(Parse("SELECT 1; SELECT 2"));
  EXPECT_TRUE(Parse("SELECT getvariable(name) FROM fhir.patient"));
}

TEST_F(SqlTreeTest, RefusesWhatIsNoText) {
  EXPECT_EQ(Parse("SELECT 'caf\xe9' AS place").value_or(Problem{}).what, "this is not text in UTF-8");
  EXPECT_TRUE(Parse(std::string_view("SELECT 1 AS id\0;", 16)));
  EXPECT_FALSE(Parse("SELECT 'caf\xc3\xa9' AS place"));
}

TEST_F(SqlTreeTest, ParsesManyTogetherAsOneByOne) {
  constexpr int kTexts = 600;
  SelectParser parser(connection_);
  std::vector<std::string> texts;
  for (int i = 0; i < kTexts; ++i) {
    texts.push_back(i % 7 == 0 ? "SELECT 1\nFROM" : "SELECT * FROM trivial.t" + std::to_string(i));
    parser.Announce(texts.back());
  }
  for (int i = 0; i < kTexts; ++i) {
    SqlTree tree;
    const std::optional<Problem> problem = parser.Parse({texts[i], "a.sql"}, tree);
    ASSERT_EQ(problem, Parse(texts[i])) << texts[i];
    ASSERT_EQ(tree.tables, i % 7 == 0 ? std::set<TableName>{} : tree_.tables);
  }
}

TEST_F(SqlTreeTest, TakesRowsMadeOfArguments) {
  EXPECT_FALSE(Parse("SELECT u.c FROM fhir.condition AS t, unnest(t.code) AS u(c)"));
}

}  // namespace
}  // namespace pluginlake::assets
