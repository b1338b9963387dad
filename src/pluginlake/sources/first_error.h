// Carries the first error of several threads to the one that waits for them.
#pragma once

#include <atomic>
#include <exception>
#include <mutex>
#include <utility>

namespace pluginlake::sources {

// Thread-safe.
class FirstError {
 public:
  void Keep(std::exception_ptr error) {
    std::lock_guard lock(mutex_);
    if (!error_) {
      error_ = std::move(error);
    }
    failed_.store(true);
  }
  bool is_set() const { return failed_.load(); }
  void Rethrow() {
    if (error_) {
      std::rethrow_exception(error_);
    }
  }

 private:
  std::mutex mutex_;
  std::exception_ptr error_;
  std::atomic<bool> failed_{false};
};

}  // namespace pluginlake::sources
