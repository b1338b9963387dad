// Owns one object of a C library and gives it back exactly once.
#pragma once

#include <utility>

namespace pluginlake::duck {

// RAII around a raw C handle; `Destroy` takes Raw* as DuckDB's destroy functions do.
template <typename Raw, auto Destroy>
class Handle {
 public:
  Handle() = default;
  explicit Handle(Raw raw) : raw_(raw) {}
  ~Handle() { Reset(); }
  Handle(Handle&& other) noexcept : raw_(std::exchange(other.raw_, Raw{})) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      Reset();
      raw_ = std::exchange(other.raw_, Raw{});
    }
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  Raw get() const { return raw_; }
  // Returns where C writes a new object; what was owned is released first.
  Raw* out() {
    Reset();
    return &raw_;
  }
  explicit operator bool() const { return raw_ != Raw{}; }
  void Reset() {
    if (raw_ != Raw{}) {
      Destroy(&raw_);
      raw_ = Raw{};
    }
  }

 private:
  Raw raw_{};
};

}  // namespace pluginlake::duck
