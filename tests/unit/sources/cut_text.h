// Cuts texts into records for the tests, through a stream that reads as few bytes at a time as a test wants.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/sources/byte_stream.h"
#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_limits.h"

namespace pluginlake::sources {

// A record with its own memory.
struct CutRecord {
  std::string bytes;
  std::uint64_t line = 0;
  std::uint64_t ordinal = 0;
  std::string full_url;
  std::string method;
  std::string request_url;
  std::string fault;
  std::string message;
  bool in_bundle = false;

  bool operator==(const CutRecord&) const = default;
};

// Gives a text out in pieces whose size `piece_bytes` decides anew each time.
class TextStream final : public ByteStream {
 public:
  TextStream(std::string text, std::function<std::size_t()> piece_bytes)
      : text_(std::move(text)), piece_bytes_(std::move(piece_bytes)) {}

  std::size_t Read(char* target, std::size_t bytes_max) override;
  void Rewind() override { offset_ = 0; }
  const std::optional<StreamFault>& fault() const override { return fault_; }
  std::uint64_t bytes_read() const override { return offset_; }
  void set_fault(StreamFault fault) { fault_ = std::move(fault); }

 private:
  std::string text_;
  std::function<std::size_t()> piece_bytes_;
  std::size_t offset_ = 0;
  std::optional<StreamFault> fault_;
};

// Limits with blocks of 1 KB and records of at most 1 MB.
RecordLimits SmallLimits();

std::vector<CutRecord> CutText(const std::string& text, Layout layout, const RecordLimits& limits);
std::vector<CutRecord> CutStream(ByteStream& stream, Layout layout, const RecordLimits& limits);

// A file of the test's own, removed at the end.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& suffix, const std::string& content);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }
  void Write(const std::string& content) const;

 private:
  std::string path_;
};

// Finds and cuts one file by its path.
std::vector<CutRecord> CutFile(const std::string& path, const RecordLimits& limits);

std::string Gzipped(const std::string& text);
std::string Zstandard(const std::string& text);

}  // namespace pluginlake::sources
