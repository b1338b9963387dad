// Tests that a cancellation reaches a statement that is running.
#include "pluginlake/duck/cancel_watch.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "pluginlake/core/cancel.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::duck {
namespace {

TEST(CancelWatchTest, RunningStatementEnds) {
  Database database(DatabaseSettings{});
  Connection connection(database);
  core::Cancellation cancellation;
  const CancelWatch watch(connection, cancellation);
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    cancellation.Request();
  });
  EXPECT_THROW(connection.Query("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b"),
               core::Interrupted);
  later.join();
}

TEST(CancelWatchTest, StatementThatIsNotCancelledIsLeftAlone) {
  Database database(DatabaseSettings{});
  Connection connection(database);
  core::Cancellation cancellation;
  {
    const CancelWatch watch(connection, cancellation);
    EXPECT_EQ(connection.QueryInt64("SELECT 42"), 42);
  }
  cancellation.Request();
  EXPECT_EQ(connection.QueryInt64("SELECT 43"), 43);
}

}  // namespace
}  // namespace pluginlake::duck
