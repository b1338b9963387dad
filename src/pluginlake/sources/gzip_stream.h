// Unpacks gzip, several members one after another too.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <vector>

#include "pluginlake/sources/byte_stream.h"
#include "pluginlake/sources/expansion_guard.h"
#include "pluginlake/sources/plain_stream.h"

namespace pluginlake::sources {

class GzipStream final : public ByteStream {
 public:
  GzipStream(const StreamInput& input, const RecordLimits& limits);
  ~GzipStream() override;
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  std::size_t Read(char* target, std::size_t bytes_max) override;
  void Rewind() override;
  const std::optional<StreamFault>& fault() const override { return fault_; }
  std::uint64_t bytes_read() const override { return packed_.bytes_read(); }

 private:
  enum class Place { kBetweenMembers, kInMember, kEnd };

  bool Refill();
  void BeginMember();
  void Inflate();
  void End(std::string_view reason_code, std::string message);

  PlainStream packed_;
  ExpansionGuard guard_;
  std::vector<unsigned char> input_;
  z_stream zlib_{};
  Place place_ = Place::kBetweenMembers;
  bool any_member_ = false;
  std::uint64_t unpacked_bytes_ = 0;
  std::optional<StreamFault> fault_;
};

}  // namespace pluginlake::sources
