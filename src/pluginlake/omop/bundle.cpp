// Lists a folder or a zip file and picks the tables' files out of it.
#include "pluginlake/omop/bundle.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <system_error>
#include <vector>

#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/omop/athena_tables.h"
#include "pluginlake/sources/file_descriptor.h"
#include "pluginlake/sources/zip_archive.h"

namespace pluginlake::omop {
namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

constexpr std::size_t kBlockBytes = 1 << 20;

// One file that a delivery holds; `name` is below the path given.
struct Found {
  std::string name;
  std::uint64_t bytes = 0;
  std::size_t entry = 0;  // of a zip file
};

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return text;
}

std::string BaseName(const std::string& name) { return Lower(fs::path(name).filename().string()); }

std::string OpenPath(const sources::InputPath& path) {
  if (path.descriptor >= 0) {
    return fmt::format("/proc/self/fd/{}", path.descriptor);
  }
  return path.absolute.empty() ? path.shown : path.absolute;
}

// What to do with each table's file, once it is chosen.
using Take = std::function<BundleFile(const AthenaTable& table, const Found& found)>;

Problem FileTwice(const AthenaTable& table, const std::vector<const Found*>& found) {
  Problem problem{.code = "file_twice",
                  .table = table.table.name,
                  .count = found.size(),
                  .message = fmt::format("{} is there {} times; the first is read. Are these two releases in one?",
                                         table.FileName(), found.size())};
  for (const Found* each : found) {
    problem.examples.push_back(each->name);
  }
  return problem;
}

void ChooseFiles(const std::vector<Found>& all, const Take& take, Bundle& bundle) {
  for (const AthenaTable& table : AthenaTables()) {
    std::vector<const Found*> found;
    for (const Found& each : all) {
      if (BaseName(each.name) == Lower(table.FileName())) {
        found.push_back(&each);
      }
    }
    if (found.empty() && table.in_every_bundle) {
      bundle.problems.push_back({.code = "missing_file",
                                 .table = table.table.name,
                                 .message = fmt::format("{} is not in the bundle", table.FileName())});
    }
    if (found.size() > 1) {
      bundle.problems.push_back(FileTwice(table, found));
    }
    if (!found.empty()) {
      bundle.files.push_back(take(table, *found.front()));
    }
  }
  for (const Found& each : all) {
    if (BaseName(each.name).ends_with(".zip")) {
      bundle.problems.push_back({.code = "nested_archive",
                                 .message = "The bundle holds a zip file, which is not read; unpack it first",
                                 .examples = {each.name}});
    }
  }
}

std::vector<Found> ListFolder(const std::string& folder, const std::string& shown) {
  std::vector<Found> found;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::follow_directory_symlink, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry.depth() > 1) {
      entry.disable_recursion_pending();
    }
    std::error_code status_error;
    if (entry->is_regular_file(status_error)) {
      found.push_back({.name = fs::path(entry->path()).lexically_relative(folder).string(),
                       .bytes = entry->file_size(status_error)});
    }
  }
  if (error) {
    throw Error(ErrorKind::kDenied, "PL-1003",
                fmt::format("The bundle's folder cannot be read ({}): {}", error.message(), shown),
                "Give the station's user read rights on it.");
  }
  std::ranges::sort(found, {}, &Found::name);
  return found;
}

Bundle OpenFolder(const sources::InputPath& path, const std::string& folder) {
  Bundle bundle;
  ChooseFiles(
      ListFolder(folder, path.shown),
      [&](const AthenaTable& table, const Found& found) {
        return BundleFile{.table = table.table.name,
                          .shown = (fs::path(path.shown) / found.name).string(),
                          .path = (fs::path(folder) / found.name).string(),
                          .bytes = found.bytes};
      },
      bundle);
  return bundle;
}

// Unpacks entries of one zip file into a folder.
class Unpacker {
 public:
  Unpacker(const BundleRequest& request, core::Progress& progress, const core::Cancellation& cancellation)
      : request_(request), progress_(progress), cancellation_(cancellation) {}

