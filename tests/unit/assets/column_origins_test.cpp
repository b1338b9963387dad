// Column lineage through the constructs that SELECTs are made of.
#include "pluginlake/assets/column_origins.h"

#include <gtest/gtest.h>

#include "pluginlake/assets/sql_tree.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::assets {
namespace {

struct Case {
  const char* name;
  const char* sql;
  const char* columns;  // "name kind table.column,…" a column, separated by " | "
};

std::vector<std::string> ColumnsOfTables(const TableName& table) {
  if (table == TableName{"s", "t"}) {
    return {"id", "a", "b", "items"};
  }
  return {"id", "c"};
}

std::string Described(const std::vector<OutputColumn>& columns) {
  std::string text;
  for (const OutputColumn& column : columns) {
    std::string origins;
    for (const ColumnOrigin& origin : column.origins) {
      origins += (origins.empty() ? "" : ",") + origin.table.table + "." + origin.column;
    }
    text += (text.empty() ? "" : " | ") + column.name + " " + NameOf(column.kind) + " " + origins;
  }
  return text;
}

class ColumnOriginsTest : public ::testing::TestWithParam<Case> {};

TEST_P(ColumnOriginsTest, AreTraced) {
  duck::Database database{duck::DatabaseSettings{}};
  duck::Connection connection(database);
  SqlTree tree;
  ASSERT_FALSE(ParseSelect(connection, {GetParam().sql, "a.sql"}, tree));
  EXPECT_EQ(Described(TraceColumns(tree.node, ColumnsOfTables)), GetParam().columns);
}

INSTANTIATE_TEST_SUITE_P(
    Constructs, ColumnOriginsTest,
    ::testing::Values(
        Case{"plain", "SELECT id, a AS x FROM s.t", "id identity t.id | x identity t.a"},
        Case{"star", "SELECT * FROM s.u", "id identity u.id | c identity u.c"},
        Case{"star_exclude_replace", "SELECT * EXCLUDE (id) REPLACE (c + 1 AS c) FROM s.u", "c expression u.c"},
        Case{"expression", "SELECT a + b AS x, 1 AS one FROM s.t", "x expression t.a,t.b | one expression "},
        Case{"constant", "SELECT 'x' AS x FROM s.t", "x expression "},
        Case{"aggregate", "SELECT max(a) AS m, count(*) AS n FROM s.t GROUP BY b", "m aggregate t.a | n aggregate "},
        Case{"window", "SELECT sum(a) OVER (PARTITION BY b ORDER BY id) AS w FROM s.t", "w aggregate t.a"},
        Case{"join_using", "SELECT * FROM s.t JOIN s.u USING (id)",
             "id identity t.id | a identity t.a | b identity t.b | items identity t.items | c identity u.c"},
        Case{"common_table", "WITH x (p, q) AS (SELECT a, b || a FROM s.t) SELECT q FROM x", "q expression t.a,t.b"},
        Case{"union_all", "SELECT a FROM s.t UNION ALL SELECT c FROM s.u", "a identity t.a,u.c"},
        Case{"union_by_name", "SELECT a, id FROM s.t UNION ALL BY NAME SELECT id, c AS a FROM s.u",
             "a identity t.a,u.c | id identity t.id,u.id"},
        Case{"subquery", "SELECT (SELECT max(c) FROM s.u WHERE u.id = t.id) AS m FROM s.t", "m aggregate u.c"},
        Case{"case", "SELECT CASE WHEN a = 1 THEN b ELSE id END AS k FROM s.t", "k expression t.a,t.b,t.id"},
        Case{"lambda", "SELECT list_transform(items, x -> x.code || a) AS l FROM s.t", "l expression t.a,t.items"},
        Case{"unnest", "SELECT u.c.code AS code FROM s.t, unnest(t.items) AS u(c)", "code expression t.items"},
        Case{"struct_field", "SELECT items.code FROM s.t", "code identity t.items"},
        Case{"semi_join", "SELECT a FROM s.t SEMI JOIN s.u USING (id)", "a identity t.a"}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace pluginlake::assets
