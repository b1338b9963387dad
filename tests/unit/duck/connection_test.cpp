// What the duck room promises: typed reads, bound values, translated errors, parallel sources.
#include "pluginlake/duck/connection.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/duck/appender.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/duck/source_table.h"

namespace pluginlake::duck {
namespace {

// Numbers 0..total-1, handed out in steps to whichever thread asks.
class Numbers final : public ChunkSource {
 public:
  Numbers(std::int64_t total, std::int64_t fails_at) : total_(total), fails_at_(fails_at) {}
  std::vector<Column> Columns() const override { return {{"n", "BIGINT"}, {"text", "VARCHAR"}, {"odd", "BOOLEAN"}}; }
  std::unique_ptr<ChunkReader> Open() override { return std::make_unique<Reader>(*this); }

 private:
  class Reader final : public ChunkReader {
   public:
    explicit Reader(Numbers& numbers) : numbers_(numbers) {}
    std::uint64_t Read(ChunkWriter& writer) override {
      const std::int64_t first = numbers_.next_.fetch_add(1000);
      std::uint64_t row = 0;
      for (std::int64_t n = first; n < std::min(first + 1000, numbers_.total_); ++n, ++row) {
        if (n == numbers_.fails_at_) {
          throw core::Error(core::ErrorKind::kConflict, "PL-9999", "made to fail", "none");
        }
        writer.SetInt64(0, row, n);
        if (n % 10 == 0) {
          writer.SetNull(1, row);
        } else {
          writer.SetText(1, row, "value number " + std::to_string(n));
        }
        writer.SetBool(2, row, n % 2 == 1);
      }
      return row;
    }

   private:
    Numbers& numbers_;
  };
  std::atomic<std::int64_t> next_{0};
  const std::int64_t total_;
  const std::int64_t fails_at_;
};

class ConnectionTest : public testing::Test {
 protected:
  Database database_{DatabaseSettings{}};
  Connection connection_{database_};
};

TEST_F(ConnectionTest, ReadsTypedValuesAndNull) {
  Result result = connection_.Query("SELECT $1 AS a, $2 AS b, NULL::INTEGER AS c, 12.50::DECIMAL(10,2) AS d, true AS e",
                                    {std::int64_t{42}, std::string_view("häagen")});
  ASSERT_EQ(result.columns()[3].type, "DECIMAL(10,2)");
  std::optional<Chunk> chunk = result.Fetch();
  ASSERT_TRUE(chunk.has_value());
  EXPECT_EQ(chunk->Int64(0, 0), 42);
  EXPECT_EQ(chunk->Text(1, 0), "häagen");
  EXPECT_TRUE(chunk->IsNull(2, 0));
  EXPECT_DOUBLE_EQ(chunk->Double(3, 0), 12.5);
  EXPECT_TRUE(chunk->Bool(4, 0));
  EXPECT_FALSE(result.Fetch().has_value());
}

TEST_F(ConnectionTest, TranslatesErrors) {
  try {
    connection_.Query("SELECT * FROM nowhere");
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::kInvalidInput);
    EXPECT_NE(std::string(error.what()).find("nowhere"), std::string::npos);
  }
}

TEST_F(ConnectionTest, NeverRepeatsAPassword) {
  try {
    connection_.Query("SELECT error('connection to server failed: password=geheim host=x postgres://u:geheim@h/d')");
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::kUnavailable);
    EXPECT_EQ(std::string(error.what()).find("geheim"), std::string::npos) << error.what();
  }
}

TEST_F(ConnectionTest, KnowsReadsFromWrites) {
  connection_.Query("CREATE TABLE t(a INTEGER)");
  EXPECT_TRUE(connection_.IsSingleRead("SELECT * FROM t"));
  EXPECT_TRUE(connection_.IsSingleRead("DESCRIBE t"));
  EXPECT_FALSE(connection_.IsSingleRead("INSERT INTO t VALUES (1)"));
  EXPECT_FALSE(connection_.IsSingleRead("INSERT INTO t VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9)"));
  EXPECT_THROW(connection_.IsSingleRead("SELECT * FROM no_such_table"), core::Error);
  EXPECT_THROW(connection_.IsSingleRead("DESCRIBE no_such_table"), core::Error);
  EXPECT_FALSE(connection_.IsSingleRead("SELECT 1; SELECT 2"));
  EXPECT_THROW(connection_.IsSingleRead("SELEC 1"), core::Error);
}

TEST_F(ConnectionTest, RollsBackUnlessCommitted) {
  connection_.Query("CREATE TABLE t(a INTEGER)");
  {
    Transaction transaction(connection_);
    connection_.Query("INSERT INTO t VALUES (1)");
  }
  EXPECT_EQ(connection_.QueryInt64("SELECT count(*) FROM t"), 0);
}

TEST_F(ConnectionTest, AppendsRows) {
  connection_.Query("CREATE TABLE t(a BIGINT, b VARCHAR, c TIMESTAMPTZ)");
  Appender appender(connection_, {.catalog = "", .schema = "", .table = "t"});
  appender.AppendRow({std::int64_t{1}, std::string_view("x"), TimestampUtc{1'000'000}});
  appender.AppendRow({std::monostate{}, std::monostate{}, std::monostate{}});
  appender.Close();
  EXPECT_EQ(connection_.QueryInt64("SELECT count(*) FROM t"), 2);
  EXPECT_EQ(connection_.QueryInt64("SELECT epoch_us(c) FROM t WHERE a = 1"), 1'000'000);
}

TEST_F(ConnectionTest, SourcesAreReadInParallelAndWhole) {
  Numbers numbers(100'000, -1);
  SourceTable table(connection_, numbers, 4);
  Result result =
      table.Run(connection_, "SELECT count(*), sum(n), count(text), count(*) FILTER (odd) FROM pluginlake_source($1)",
                std::vector<Value>{table.number()});
  std::optional<Chunk> chunk = result.Fetch();
  EXPECT_EQ(chunk->Int64(0, 0), 100'000);
  EXPECT_EQ(chunk->Int64(1, 0), 99'999LL * 50'000);
  EXPECT_EQ(chunk->Int64(2, 0), 90'000);
  EXPECT_EQ(chunk->Int64(3, 0), 50'000);
}

TEST_F(ConnectionTest, AReadersErrorComesOutAsThrown) {
  Numbers numbers(100'000, 5'000);
  SourceTable table(connection_, numbers, 4);
  try {
    table.Run(connection_, "SELECT count(*) FROM pluginlake_source($1)", std::vector<Value>{table.number()});
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), "PL-9999");
  }
}

}  // namespace
}  // namespace pluginlake::duck
