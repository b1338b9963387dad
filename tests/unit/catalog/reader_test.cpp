// Readers beside the writer: they stream on while commits go by, and see one version when asked.
#include <gtest/gtest.h>

#include "lake_fixture.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

class ReaderTest : public LakeTest {};

TEST_P(ReaderTest, StreamsWhileTheWriterCommits) {
  ASSERT_TRUE(CommitRows(100000, "first"));
  Reader reader(operator_, ReadSettings());
  duck::Connection one = reader.Connect();
  duck::Connection two = reader.Connect();
  duck::Result rows = one.Stream("SELECT resource_id FROM fhir_resource");
  duck::Result others = two.Stream("SELECT body FROM raw.fhir_resource");
  std::uint64_t seen = rows.Fetch()->row_count();
  std::uint64_t seen_too = others.Fetch()->row_count();
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(CommitRows(i % 2 == 0 ? 3 : 500, "later" + std::to_string(i)));
  }
  while (const std::optional<duck::Chunk> chunk = rows.Fetch()) {
    seen += chunk->row_count();
  }
  while (const std::optional<duck::Chunk> chunk = others.Fetch()) {
    seen_too += chunk->row_count();
  }
  EXPECT_EQ(seen, 100000U);
  EXPECT_EQ(seen_too, 100000U);
  EXPECT_EQ(two.QueryInt64("SELECT count(*) FROM fhir_resource"), 100000 + 10 * 503);
}

TEST_P(ReaderTest, TravelsInTime) {
  const auto first = CommitRows(3, "a");
  ASSERT_TRUE(CommitRows(4, "b"));
  ReaderSettings settings = ReadSettings();
  settings.snapshot_id = first;
  Reader reader(operator_, settings);
  EXPECT_EQ(reader.Connect().QueryInt64("SELECT count(*) FROM fhir_resource"), 3);
  settings.snapshot_id = 99999;
  EXPECT_THROW(Reader(operator_, settings), core::Error);
}

TEST_P(ReaderTest, CannotWrite) {
  Reader reader(operator_, ReadSettings());
  EXPECT_THROW(reader.Connect().Query("DELETE FROM raw.fhir_resource"), core::Error);
}

TEST_P(ReaderTest, ShowsNoSecret) {
  Reader reader(operator_, ReadSettings());
  duck::Connection connection = reader.Connect();
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM duckdb_secrets()"), 0);
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM duckdb_databases() WHERE path LIKE '%@%'"), 0);
}

PL_ON_BOTH_CATALOGS(ReaderTest);

}  // namespace
}  // namespace pluginlake::catalog
