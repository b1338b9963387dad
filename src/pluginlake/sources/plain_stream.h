// Reads a plain file with read(2): no mapping, so that a file cut short under us is no SIGBUS.
#pragma once

#include <cstdint>

#include "pluginlake/sources/byte_stream.h"

namespace pluginlake::sources {

class PlainStream final : public ByteStream {
 public:
  explicit PlainStream(const StreamInput& input) : input_(input) {}

  std::size_t Read(char* target, std::size_t bytes_max) override;
  void Rewind() override { offset_ = 0; }
  const std::optional<StreamFault>& fault() const override { return fault_; }
  std::uint64_t bytes_read() const override { return offset_; }

 private:
  StreamInput input_;
  std::uint64_t offset_ = 0;
  std::optional<StreamFault> fault_;
};

}  // namespace pluginlake::sources
