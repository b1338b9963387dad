// A lake that an older release made gets what this one has, in one commit, when its owner opens it.
#include <gtest/gtest.h>

#include "lake_fixture.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/catalog/snapshots.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::catalog {
namespace {

class LayoutTest : public LakeTest {
 protected:
  void MakeOlder() {
    const CommitInfo info{.run_id = "r", .kind = "test", .message = "as an older release left it"};
    writer_->Commit(operator_, info, [](duck::Connection& connection, std::int64_t) {
      connection.Query("DROP VIEW omop.concept");
      connection.Query("DROP TABLE omop.person");
      connection.Query("DROP TABLE vocab.concept");
      connection.Query("DELETE FROM vocab.code_system WHERE uri = 'http://loinc.org'");
      connection.Query("INSERT INTO vocab.code_system VALUES ('urn:own', 'OWN', 'plain')");
      connection.Query("UPDATE lineage.schema_version SET version = 1");
      return CommitOutcome{.changed = true};
    });
  }
};

TEST_P(LayoutTest, AnOlderLakeGetsTablesViewsAndCodeSystemsOnOpening) {
  MakeOlder();
  const std::int64_t before = [&] {
    duck::Connection connection = lake_->Connect();
    return lake_->CurrentSnapshot(connection);
  }();
  Reopen();
  duck::Connection connection = lake_->Connect();
  EXPECT_EQ(lake_->CurrentSnapshot(connection), before + 2);  // the layout, and the record that it stands
  EXPECT_EQ(StandingLayout(*lake_), schemas::kLayoutVersion);
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM omop.person"), 0);
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM omop.concept"), 0);
  EXPECT_EQ(
      connection.QueryInt64("SELECT count(*) FROM vocab.code_system WHERE uri IN ('http://loinc.org', 'urn:own')"), 2);
}

TEST_P(LayoutTest, UnqualifiedNamesOfTheVocabularyAreReadable) {
  Reader reader(operator_, ReadSettings());
  duck::Connection connection = reader.Connect();
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM omop.concept_ancestor"), 0);
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM code_target"), 0);
}

PL_ON_BOTH_CATALOGS(LayoutTest);

}  // namespace
}  // namespace pluginlake::catalog
