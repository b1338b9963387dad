// A descriptor that becomes readable when another thread, or a signal handler, says so: what poll() can wait for.
#pragma once

#include "pluginlake/net/file_descriptor.h"

namespace pluginlake::net {

// Thread-safe. Stays readable from Signal() until Clear().
class WakeEvent {
 public:
  WakeEvent();
  // Async-signal-safe.
  void Signal() const noexcept;
  void Clear() const noexcept;
  int descriptor() const { return event_.get(); }

 private:
  FileDescriptor event_;
};

}  // namespace pluginlake::net
