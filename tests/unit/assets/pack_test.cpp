// The built-in assets are sound, and the lineage of every OMOP column is known; own assets stand beside them.
#include "pluginlake/assets/pack.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "pluginlake/assets/column_origins.h"
#include "pluginlake/assets/fhir_flatten.h"
#include "pluginlake/assets/graph.h"
#include "pluginlake/assets/sql_tree.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::assets {
namespace {

class PackTest : public ::testing::Test {
 protected:
  AssetPack Load(const std::vector<AssetFile>& own) { return LoadAssets(connection_, {BuiltInFiles(), own}); }

  duck::Database database_{duck::DatabaseSettings{}};
  duck::Connection connection_{database_};
};

TEST_F(PackTest, BuiltInAssetsAreSound) {
  const AssetPack pack = Load({});
  for (const Problem& problem : pack.problems) {
    ADD_FAILURE() << problem.place << ": " << problem.what;
  }
  const Graph graph(pack);
  for (const Problem& problem : graph.problems()) {
    ADD_FAILURE() << problem.place << ": " << problem.what;
  }
  EXPECT_EQ(graph.order().size(), pack.assets.size());
  for (const Asset& asset : pack.assets) {
    EXPECT_FALSE(asset.description.empty()) << asset.key;
  }
}

// Traces columns of the whole pack, each asset after those it reads.
class Tracer {
 public:
  Tracer(duck::Connection& connection, const Graph& graph) {
    for (const schemas::Table& table : schemas::StationTables()) {
      for (const schemas::Field& field : table.fields) {
        names_[{table.schema, table.name}].push_back(field.name);
      }
    }
    for (const Asset* asset : graph.order()) {
      std::vector<std::string>& names = names_[asset->table()];
      if (asset->is_view()) {
        for (const duck::Column& column : FlattenedColumns(*fhir::View::Compile(asset->view))) {
          names.push_back(column.name);
        }
        continue;
      }
      SqlTree tree;
      EXPECT_FALSE(ParseSelect(connection, {asset->sql, asset->key}, tree)) << asset->key;
      columns_[asset->key] = TraceColumns(tree.node, [this](const TableName& table) { return names_[table]; });
      if (names.empty()) {
        for (const OutputColumn& column : columns_[asset->key]) {
          names.push_back(column.name);
        }
      }
    }
  }

  const std::vector<OutputColumn>& Of(const std::string& key) { return columns_[key]; }

 private:
  std::map<TableName, std::vector<std::string>> names_;
  std::map<std::string, std::vector<OutputColumn>> columns_;
};

// Says whether a SELECT may state a column as it is: a number, a text, NULL, a setting.
TEST_F(PackTest, EveryOmopColumnHasAnOriginOrIsStated) {
  const AssetPack pack = Load({});
  const Graph graph(pack);
  Tracer tracer(connection_, graph);
  for (const schemas::Table& table : schemas::StationTables()) {
    const Asset* asset = table.schema == "omop" ? pack.Find(TableName{table.schema, table.name}) : nullptr;
    if (asset == nullptr) {
      continue;
    }
    for (const schemas::Field& field : table.fields) {
      const auto& columns = tracer.Of(asset->key);
      const auto column = std::ranges::find(columns, field.name, &OutputColumn::name);
      ASSERT_NE(column, columns.end()) << asset->key << " does not say what " << field.name << " is";
      if (column->origins.empty()) {
        EXPECT_NE(column->kind, OriginKind::kAggregate) << asset->key << "." << field.name;
      }
    }
  }
}

TEST_F(PackTest, OriginsAreInTablesThatStand) {
  const AssetPack pack = Load({});
  const Graph graph(pack);
  Tracer tracer(connection_, graph);
  std::set<TableName> known;
  for (const schemas::Table& table : schemas::StationTables()) {
    known.insert({table.schema, table.name});
  }
  for (const Asset* asset : graph.order()) {
    known.insert(asset->table());
    for (const OutputColumn& column : tracer.Of(asset->key)) {
      for (const ColumnOrigin& origin : column.origins) {
        EXPECT_TRUE(known.contains(origin.table))
            << asset->key << "." << column.name << " from " << origin.table.text();
      }
    }
  }
}

TEST_F(PackTest, AnOwnAssetWithAFaultIsRefusedAndTheRestIsUnharmed) {
  const AssetPack pack = Load({{"curated/beds.sql", "own/curated/beds.sql", "SELECT resource_id FROM fhir.location"},
                               {"curated/odd.sql", "own/curated/odd.sql", "SELECT\nFROM WHERE"},
                               {"curated/view.json", "own/curated/view.json", "{\"resource\": \"Patient\"}"},
                               {"curated/lonely.toml", "own/curated/lonely.toml", "owner = \"me\""},
                               {"Upper/x.sql", "own/Upper/x.sql", "SELECT 1 AS a"},
                               {"omop/person.sql", "own/omop/person.sql", "SELECT 1 AS person_id"}});
  EXPECT_NE(pack.Find("curated/beds"), nullptr);
  EXPECT_EQ(pack.Find("curated/odd"), nullptr);
  EXPECT_NE(pack.Find("omop/person"), nullptr);
  ASSERT_EQ(pack.problems.size(), 5U);
  const auto odd = std::ranges::find(pack.problems, "own/curated/odd.sql:2", &Problem::place);
  EXPECT_NE(odd, pack.problems.end());
}

TEST_F(PackTest, AssetsThatReadEachOtherInACircleAreRefused) {
  const AssetPack pack = Load({{"curated/a.sql", "own/curated/a.sql", "SELECT x FROM curated.b"},
                               {"curated/b.sql", "own/curated/b.sql", "SELECT x FROM curated.a"},
                               {"curated/c.sql", "own/curated/c.sql", "SELECT x FROM curated.b"}});
  const Graph graph(pack);
  EXPECT_FALSE(graph.problems().empty());
  EXPECT_EQ(graph.Find({"curated", "a"}), nullptr);
  EXPECT_EQ(graph.Find({"curated", "c"}), nullptr);
  EXPECT_NE(graph.Find({"omop", "person"}), nullptr);
}

TEST_F(PackTest, SelectionsNameAssets) {
  const AssetPack pack = Load({});
  const Graph graph(pack);
  EXPECT_TRUE(graph.Select({"omop/*"}).contains("omop/person"));
  EXPECT_FALSE(graph.Select({"omop/*"}).contains("fhir/patient"));
  EXPECT_TRUE(graph.Select({"+omop/person"}).contains("fhir/patient"));
  EXPECT_TRUE(graph.Select({"fhir/patient+"}).contains("omop/person"));
  EXPECT_FALSE(graph.Select({"fhir/patient"}).contains("omop/person"));
}

}  // namespace
}  // namespace pluginlake::assets
