// Owns one object of libsqlite3 or libpq and gives it back exactly once.
#pragma once

#include <utility>

namespace pluginlake::state {

// RAII around a pointer that C gave us; `Close` takes the pointer (sqlite3_close_v2, PQclear, …).
template <typename Raw, auto Close>
class Handle {
 public:
  Handle() = default;
  explicit Handle(Raw* raw) : raw_(raw) {}
  ~Handle() { Reset(); }
  Handle(Handle&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      Reset();
      raw_ = std::exchange(other.raw_, nullptr);
    }
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  Raw* get() const { return raw_; }
  // Returns where C writes a new object; what was owned is released first.
  Raw** out() {
    Reset();
    return &raw_;
  }
  explicit operator bool() const { return raw_ != nullptr; }
  void Reset() {
    if (raw_ != nullptr) {
      Close(raw_);
      raw_ = nullptr;
    }
  }

 private:
  Raw* raw_ = nullptr;
};

}  // namespace pluginlake::state
