// Reads an archive from its start to its end.
#include "app/backup/archive_reader.h"

#include <zstd.h>

#include <algorithm>

#include "app/backup/archive_errors.h"
#include "app/backup/file_descriptor.h"

namespace pluginlake::app {
namespace {

constexpr std::size_t kPieceBytes = 1U << 20U;
constexpr std::uint64_t kPaxBytesMax = 64U << 10U;
constexpr std::string_view kZstdMagic("\x28\xB5\x2F\xFD", 4);

struct FreeZstd {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

// The archive's bytes in order, decompressed if they are zstd.
class ArchiveReader::Input {
 public:
  explicit Input(const std::string& path) : path_(path), file_(OpenForReading(path)), raw_(kPieceBytes, '\0') {
    Fill();
    if (std::string_view(raw_.data(), raw_bytes_).starts_with(kZstdMagic)) {
      zstd_.reset(ZSTD_createDCtx());
      plain_.resize(ZSTD_DStreamOutSize());
    }
  }

  // Returns up to `bytes_max` of the bytes that come next; empty at the end. The view lives until the next call.
  std::string_view Take(std::size_t bytes_max) {
    while (ready_.empty() && Refill()) {
    }
    const std::string_view taken = ready_.substr(0, bytes_max);
    ready_.remove_prefix(taken.size());
    return taken;
  }

 private:
  void Fill() {
    raw_bytes_ = ReadSome(file_.get(), raw_, path_);
    raw_used_ = 0;
  }

  bool Refill() {
    if (raw_used_ == raw_bytes_) {
      Fill();
    }
    if (raw_bytes_ == 0) {
      return false;
    }
    if (!zstd_) {
      ready_ = std::string_view(raw_.data() + raw_used_, raw_bytes_ - raw_used_);
      raw_used_ = raw_bytes_;
      return true;
    }
    ZSTD_inBuffer input{raw_.data(), raw_bytes_, raw_used_};
    ZSTD_outBuffer output{plain_.data(), plain_.size(), 0};
    if (ZSTD_isError(ZSTD_decompressStream(zstd_.get(), &output, &input)) != 0) {
      ThrowDamagedArchive(path_, "its compression is broken");
    }
    raw_used_ = input.pos;
    ready_ = std::string_view(plain_.data(), output.pos);
    return true;
  }

  std::string path_;
  FileDescriptor file_;
  std::string raw_;
  std::size_t raw_bytes_ = 0;
  std::size_t raw_used_ = 0;
  std::unique_ptr<ZSTD_DCtx, FreeZstd> zstd_;
  std::string plain_;
  std::string_view ready_;
};

ArchiveReader::ArchiveReader(const std::string& path) : path_(path), input_(std::make_unique<Input>(path)) {}

ArchiveReader::~ArchiveReader() = default;

void ArchiveReader::Refuse(const std::string& what) const { ThrowDamagedArchive(path_, what); }

TarBlock ArchiveReader::ReadBlock() {
  TarBlock block{};
  for (std::size_t have = 0; have < block.size();) {
    const std::string_view piece = input_->Take(block.size() - have);
    if (piece.empty()) {
      Refuse("it ends too early");
    }
    std::ranges::copy(piece, block.begin() + static_cast<std::ptrdiff_t>(have));
    have += piece.size();
  }
  return block;
}

TarHead ArchiveReader::ReadHead() {
  std::optional<TarHead> head = ReadTarHead(ReadBlock());
  if (!head) {
    Refuse("the head of a file in it is broken");
  }
  bytes_left_ = head->entry.bytes;
  padding_left_ = TarPadding(bytes_left_);
  return *head;
}

std::optional<TarEntry> ArchiveReader::Next() {
  const TarHead head = ReadHead();
  if (head.kind == TarKind::kEnd) {
    return std::nullopt;
  }
  if (head.kind == TarKind::kFile) {
    return head.entry;
  }
  const std::string records = ReadText(kPaxBytesMax);
  TarHead file = ReadHead();
  if (file.kind != TarKind::kFile || !ApplyPaxRecords(records, file.entry)) {
    Refuse("the head of a file in it is broken");
  }
  bytes_left_ = file.entry.bytes;
  padding_left_ = TarPadding(bytes_left_);
  return file.entry;
}

void ArchiveReader::ReadBytes(const std::function<void(std::string_view)>& take) {
  while (bytes_left_ + padding_left_ > 0) {
    const std::uint64_t wanted = bytes_left_ > 0 ? bytes_left_ : padding_left_;
    const std::string_view piece = input_->Take(static_cast<std::size_t>(std::min<std::uint64_t>(wanted, kPieceBytes)));
    if (piece.empty()) {
      Refuse("it ends too early");
    }
    if (bytes_left_ > 0) {
      take(piece);
      bytes_left_ -= piece.size();
    } else {
      padding_left_ -= piece.size();
    }
  }
}

std::string ArchiveReader::ReadText(std::uint64_t bytes_max) {
  if (bytes_left_ > bytes_max) {
    Refuse("a text in it is too long");
  }
  std::string text;
  ReadBytes([&text](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace pluginlake::app
