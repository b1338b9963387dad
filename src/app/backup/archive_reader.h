// Reads an archive from its start to its end, plain or zstd, trusting nothing in it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/backup/tar_header.h"

namespace pluginlake::app {

// Not thread-safe. Throws invalid_input (PL-0952) where the archive is cut or changed, not_found if it is not there.
class ArchiveReader {
 public:
  explicit ArchiveReader(const std::string& path);
  ~ArchiveReader();
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  // Returns the next file, nullopt at the archive's end. The bytes of the one before must have been read.
  std::optional<TarEntry> Next();
  // Hands on the bytes of the file that Next() returned.
  void ReadBytes(const std::function<void(std::string_view)>& take);
  // Returns them as text; refuses more than `bytes_max`.
  std::string ReadText(std::uint64_t bytes_max);

  // Throws PL-0952.
  [[noreturn]] void Refuse(const std::string& what) const;

 private:
  class Input;
  TarBlock ReadBlock();
  TarHead ReadHead();

  std::string path_;
  std::unique_ptr<Input> input_;
  std::uint64_t bytes_left_ = 0;
  std::size_t padding_left_ = 0;
};

}  // namespace pluginlake::app
