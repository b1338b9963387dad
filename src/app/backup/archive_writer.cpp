// Writes one archive in one pass.
#include "app/backup/archive_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "app/backup/archive_errors.h"
#include "app/backup/file_descriptor.h"
#include "app/backup/tar_header.h"
#include "pluginlake/core/digest.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

constexpr std::size_t kPieceBytes = 1U << 20U;
constexpr int kZstdLevel = 3;

[[noreturn]] void ThrowAlreadyThere(const std::string& path) {
  throw core::Error(core::ErrorKind::kConflict, "PL-0955", "There is a file of this name already: " + path,
                    "Name another file, or say --replace.");
}

struct FreeZstd {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

}  // namespace

// The file under its temporary name, compressed on the way if asked for.
class ArchiveWriter::Output {
 public:
  explicit Output(const ArchiveSettings& settings)
      : settings_(settings), part_(fmt::format("{}.part-{}", settings.path, ::getpid())), file_(Create(part_)) {
    if (settings.compress) {
      zstd_.reset(ZSTD_createCCtx());
      ZSTD_CCtx_setParameter(zstd_.get(), ZSTD_c_compressionLevel, kZstdLevel);
      ZSTD_CCtx_setParameter(zstd_.get(), ZSTD_c_checksumFlag, 1);
      buffer_.resize(ZSTD_CStreamOutSize());
    }
  }
  ~Output() {
    if (!named_) {
      ::unlink(part_.c_str());
    }
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void Write(std::string_view bytes) { zstd_ ? Compress(bytes, ZSTD_e_continue) : WriteRaw(bytes); }

  std::uint64_t Finish() {
    if (zstd_) {
      Compress({}, ZSTD_e_end);
    }
    if (::fsync(file_.get()) != 0) {
      ThrowFileError(settings_.path, "Writing the backup to disk", errno);
    }
    GiveName();
    SyncFolderOf(settings_.path);
    return written_;
  }

 private:
  static FileDescriptor Create(const std::string& part) {
    FileDescriptor file(::open(part.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600));
    if (file.get() < 0) {
      ThrowFileError(part, "Making the backup file", errno);
    }
    return file;
  }

  void WriteRaw(std::string_view bytes) {
    WriteAll(file_.get(), bytes, settings_.path);
    written_ += bytes.size();
  }

  void Compress(std::string_view bytes, ZSTD_EndDirective directive) {
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    std::size_t left = 1;
    while (directive == ZSTD_e_end ? left != 0 : input.pos < input.size) {
      ZSTD_outBuffer output{buffer_.data(), buffer_.size(), 0};
      left = ZSTD_compressStream2(zstd_.get(), &output, &input, directive);
      PL_CHECK(ZSTD_isError(left) == 0, "zstd refused to compress");
      WriteRaw({buffer_.data(), output.pos});
    }
  }

  void GiveName() {
    const unsigned int flags = settings_.replace ? 0U : static_cast<unsigned int>(RENAME_NOREPLACE);
    int code = ::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, settings_.path.c_str(), flags);
    if (code != 0 && errno == EINVAL) {  // a file system without that flag
      code = ::rename(part_.c_str(), settings_.path.c_str());
    }
    if (code != 0 && errno == EEXIST) {
      ThrowAlreadyThere(settings_.path);
    }
    if (code != 0) {
      ThrowFileError(settings_.path, "Naming the backup file", errno);
    }
    named_ = true;
  }

  ArchiveSettings settings_;
  std::string part_;
  FileDescriptor file_;
  std::unique_ptr<ZSTD_CCtx, FreeZstd> zstd_;
  std::string buffer_;
  std::uint64_t written_ = 0;
  bool named_ = false;
};

ArchiveWriter::ArchiveWriter(const ArchiveSettings& settings) {
  if (!settings.replace && std::filesystem::exists(settings.path)) {
    ThrowAlreadyThere(settings.path);
  }
  output_ = std::make_unique<Output>(settings);
}

ArchiveWriter::~ArchiveWriter() = default;

void ArchiveWriter::AddText(const std::string& name, std::string_view text) {
  output_->Write(TarHeadOf({.name = name, .bytes = text.size()}));
  output_->Write(text);
  output_->Write(std::string(TarPadding(text.size()), '\0'));
  members_.push_back({.name = name, .bytes = text.size(), .sha256 = core::Sha256Hex(text)});
}

void ArchiveWriter::AddFile(const std::string& name, const std::string& path, const Watch& watch) {
  const FileDescriptor file = OpenForReading(path);
  const std::uint64_t bytes = SizeOf(file.get(), path);
  output_->Write(TarHeadOf({.name = name, .bytes = bytes}));
  core::Sha256 digest;
  std::string piece(kPieceBytes, '\0');
  std::uint64_t done = 0;
  for (std::size_t got = ReadSome(file.get(), piece, path); got > 0 && done + got <= bytes;
       got = ReadSome(file.get(), piece, path)) {
    const std::string_view read(piece.data(), got);
    done += got;
    digest.Update(read);
    output_->Write(read);
    watch(got);
  }
  if (done != bytes || SizeOf(file.get(), path) != bytes) {
    throw core::Error(core::ErrorKind::kConflict, "PL-0956", "A file changed while it was backed up: " + path,
                      "Start the backup again.");
  }
  output_->Write(std::string(TarPadding(bytes), '\0'));
  members_.push_back({.name = name, .bytes = bytes, .sha256 = digest.Hex()});
}

std::uint64_t ArchiveWriter::Close() {
  output_->Write(std::string(2 * kTarBlockBytes, '\0'));
  return output_->Finish();
}

}  // namespace pluginlake::app
