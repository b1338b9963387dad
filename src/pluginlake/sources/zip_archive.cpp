// Reads zip files with libzip, a block at a time.
#include "pluginlake/sources/zip_archive.h"

#include <fmt/format.h>
#include <unistd.h>
#include <zip.h>

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/sources/expansion_guard.h"

namespace pluginlake::sources {
namespace {

using core::Error;
using core::ErrorKind;

std::string TextOf(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

class ZipEntryStream final : public ByteStream {
 public:
  ZipEntryStream(zip_t* archive, std::uint64_t index, std::uint64_t packed_bytes, const RecordLimits& limits)
      : archive_(archive), index_(index), packed_bytes_(packed_bytes), guard_(limits) {
    Rewind();
  }

  std::size_t Read(char* target, std::size_t bytes_max) override {
    if (fault_) {
      return 0;
    }
    const zip_int64_t count = zip_fread(file_.get(), target, bytes_max);
    if (count < 0) {
      fault_ = StreamFault{"corrupt_archive", fmt::format("The entry cannot be unpacked ({}).",
                                                          zip_error_strerror(zip_file_get_error(file_.get())))};
      return 0;
    }
    unpacked_bytes_ += static_cast<std::uint64_t>(count);
    fault_ = guard_.Check(packed_bytes_, unpacked_bytes_);
    return fault_ ? 0 : static_cast<std::size_t>(count);
  }

  void Rewind() override {
    file_.reset(zip_fopen_index(archive_, index_, 0));
    PL_CHECK(file_ != nullptr, "a zip entry that was opened once cannot be opened again");
    fault_.reset();
    unpacked_bytes_ = 0;
  }

  const std::optional<StreamFault>& fault() const override { return fault_; }
  std::uint64_t bytes_read() const override { return unpacked_bytes_; }

 private:
  zip_t* archive_;
  std::uint64_t index_;
  std::uint64_t packed_bytes_;
  ExpansionGuard guard_;
  std::unique_ptr<zip_file_t, CloseFile> file_;
  std::uint64_t unpacked_bytes_ = 0;
  std::optional<StreamFault> fault_;
};

}  // namespace

struct ZipArchive::Handle {
  zip_t* archive = nullptr;
  ~Handle() { zip_discard(archive); }
};

ZipArchive::ZipArchive(const StreamInput& input, const RecordLimits& limits)
    : handle_(std::make_unique<Handle>()), shown_(input.shown), limits_(limits) {
  int code = 0;
  // Opened anew, since libzip seeks, and descriptors that were handed over share their place in the file.
  handle_->archive = zip_open(fmt::format("/proc/self/fd/{}", input.descriptor).c_str(), ZIP_RDONLY, &code);
  if (handle_->archive == nullptr) {
    throw Error(ErrorKind::kInvalidInput, "PL-0811",
                fmt::format("This is no whole zip file ({}): {}", TextOf(code), shown_),
                "Download or copy it again; a zip file that is cut lacks its directory.");
  }
  const zip_int64_t count = zip_get_num_entries(handle_->archive, 0);
  for (zip_int64_t index = 0; index < count; ++index) {
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_stat_index(handle_->archive, static_cast<zip_uint64_t>(index), 0, &status) != 0) {
      continue;
    }
    const std::string_view name = status.name;
    if (!name.ends_with('/')) {
      entries_.push_back({.name = std::string(name),
                          .bytes = status.size,
                          .packed_bytes = status.comp_size,
                          .encrypted = status.encryption_method != ZIP_EM_NONE});
      indexes_.push_back(static_cast<std::uint64_t>(index));
    }
  }
}

ZipArchive::~ZipArchive() = default;

std::unique_ptr<ByteStream> ZipArchive::Open(std::size_t entry) {
  const std::uint64_t index = indexes_.at(entry);
  zip_file_t* file = zip_fopen_index(handle_->archive, index, 0);
  if (file == nullptr) {
    throw Error(ErrorKind::kInvalidInput, "PL-0812",
                fmt::format("An entry of a zip file cannot be unpacked ({}): {} in {}",
                            zip_error_strerror(zip_get_error(handle_->archive)), entries_[entry].name, shown_),
                "Unpack it with the tool that made it, and name the folder instead.");
  }
  zip_fclose(file);
  return std::make_unique<ZipEntryStream>(handle_->archive, index, entries_[entry].packed_bytes, limits_);
}

bool LooksLikeZip(int descriptor) {
  std::array<char, 4> begin{};
  return ::pread(descriptor, begin.data(), begin.size(), 0) == 4 && begin[0] == 'P' && begin[1] == 'K' &&
         (begin[2] == 3 || begin[2] == 5) && (begin[3] == 4 || begin[3] == 6);
}

}  // namespace pluginlake::sources
