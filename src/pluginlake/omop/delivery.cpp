// Walks a folder, or lists and unpacks a zip file.
#include "pluginlake/omop/delivery.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>
#include <utility>

#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/sources/file_descriptor.h"
#include "pluginlake/sources/zip_archive.h"

namespace pluginlake::omop {
namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr int kFolderDepthMax = 3;

std::string OpenPath(const sources::InputPath& path) {
  if (path.descriptor >= 0) {
    return fmt::format("/proc/self/fd/{}", path.descriptor);
  }
  return path.absolute.empty() ? path.shown : path.absolute;
}

}  // namespace

struct Delivery::Zip {
  sources::FileDescriptor file;
  sources::ZipArchive archive;
  std::map<std::string, std::size_t> entries;  // by name

  Zip(sources::FileDescriptor opened, const DeliveryRequest& request)
      : file(std::move(opened)), archive({.descriptor = file.get(), .shown = request.path.shown}, request.limits) {}
};

Delivery::Delivery(DeliveryRequest request, core::Progress& progress, const core::Cancellation& cancellation)
    : request_(std::move(request)), progress_(progress), cancellation_(cancellation) {
  const std::string path = OpenPath(request_.path);
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    throw Error(ErrorKind::kNotFound, "PL-1001",
                fmt::format("The delivery is not there ({}): {}", std::strerror(errno), request_.path.shown),
                "Name the folder or the zip file as it was delivered.");
  }
  if (S_ISDIR(status.st_mode)) {
    folder_ = path;
    ListFolder();
  } else {
    OpenZip();
  }
  std::ranges::sort(files_, {}, &DeliveredFile::name);
}

Delivery::~Delivery() = default;

void Delivery::ListFolder() {
  std::error_code error;
  fs::recursive_directory_iterator entry(folder_, fs::directory_options::follow_directory_symlink, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry.depth() >= kFolderDepthMax) {
      entry.disable_recursion_pending();
    }
    std::error_code status_error;
    if (entry->is_regular_file(status_error)) {
      files_.push_back({.name = fs::path(entry->path()).lexically_relative(folder_).string(),
                        .bytes = entry->file_size(status_error)});
    }
  }
  if (error) {
    throw Error(ErrorKind::kDenied, "PL-1003",
                fmt::format("The delivery's folder cannot be read ({}): {}", error.message(), request_.path.shown),
                "Give the station's user read rights on it.");
  }
}

void Delivery::OpenZip() {
  const std::string path = OpenPath(request_.path);
  sources::FileDescriptor file = sources::FileDescriptor::OpenForReading(path);
  if (!file.is_open() || !sources::LooksLikeZip(file.get())) {
    throw Error(ErrorKind::kInvalidInput, "PL-1002",
                fmt::format("A delivery is a folder or a zip file, this is neither: {}", request_.path.shown),
                "Name the folder with the files, or the zip file as it was downloaded.");
  }
  zip_ = std::make_unique<Zip>(std::move(file), request_);
  const std::vector<sources::ZipEntry>& entries = zip_->archive.entries();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    files_.push_back({.name = entries[i].name, .bytes = entries[i].bytes});
    zip_->entries.emplace(entries[i].name, i);
  }
}

std::string Delivery::Shown(const DeliveredFile& file) const {
  return (fs::path(request_.path.shown) / file.name).string();
}

std::string Delivery::Fetch(const DeliveredFile& file, std::vector<Problem>& problems) {
  if (zip_ == nullptr) {
    return (fs::path(folder_) / file.name).string();
  }
  return Unpack(zip_->entries.at(file.name), file.name, problems);
}

std::string Delivery::Unpack(std::size_t entry, const std::string& name, std::vector<Problem>& problems) {
  // Numbered, since names of strangers lead anywhere.
  std::string path = fmt::format("{}/{}.csv", request_.scratch_folder, entry);
  const std::unique_ptr<sources::ByteStream> stream = zip_->archive.Open(entry);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  std::vector<char> block(kBlockBytes);
  while (const std::size_t count = stream->Read(block.data(), block.size())) {
    if (cancellation_.is_requested()) {
      throw core::Interrupted{};
    }
    out.write(block.data(), static_cast<std::streamsize>(count));
    if (!out) {
      throw Error(ErrorKind::kExhausted, "PL-1005",
                  fmt::format("The zip file cannot be unpacked ({}): {}", std::strerror(errno), path),
                  "Free space on the disk of the station, or unpack it elsewhere and name the folder.");
    }
    unpacked_bytes_ += count;
    progress_.Report({.phase = "unpacking", .done = unpacked_bytes_, .total = 0, .unit = "bytes"});
  }
  if (stream->fault()) {
    problems.push_back({.code = "cut_file", .message = stream->fault()->message, .examples = {name}});
  }
  return path;
}

std::string SmallBaseName(const std::string& name) {
  std::string small = fs::path(name).filename().string();
  std::ranges::transform(small, small.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return small;
}

}  // namespace pluginlake::omop
