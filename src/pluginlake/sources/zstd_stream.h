// Unpacks zstd, several frames one after another too.
#pragma once

#include <zstd.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "pluginlake/sources/byte_stream.h"
#include "pluginlake/sources/expansion_guard.h"
#include "pluginlake/sources/plain_stream.h"

namespace pluginlake::sources {

class ZstdStream final : public ByteStream {
 public:
  ZstdStream(const StreamInput& input, const RecordLimits& limits);

  std::size_t Read(char* target, std::size_t bytes_max) override;
  void Rewind() override;
  const std::optional<StreamFault>& fault() const override { return fault_; }
  std::uint64_t bytes_read() const override { return packed_.bytes_read(); }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };

  bool Refill();
  std::size_t Unpack(char* target, std::size_t bytes_max, bool more);

  PlainStream packed_;
  ExpansionGuard guard_;
  std::unique_ptr<ZSTD_DStream, Free> zstd_;
  std::vector<char> buffer_;
  ZSTD_inBuffer input_{};
  bool frame_open_ = false;
  bool ended_ = false;
  std::uint64_t unpacked_bytes_ = 0;
  std::optional<StreamFault> fault_;
};

}  // namespace pluginlake::sources
