// Cuts texts and files for the tests.
#include "cut_text.h"

#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "pluginlake/sources/record_cutter.h"
#include "pluginlake/sources/record_source.h"

namespace pluginlake::sources {
namespace {

CutRecord Copy(const Record& record) {
  return {std::string(record.bytes),
          record.line,
          record.ordinal,
          std::string(record.full_url),
          std::string(record.method),
          std::string(record.request_url),
          std::string(record.fault.reason_code),
          std::string(record.fault.message),
          record.in_bundle};
}

}  // namespace

std::size_t TextStream::Read(char* target, std::size_t bytes_max) {
  const std::size_t count = std::min({bytes_max, piece_bytes_(), text_.size() - offset_});
  std::memcpy(target, text_.data() + offset_, count);
  offset_ += count;
  return count;
}

RecordLimits SmallLimits() {
  RecordLimits limits;
  limits.resource_mb_max = 1;
  limits.block_kb = 1;
  return limits;
}

std::vector<CutRecord> CutStream(ByteStream& stream, Layout layout, const RecordLimits& limits) {
  const auto cutter = layout == Layout::kNdjson ? CutNdjson(stream, limits) : CutDocument(stream, limits);
  std::vector<CutRecord> records;
  RecordBlock block;
  while (true) {
    block.Begin(records.size(), limits.block_bytes());
    cutter->Fill(block);
    if (block.empty()) {
      return records;
    }
    std::transform(block.records().begin(), block.records().end(), std::back_inserter(records), Copy);
  }
}

std::vector<CutRecord> CutText(const std::string& text, Layout layout, const RecordLimits& limits) {
  TextStream stream(text, [] { return std::size_t{1} << 30; });
  return CutStream(stream, layout, limits);
}

TemporaryFile::TemporaryFile(const std::string& suffix, const std::string& content) {
  path_ = (std::filesystem::temp_directory_path() / "pluginlake-XXXXXX").string() + suffix;
  const int descriptor = ::mkstemps(path_.data(), static_cast<int>(suffix.size()));
  ::close(descriptor);
  Write(content);
}

TemporaryFile::~TemporaryFile() { std::filesystem::remove(path_); }

void TemporaryFile::Write(const std::string& content) const {
  std::ofstream(path_, std::ios::binary | std::ios::trunc) << content;
}

std::vector<CutRecord> CutFile(const std::string& path, const RecordLimits& limits) {
  const InputPath input{.shown = path};
  const InputSet found = FindInputFiles(std::span(&input, 1), FindSettings{});
  RecordSource source(found.files.at(0), limits);
  std::vector<CutRecord> records;
  RecordBlock block;
  while (source.Next(block)) {
    std::transform(block.records().begin(), block.records().end(), std::back_inserter(records), Copy);
  }
  return records;
}

std::string Gzipped(const std::string& text) {
  z_stream zlib{};
  deflateInit2(&zlib, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&zlib, text.size()) + 64, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  zlib.avail_in = static_cast<unsigned>(text.size());
  zlib.next_out = reinterpret_cast<Bytef*>(packed.data());
  zlib.avail_out = static_cast<unsigned>(packed.size());
  deflate(&zlib, Z_FINISH);
  packed.resize(zlib.total_out);
  deflateEnd(&zlib);
  return packed;
}

std::string Zstandard(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 1));
  return packed;
}

}  // namespace pluginlake::sources
