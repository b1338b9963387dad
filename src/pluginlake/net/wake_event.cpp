// Wraps an eventfd.
#include "pluginlake/net/wake_event.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "pluginlake/net/system_error.h"

namespace pluginlake::net {

WakeEvent::WakeEvent() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!event_.is_open()) {
    ThrowSystemError(errno, "PL-0606", "The process cannot make an event", "eventfd");
  }
}

void WakeEvent::Signal() const noexcept {
  const int saved = errno;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(event_.get(), &one, sizeof(one));
  errno = saved;
}

void WakeEvent::Clear() const noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(event_.get(), &count, sizeof(count));
}

}  // namespace pluginlake::net
