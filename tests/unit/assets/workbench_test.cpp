// What is staged: its columns as DuckDB spells them, its rows, and that nothing is left when it is dropped.
#include "pluginlake/assets/workbench.h"

#include <gtest/gtest.h>

#include "pluginlake/core/error.h"

namespace pluginlake::assets {
namespace {

const TableName kTable{"trivial", "all_types"};

class WorkbenchTest : public ::testing::Test {
 protected:
  duck::Database database_{duck::DatabaseSettings{}};
  Workbench workbench_{database_, {}};
};

TEST_F(WorkbenchTest, NamesTypesAsDescribeDoes) {
  const std::string plain =
      "SELECT 1::TINYINT AS a, 1::HUGEINT AS b, 1.5::DECIMAL(9,2) AS c, 1::DOUBLE AS d, 'x' AS e, '1'::JSON AS f, "
      "DATE '2020-01-01' AS g, TIMESTAMP '2020-01-01' AS h, now() AS i, TIME '10:00' AS j, uuid() AS k, "
      "'\\x00'::BLOB AS l, INTERVAL 1 DAY AS m, true AS \"of truth\", NULL AS n, '2020-01-01'::TIMESTAMP_NS AS o";
  const std::string nested =
      ", [1] AS p, {'system': 'x', 'the code': [1.5]} AS q, MAP {'a': 1} AS r, 'a'::ENUM('a', 'b') AS s, "
      "[1, 2]::INTEGER[2] AS t, 12345678901234567890::BIGNUM AS u, [{'value': 1}] AS v";
  for (const std::string& select : {plain, plain + nested}) {
    EXPECT_EQ(workbench_.Stage(kTable, select, {}), 1U);
    std::vector<std::string> described;
    duck::Result result = workbench_.connection().Query("DESCRIBE " + Workbench::Staged(kTable));
    while (std::optional<duck::Chunk> chunk = result.Fetch()) {
      for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
        described.push_back(std::string(chunk->Text(0, row)) + " " + std::string(chunk->Text(1, row)));
      }
    }
    std::vector<std::string> columns;
    for (const duck::Column& column : workbench_.ColumnsOf(kTable)) {
      columns.push_back(column.name + " " + column.type);
    }
    EXPECT_EQ(columns, described);
  }
}

TEST_F(WorkbenchTest, CountsWhatItStages) {
  EXPECT_EQ(workbench_.Stage(kTable, "SELECT range AS id FROM range(5000)", {}), 5000U);
  EXPECT_EQ(workbench_.Stage(kTable, "SELECT range AS id FROM range(3)", {{"id", "BIGINT"}, {"name", "VARCHAR"}}), 3U);
  EXPECT_EQ(workbench_.Stage(kTable, "SELECT 1 AS id LIMIT 0", {}), 0U);
}

TEST_F(WorkbenchTest, DropsAllThatIsStagedAndStagesAnew) {
  const TableName other{"trivial", "b"};
  workbench_.Stage(kTable, "SELECT 1 AS id", {});
  workbench_.Stage(other, "SELECT 1 AS id", {});
  workbench_.Show(kTable, "SELECT * FROM " + Workbench::Staged(kTable));
  workbench_.DropAllStaged();
  EXPECT_FALSE(workbench_.IsStaged(kTable) || workbench_.IsStaged(other));
  EXPECT_THROW(workbench_.connection().Query("FROM " + Workbench::Staged(other)), core::Error);
  EXPECT_EQ(workbench_.Stage(kTable, "SELECT 2 AS id", {}), 1U);
  EXPECT_EQ(workbench_.connection().QueryInt64("SELECT id FROM work.trivial.all_types"), 2);
}

}  // namespace
}  // namespace pluginlake::assets
