// The entries of a zip file, each as a stream of its unpacked bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pluginlake/sources/byte_stream.h"

namespace pluginlake::sources {

struct ZipEntry {
  std::string name;                // as stored, '/' between folders
  std::uint64_t bytes = 0;         // unpacked, as the directory says
  std::uint64_t packed_bytes = 0;  // as stored
  bool encrypted = false;
};

// Not thread-safe. Files above 4 GB and their zip64 directory are read.
class ZipArchive {
 public:
  // Reads the directory; `input` stays open elsewhere. Throws invalid_input (PL-0811) if it is no whole zip file.
  ZipArchive(const StreamInput& input, const RecordLimits& limits);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  // Returns the files in it, in the directory's order; folders are left out.
  const std::vector<ZipEntry>& entries() const { return entries_; }

  // Returns a stream of one entry, which must end before the archive does. Throws invalid_input (PL-0812) if it cannot
  // be unpacked at all: encrypted, or packed by a method that is not supported.
  std::unique_ptr<ByteStream> Open(std::size_t entry);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
  std::string shown_;
  RecordLimits limits_;
  std::vector<ZipEntry> entries_;
  std::vector<std::uint64_t> indexes_;  // of entries_ in the archive
};

// Says whether the file begins as a zip file does.
bool LooksLikeZip(int descriptor);

}  // namespace pluginlake::sources