  // Returns the problem that cut the file short; what came before stays.
  std::vector<Problem> Unpack(sources::ByteStream& stream, const AthenaTable& table, const std::string& path) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    std::vector<char> block(kBlockBytes);
    while (const std::size_t count = stream.Read(block.data(), block.size())) {
      if (cancellation_.is_requested()) {
        throw core::Interrupted{};
      }
      out.write(block.data(), static_cast<std::streamsize>(count));
      if (!out) {
        throw Error(ErrorKind::kExhausted, "PL-1005",
                    fmt::format("The zip file cannot be unpacked ({}): {}", std::strerror(errno), path),
                    "Free space on the disk of the station's tmp folder, or unpack it elsewhere and name the folder.");
      }
      done_ += count;
      progress_.Report({.phase = "unpacking", .done = done_, .total = total_, .unit = "bytes"});
    }
    if (!stream.fault()) {
      return {};
    }
    return {{.code = "cut_file", .table = table.table.name, .message = stream.fault()->message}};
  }

  void Expect(std::uint64_t bytes) { total_ += bytes; }

 private:
  const BundleRequest& request_;
  core::Progress& progress_;
  const core::Cancellation& cancellation_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

std::vector<Found> ListArchive(const sources::ZipArchive& archive) {
  std::vector<Found> found;
  for (std::size_t i = 0; i < archive.entries().size(); ++i) {
    found.push_back({.name = archive.entries()[i].name, .bytes = archive.entries()[i].bytes, .entry = i});
  }
  std::ranges::sort(found, {}, &Found::name);
  return found;
}

Bundle OpenZip(const BundleRequest& request, int descriptor, core::Progress& progress,
               const core::Cancellation& cancellation) {
  sources::ZipArchive archive({.descriptor = descriptor, .shown = request.path.shown}, request.limits);
  Unpacker unpacker(request, progress, cancellation);
  const std::vector<Found> all = ListArchive(archive);
  for (const Found& found : all) {
    unpacker.Expect(found.bytes);
  }
  Bundle bundle;
  std::vector<Problem> cut;
  ChooseFiles(
      all,
      [&](const AthenaTable& table, const Found& found) {
        const std::string path = fmt::format("{}/{}", request.scratch_folder, table.FileName());
        const std::unique_ptr<sources::ByteStream> stream = archive.Open(found.entry);
        for (Problem& problem : unpacker.Unpack(*stream, table, path)) {
          cut.push_back(std::move(problem));
        }
        return BundleFile{.table = table.table.name,
                          .shown = fmt::format("{}/{}", request.path.shown, found.name),
                          .path = path,
                          .bytes = fs::file_size(path)};
      },
      bundle);
  std::ranges::move(cut, std::back_inserter(bundle.problems));
  return bundle;
}

}  // namespace

Bundle OpenBundle(const BundleRequest& request, core::Progress& progress, const core::Cancellation& cancellation) {
  const std::string path = OpenPath(request.path);
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    throw Error(ErrorKind::kNotFound, "PL-1001",
                fmt::format("The bundle is not there ({}): {}", std::strerror(errno), request.path.shown),
                "Name the folder or the zip file that Athena delivered.");
  }
  if (S_ISDIR(status.st_mode)) {
    return OpenFolder(request.path, path);
  }
  const sources::FileDescriptor file = sources::FileDescriptor::OpenForReading(path);
  if (!S_ISREG(status.st_mode) || !file.is_open() || !sources::LooksLikeZip(file.get())) {
    throw Error(ErrorKind::kInvalidInput, "PL-1002",
                fmt::format("A bundle is a folder or a zip file, this is neither: {}", request.path.shown),
                "Name the folder that holds CONCEPT.csv, or the zip file as it was downloaded.");
  }
  return OpenZip(request, file.get(), progress, cancellation);
}

}  // namespace pluginlake::omop
