// The field tables read as they should, and every difference between lakes is found.
#include <gtest/gtest.h>

#include "pluginlake/core/error.h"
#include "pluginlake/schemas/check.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::schemas {
namespace {

constexpr std::string_view kHead = "table,column,type,required,description\n";

TEST(FieldTable, ReadsColumnsInOrderWithTheirTypes) {
  const std::vector<Table> tables = ReadFieldTable(
      "raw", std::string(kHead) + "a,x,BIGINT,yes,One, with a comma\na,y,JSON,no,Two\nb,z,VARCHAR,no,\n");
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0].QualifiedName(), "raw.a");
  EXPECT_EQ(tables[0].fields[0].description, "One, with a comma");
  EXPECT_TRUE(tables[0].fields[0].required);
  EXPECT_EQ(CreateTableStatement(tables[0]), R"(CREATE TABLE "raw"."a" ("x" BIGINT NOT NULL, "y" JSON))");
}

TEST(FieldTable, RefusesALineThatIsCut) {
  EXPECT_THROW(ReadFieldTable("raw", std::string(kHead) + "a,x\n"), core::Error);
}

TEST(FieldTable, HasTheTablesOfTheContract) {
  std::vector<std::string> names;
  for (const Table& table : StationTables()) {
    names.push_back(table.QualifiedName());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"lineage.run", "lineage.input", "lineage.column_edge",
                                             "lineage.row_source", "lineage.schema_version", "quality.quarantine",
                                             "quality.exclusion", "quality.unmapped", "quality.check_result",
                                             "raw.fhir_resource", "raw.fhir_identifier", "raw.fhir_reference_target",
                                             "raw.fhir_reference_pending"}));
}

TEST(CheckTables, FindsEachDifferenceAndNothingElse) {
  const std::vector<Table> expected = StationTables();
  std::vector<Table> actual = expected;
  EXPECT_TRUE(CheckTables(expected, actual).empty());
  actual[0].fields.pop_back();
  actual[1].fields[0].type = "BLOB";
  actual.erase(actual.begin() + 2);
  actual.push_back({.schema = "curated", .name = "own", .fields = {}});
  const std::vector<TableDifference> found = CheckTables(expected, actual);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(Describe(found[0]), "the column counts of lineage.run is missing");
  EXPECT_EQ(Describe(found[1]), "the column run_id of lineage.input is BLOB where VARCHAR is expected");
  EXPECT_EQ(Describe(found[2]), "the table lineage.column_edge is missing");
}

}  // namespace
}  // namespace pluginlake::schemas
