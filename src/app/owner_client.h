// The process that forwards its verb to the station's owner.
#pragma once

#include "app/owner.h"
#include "pluginlake/net/file_descriptor.h"
#include "pluginlake/net/verb_forward.h"

namespace pluginlake::app {

// How long, and until which signal, the client waits for the owner to take its verb.
struct ForwardWait {
  std::uint32_t accept_ms_max = 0;
  int interrupt_descriptor = -1;
};

// Says whether a verb may be run again from the start when the owner died under it, with the same result.
bool IsRepeatable(const std::string& verb);

// Runs `command` in the owner at the other end of `socket`, writing what comes back to `console`. The stdout of a
// repeatable verb is held back until its end, so that one that is repeated writes one document. An end other than
// kExited has written nothing to stdout, or throws unavailable (PL-0609). Throws the Error with which the owner
// refuses.
net::ForwardOutcome ForwardToOwner(net::FileDescriptor socket, const OwnedCommand& command, const ForwardWait& wait,
                                   Console& console);

}  // namespace pluginlake::app
