// Opens a file as a stream, lets a cutter cut it under a mutex, and checks at the end that it stood still meanwhile.
#include "pluginlake/sources/record_source.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "pluginlake/core/error.h"
#include "pluginlake/sources/byte_stream.h"
#include "pluginlake/sources/file_descriptor.h"
#include "pluginlake/sources/record_cutter.h"

namespace pluginlake::sources {

struct RecordSource::OpenFile {
  OpenFile(const InputFile& file)
      : shown(file.shown), found(file.identity), descriptor(FileDescriptor::OpenForReading(file.open_path)) {
    if (!descriptor.is_open()) {
      throw core::Error(
          core::ErrorKind::kUnavailable, "PL-0805",
          fmt::format("A file that was found cannot be opened any more: {} ({})", shown, std::strerror(errno)),
          "Leave the files in place until the verb has ended, then try again.");
    }
    CheckUnchanged();
  }

  void CheckUnchanged() const {
    if (IdentityOf(descriptor.get(), shown) != found) {
      throw core::Error(core::ErrorKind::kConflict, "PL-0804",
                        fmt::format("A file changed while it was read: {}", shown),
                        "Wait until whatever writes the file has ended, then try again. Nothing of it was stored.");
    }
  }

  std::string shown;
  FileIdentity found;
  FileDescriptor descriptor;
};

RecordSource::RecordSource(const InputFile& file, const RecordLimits& limits)
    : limits_(limits), file_(std::make_unique<OpenFile>(file)) {
  stream_ = OpenStream({.descriptor = file_->descriptor.get(), .shown = file.shown}, file.compression, limits);
  cutter_ = file.layout == Layout::kNdjson ? CutNdjson(*stream_, limits) : CutDocument(*stream_, limits);
}

RecordSource::~RecordSource() = default;

bool RecordSource::Next(RecordBlock& block) {
  const std::scoped_lock lock(mutex_);
  block.Begin(next_ordinal_, 4 * limits_.block_bytes());
  if (finished_) {
    return false;
  }
  cutter_->Fill(block);
  next_ordinal_ = block.next_ordinal();
  bytes_read_.store(stream_->bytes_read(), std::memory_order_relaxed);
  if (block.empty()) {
    finished_ = true;
    file_->CheckUnchanged();
  }
  return !block.empty();
}

}  // namespace pluginlake::sources
