// The store keeps what it is given, on both databases.
#include "pluginlake/state/store.h"

#include <gtest/gtest.h>

#include <thread>

#include "pluginlake/core/error.h"
#include "station_folder.h"

namespace pluginlake::state {
namespace {

class StoreTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (GetParam() == "postgres") {
      if (TestPostgresUrl().empty()) {
        GTEST_SKIP() << "PLUGINLAKE_TEST_POSTGRES is not set";
      }
      EmptyTestPostgres();
      settings_.location = TestPostgresUrl();
    }
    settings_.directory = folder_.path();
  }

  std::unique_ptr<Store> Open() { return Store::Open(settings_); }

  StationFolder folder_;
  StoreSettings settings_;
};

BatchStart StartOf(const std::string& id) {
  return {.batch_id = id,
          .run_id = "run-" + id,
          .kind = "fhir",
          .source = "in/",
          .principal = "ann",
          .program_version = "0.1.0"};
}

core::ErrorKind KindOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return core::ErrorKind::kInternal;
}

TEST_P(StoreTest, KeepsABatchFromBeginToEnd) {
  auto store = Open();
  store->BeginBatch(StartOf("b1"));
  store->FinishBatch(
      {.batch_id = "b1",
       .status = Status::kDone,
       .counts = {.received = 10, .stored = 4, .unchanged = 3, .superseded = 1, .deleted = 1, .quarantined = 1},
       .snapshot_id = 7});
  store.reset();
  auto batch = Open()->FindBatch("b1");
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->status, Status::kDone);
  EXPECT_EQ(batch->start.run_id, "run-b1");
  EXPECT_EQ(batch->start.program_version, "0.1.0");
  EXPECT_EQ(batch->counts.received, 10);
  EXPECT_EQ(batch->counts.quarantined, 1);
  EXPECT_EQ(batch->snapshot_id, 7);
  EXPECT_GT(batch->start.started_at, 0);
  EXPECT_GE(batch->finished_at.value_or(0), batch->start.started_at);
}

TEST_P(StoreTest, TellsWhichBatchesNeverEnded) {
  auto store = Open();
  for (const char* id : {"b1", "b2", "b3"}) {
    store->BeginBatch(StartOf(id));
  }
  store->FinishBatch(
      {.batch_id = "b2", .status = Status::kInterrupted, .counts = {}, .snapshot_id = {}, .message = "SIGINT"});
  std::vector<std::string> open;
  for (const BatchRecord& batch : Open()->UnfinishedBatches()) {
    open.push_back(batch.start.batch_id);
  }
  EXPECT_EQ(open, (std::vector<std::string>{"b1", "b3"}));
  EXPECT_EQ(store->Batches(2).size(), 2U);
  EXPECT_EQ(store->Batches(2).front().start.batch_id, "b3");
}

TEST_P(StoreTest, RefusesABatchTwiceAndAnUnknownOne) {
  auto store = Open();
  store->BeginBatch(StartOf("b1"));
  EXPECT_EQ(KindOf([&] { store->BeginBatch(StartOf("b1")); }), core::ErrorKind::kConflict);
  EXPECT_EQ(KindOf([&] { store->FinishBatch({.batch_id = "b9"}); }), core::ErrorKind::kNotFound);
  EXPECT_EQ(KindOf([&] { store->FinishBatch({.batch_id = "b1", .counts = {.received = 1}}); }),
            core::ErrorKind::kInternal);
}

TEST_P(StoreTest, KeepsRuns) {
  auto store = Open();
  store->PutRun({.run_id = "r1", .kind = "compact", .principal = "ann"});
  store->PutRun({.run_id = "r1",
                 .kind = "compact",
                 .principal = "ann",
                 .status = Status::kDone,
                 .finished_at = 5,
                 .snapshot_id = 3,
                 .detail_json = "{}"});
  ASSERT_EQ(store->Runs(10).size(), 1U);
  EXPECT_EQ(store->FindRun("r1")->status, Status::kDone);
  EXPECT_EQ(store->FindRun("r1")->snapshot_id, 3);
  EXPECT_FALSE(store->FindRun("r2").has_value());
}

TEST_P(StoreTest, NumbersEventsInOrder) {
  auto store = Open();
  EXPECT_EQ(store->AppendEvent({.kind = "a", .run_id = "r1", .message = "one"}), 1);
  EXPECT_EQ(store->AppendEvent({.kind = "a", .run_id = "r2", .message = "two"}), 2);
  EXPECT_EQ(store->AppendEvent({.kind = "b", .run_id = "r1", .message = "three"}), 3);
  EXPECT_EQ(store->Events("", 0, 100).size(), 3U);
  EXPECT_EQ(store->Events("", 1, 1).at(0).message, "two");
  EXPECT_EQ(store->Events("r1", 1, 100).at(0).event_id, 3);
}

TEST_P(StoreTest, CutsLongTextAtACharactersEdge) {
  auto store = Open();
  std::string text = "x";
  while (text.size() < kTextBytesMax + 10) {
    text += "\u00e9";
  }
  text[5] = '\0';
  text[6] = '\0';
  store->AppendEvent({.kind = "a", .message = text});
  std::string kept = store->Events("", 0, 1).at(0).message;
  EXPECT_EQ(kept.size(), kTextBytesMax - 1 - 2);
  EXPECT_EQ(kept.substr(kept.size() - 2), "\u00e9");
}

TEST_P(StoreTest, KnowsTheLowestCursor) {
  auto store = Open();
  EXPECT_FALSE(store->LowestCursor().has_value());
  store->PutCursor({.consumer = "omop/person", .asset = "raw/fhir_resource", .snapshot_id = 12});
  store->PutCursor({.consumer = "dagster", .asset = "raw/fhir_resource", .snapshot_id = 9});
  EXPECT_EQ(store->LowestCursor(), 9);
  store->PutCursor({.consumer = "dagster", .asset = "raw/fhir_resource", .snapshot_id = 15});
  EXPECT_EQ(store->LowestCursor(), 12);
  store->DropCursor("omop/person", "raw/fhir_resource");
  EXPECT_EQ(store->LowestCursor(), 15);
  EXPECT_EQ(store->Cursors().size(), 1U);
}

TEST_P(StoreTest, KeepsSmallValues) {
  auto store = Open();
  EXPECT_FALSE(store->FindValue("station_id").has_value());
  store->PutValue("station_id", "s1");
  store->PutValue("station_id", "it's \"2\"; DROP TABLE batch");
  EXPECT_EQ(store->FindValue("station_id"), "it's \"2\"; DROP TABLE batch");
}

TEST_P(StoreTest, TakesCallsFromManyThreads) {
  auto store = Open();
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&store, thread] {
      for (int turn = 0; turn < 10; ++turn) {
        store->BeginBatch(StartOf(std::to_string(thread * 100 + turn)));
        store->AppendEvent({.kind = "a", .message = "turn"});
      }
    });
  }
  threads.clear();
  EXPECT_EQ(store->UnfinishedBatches().size(), 40U);
  EXPECT_EQ(store->Events("", 0, 1000).back().event_id, 40);
}

INSTANTIATE_TEST_SUITE_P(Databases, StoreTest, testing::Values("sqlite", "postgres"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace pluginlake::state
