// Drives libzstd frame by frame; its window limit (128 MB) bounds the memory.
#include "pluginlake/sources/zstd_stream.h"

#include <algorithm>
#include <utility>

#include "pluginlake/core/error.h"

namespace pluginlake::sources {
namespace {

constexpr std::size_t kStepBytes = 1 << 20;  // what is unpacked between two looks at the expansion

}  // namespace

ZstdStream::ZstdStream(const StreamInput& input, const RecordLimits& limits)
    : packed_(input), guard_(limits), zstd_(ZSTD_createDStream()), buffer_(ZSTD_DStreamInSize()) {
  PL_CHECK(zstd_ != nullptr, "zstd starts");
}

void ZstdStream::Rewind() {
  packed_.Rewind();
  ZSTD_DCtx_reset(zstd_.get(), ZSTD_reset_session_only);
  input_ = {};
  frame_open_ = false;
  ended_ = false;
  unpacked_bytes_ = 0;
  fault_.reset();
}

bool ZstdStream::Refill() {
  if (input_.pos < input_.size) {
    return true;
  }
  input_ = {buffer_.data(), packed_.Read(buffer_.data(), buffer_.size()), 0};
  return input_.size != 0;
}

std::size_t ZstdStream::Unpack(char* target, std::size_t bytes_max, bool more) {
  ZSTD_outBuffer output{target, bytes_max, 0};
  const std::size_t result = ZSTD_decompressStream(zstd_.get(), &output, &input_);
  if (ZSTD_isError(result) != 0) {
    fault_ = StreamFault{"corrupt_archive", "The zstd data are damaged: what came before the damage was read."};
  } else if (!more && output.pos == 0) {
    fault_ = StreamFault{"corrupt_archive", "The zstd file ends too early: what came before its end was read."};
  }
  frame_open_ = result != 0;
  return output.pos;
}

std::size_t ZstdStream::Read(char* target, std::size_t bytes_max) {
  std::size_t done = 0;
  while (done < bytes_max && !ended_) {
    const bool more = Refill();
    if (!more && !frame_open_) {
      ended_ = true;
      break;
    }
    const std::size_t written = Unpack(target + done, std::min(bytes_max - done, kStepBytes), more);
    done += written;
    unpacked_bytes_ += written;
    if (!fault_) {
      fault_ = guard_.Check(packed_.bytes_read() - (input_.size - input_.pos), unpacked_bytes_);
    }
    ended_ = fault_.has_value();
  }
  return done;
}

std::unique_ptr<ByteStream> OpenZstdStream(const StreamInput& input, const RecordLimits& limits) {
  return std::make_unique<ZstdStream>(input, limits);
}

}  // namespace pluginlake::sources
