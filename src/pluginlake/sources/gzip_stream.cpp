// Drives zlib member by member; what follows the last member may only be zero padding, as gzip(1) has it.
#include "pluginlake/sources/gzip_stream.h"

#include <algorithm>
#include <utility>

#include "pluginlake/core/error.h"

namespace pluginlake::sources {
namespace {

constexpr std::size_t kInputBytes = 256 << 10;
constexpr std::size_t kStepBytes = 1 << 20;  // what is unpacked between two looks at the expansion
constexpr int kGzipOnly = 16 + MAX_WBITS;

}  // namespace

GzipStream::GzipStream(const StreamInput& input, const RecordLimits& limits)
    : packed_(input), guard_(limits), input_(kInputBytes) {
  PL_CHECK(inflateInit2(&zlib_, kGzipOnly) == Z_OK, "zlib starts");
}

GzipStream::~GzipStream() { inflateEnd(&zlib_); }

void GzipStream::Rewind() {
  packed_.Rewind();
  inflateReset(&zlib_);
  zlib_.avail_in = 0;
  place_ = Place::kBetweenMembers;
  any_member_ = false;
  unpacked_bytes_ = 0;
  fault_.reset();
}

bool GzipStream::Refill() {
  if (zlib_.avail_in != 0) {
    return true;
  }
  zlib_.next_in = input_.data();
  std::size_t count = packed_.Read(reinterpret_cast<char*>(input_.data()), input_.size());
  zlib_.avail_in = static_cast<unsigned>(count);
  return count != 0;
}

void GzipStream::End(std::string_view reason_code, std::string message) {
  fault_ = StreamFault{reason_code, std::move(message)};
  place_ = Place::kEnd;
}

void GzipStream::BeginMember() {
  while (any_member_ && zlib_.avail_in != 0 && *zlib_.next_in == 0) {
    ++zlib_.next_in;
    --zlib_.avail_in;
  }
  if (zlib_.avail_in == 0) {
    return;
  }
  inflateReset(&zlib_);
  any_member_ = true;
  place_ = Place::kInMember;
}

void GzipStream::Inflate() {
  int result = inflate(&zlib_, Z_NO_FLUSH);
  if (result == Z_STREAM_END) {
    place_ = Place::kBetweenMembers;
  } else if (result != Z_OK && result != Z_BUF_ERROR) {
    End("corrupt_archive", "The gzip data are damaged: what came before the damage was read.");
  }
}

std::size_t GzipStream::Read(char* target, std::size_t bytes_max) {
  std::size_t done = 0;
  while (done < bytes_max && place_ != Place::kEnd) {
    const bool more = Refill();
    if (place_ == Place::kBetweenMembers) {
      more ? BeginMember() : void(place_ = Place::kEnd);
      continue;
    }
    const std::size_t room = std::min(bytes_max - done, kStepBytes);
    zlib_.next_out = reinterpret_cast<unsigned char*>(target + done);
    zlib_.avail_out = static_cast<unsigned>(room);
    Inflate();
    const std::size_t written = room - zlib_.avail_out;
    done += written;
    unpacked_bytes_ += written;
    if (!more && written == 0 && place_ == Place::kInMember) {
      End("cut_gzip", "The gzip file ends too early: what came before its end was read.");
    } else if (auto excess = guard_.Check(packed_.bytes_read() - zlib_.avail_in, unpacked_bytes_)) {
      End(excess->reason_code, std::move(excess->message));
    }
  }
  return done;
}

std::unique_ptr<ByteStream> OpenGzipStream(const StreamInput& input, const RecordLimits& limits) {
  return std::make_unique<GzipStream>(input, limits);
}

}  // namespace pluginlake::sources
