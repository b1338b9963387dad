// Carries a cancellation into a statement that DuckDB is busy with.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

namespace pluginlake::core {
class Cancellation;
}

namespace pluginlake::duck {

class Connection;

// While it lives, what runs on `connection` is interrupted within 50 ms once `cancellation` is requested: Query, Stream
// and Fetch then throw core::Interrupted. Both outlive it. Costs a thread that sleeps; put it around one statement.
class CancelWatch {
 public:
  CancelWatch(Connection& connection, const core::Cancellation& cancellation);
  ~CancelWatch();
  CancelWatch(const CancelWatch&) = delete;
  CancelWatch& operator=(const CancelWatch&) = delete;

 private:
  void Watch(Connection& connection, const core::Cancellation& cancellation);

  std::mutex mutex_;
  std::condition_variable ended_changed_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace pluginlake::duck
