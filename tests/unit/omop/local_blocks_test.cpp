// Local concept ids: never two owners, never given twice, and a delivery's own are respected.
#include "pluginlake/omop/local_blocks.h"

#include <gtest/gtest.h>

#include <set>

#include "pluginlake/core/error.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/omop/athena_tables.h"

namespace pluginlake::omop {
namespace {

class LocalBlocks : public ::testing::Test {
 protected:
  LocalBlocks() : database_({}), connection_(database_.Connect()) {
    connection_.Query(schemas::CreateSchemaStatement("vocab"));
    connection_.Query(schemas::CreateTableStatement(VocabTable("local_block")));
    connection_.Query(schemas::CreateTableStatement(VocabTable("local_concept")));
  }

  // What a caller must do with the ids it reserved.
  void Use(const std::string& vocabulary_id, const std::vector<std::int64_t>& ids) {
    for (const std::int64_t id : ids) {
      connection_.Query("INSERT INTO vocab.local_concept VALUES ($1, $2, $3)", {vocabulary_id, std::to_string(id), id});
    }
  }

  std::string CodeOfError(const LocalIds& wanted) {
    try {
      ClaimLocalIds(connection_, wanted);
    } catch (const core::Error& error) {
      return error.code();
    }
    return "";
  }

  duck::Database database_;
  duck::Connection connection_;
};

TEST_F(LocalBlocks, ReservesFromTwoBillionOnAndGoesOnWhereItStopped) {
  const std::vector<std::int64_t> first = ReserveLocalIds(connection_, "DHD-DT", 3);
  EXPECT_EQ(first, (std::vector<std::int64_t>{2'000'000'000, 2'000'000'001, 2'000'000'002}));
  Use("DHD-DT", first);
  const std::vector<std::int64_t> other = ReserveLocalIds(connection_, "DHD-VT", 1);
  EXPECT_EQ(other, std::vector<std::int64_t>{2'000'100'000});
  Use("DHD-VT", other);
  EXPECT_EQ(ReserveLocalIds(connection_, "DHD-DT", 2), (std::vector<std::int64_t>{2'000'000'003, 2'000'000'004}));
}

TEST_F(LocalBlocks, ContinuesInANewBlockWhenItsOwnIsFull) {
  const std::vector<std::int64_t> most = ReserveLocalIds(connection_, "A", 99'999);
  connection_.Query("INSERT INTO vocab.local_concept SELECT 'A', range::VARCHAR, range FROM range($1, $2)",
                    {most.front(), most.back() + 1});
  Use("B", ReserveLocalIds(connection_, "B", 1));
  const std::vector<std::int64_t> more = ReserveLocalIds(connection_, "A", 3);
  EXPECT_EQ(more, (std::vector<std::int64_t>{2'000'099'999, 2'000'200'000, 2'000'200'001}));
}

TEST_F(LocalBlocks, ADeliverysOwnIdsAreClaimedRoundedAndOnce) {
  ClaimLocalIds(connection_, {.vocabulary_id = "DEMO", .first_id = 2'000'000'001, .last_id = 2'000'000'702});
  ClaimLocalIds(connection_, {.vocabulary_id = "DEMO", .first_id = 2'000'000'001, .last_id = 2'000'000'900});
  EXPECT_EQ(connection_.QueryInt64("SELECT count(*) FROM vocab.local_block"), 1);
  EXPECT_EQ(connection_.QueryInt64("SELECT last_id FROM vocab.local_block"), 2'000'000'999);
  EXPECT_EQ(ReserveLocalIds(connection_, "DHD-DT", 1).front(), 2'000'001'000);
}

TEST_F(LocalBlocks, TwoVocabulariesNeverShareIds) {
  ClaimLocalIds(connection_, {.vocabulary_id = "DEMO", .first_id = 2'000'000'001, .last_id = 2'000'000'702});
  EXPECT_EQ(CodeOfError({.vocabulary_id = "OTHER", .first_id = 2'000'000'702, .last_id = 2'000'005'000}), "PL-1010");
  EXPECT_EQ(CodeOfError({.vocabulary_id = "OTHER", .first_id = 2'000'000'999, .last_id = 2'000'000'999}), "PL-1010");
  EXPECT_EQ(CodeOfError({.vocabulary_id = "OTHER", .first_id = 2'000'001'000, .last_id = 2'000'001'000}), "");
}

TEST_F(LocalBlocks, WhatToolsCannotHoldIsRefused) {
  EXPECT_EQ(CodeOfError({.vocabulary_id = "X", .first_id = 1'999'999'999, .last_id = 2'000'000'000}), "PL-1011");
  EXPECT_EQ(CodeOfError({.vocabulary_id = "X", .first_id = 2'000'000'000, .last_id = 2'147'483'648}), "PL-1011");
  ClaimLocalIds(connection_, {.vocabulary_id = "X", .first_id = 2'147'483'000, .last_id = 2'147'483'647});
  EXPECT_THROW(ReserveLocalIds(connection_, "Y", 1), core::Error);
}

}  // namespace
}  // namespace pluginlake::omop
