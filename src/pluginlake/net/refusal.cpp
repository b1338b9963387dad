// Writes and reads the payload of kRefused frames.
#include "pluginlake/net/refusal.h"

#include "pluginlake/net/payload.h"

namespace pluginlake::net {

std::string EncodeRefusal(const core::Error& error) {
  PayloadWriter writer;
  writer.Number(static_cast<std::uint64_t>(error.kind())).Text(error.code()).Text(error.what()).Text(error.hint());
  return writer.Take();
}

core::Error DecodeRefusal(std::string_view payload) {
  PayloadReader reader(payload);
  const std::uint64_t kind = reader.Number();
  const std::string_view code = reader.Text();
  const std::string_view what = reader.Text();
  const std::string_view hint = reader.Text();
  if (!reader.ok() || kind > static_cast<std::uint64_t>(core::ErrorKind::kInternal)) {
    return core::Error(core::ErrorKind::kUnavailable, "PL-0605", "The station's owner answers in an unknown way",
                       "End the process that owns the station, then try again.");
  }
  return core::Error(static_cast<core::ErrorKind>(kind), code, what, hint);
}

}  // namespace pluginlake::net
