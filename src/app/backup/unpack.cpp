// Unpacks a backup into a folder and checks every file.
#include "app/backup/unpack.h"

#include <fcntl.h>

#include <cerrno>
#include <filesystem>
#include <map>

#include "app/backup/archive_errors.h"
#include "app/backup/archive_reader.h"
#include "app/backup/file_descriptor.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/digest.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"

namespace pluginlake::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kManifestBytesMax = 1U << 30U;
constexpr std::uint64_t kFormatBytesMax = 256;

// Only what a backup holds, and never a way out of the folder.
bool IsAllowed(const std::string& name) {
  const fs::path path(name);
  for (const fs::path& part : path) {
    if (part.empty() || part == "." || part == "..") {
      return false;
    }
  }
  return name == "pluginlake.toml" || name.starts_with("state/") || name.starts_with("catalog/") ||
         name.starts_with("data/");
}

void CheckFormat(ArchiveReader& reader) {
  const std::optional<TarEntry> first = reader.Next();
  if (!first || first->name != kFormatName) {
    reader.Refuse("it is no backup of a station");
  }
  const std::string format = reader.ReadText(kFormatBytesMax);
  if (format == FormatText()) {
    return;
  }
  if (!format.starts_with("pluginlake backup ")) {
    reader.Refuse("it is no backup of a station");
  }
  throw core::Error(core::ErrorKind::kConflict, "PL-0961", "This backup was made by a newer pluginlake.",
                    "Restore it with that program or a later one.");
}

class Unpacking {
 public:
  Unpacking(const std::string& archive, const std::string& folder, const Watcher& watcher)
      : reader_(archive), folder_(folder), watcher_(watcher) {}

  Manifest Run() {
    CheckFormat(reader_);
    std::optional<Manifest> manifest;
    while (std::optional<TarEntry> entry = reader_.Next()) {
      if (manifest) {
        reader_.Refuse("something follows its list of contents");
      }
      if (entry->name == kManifestName) {
        manifest = ReadManifest(reader_.ReadText(kManifestBytesMax));
      } else {
        WriteFile(*entry);
      }
    }
    if (!manifest) {
      reader_.Refuse("its list of contents is missing");
    }
    Compare(*manifest);
    return *manifest;
  }

 private:
  void WriteFile(const TarEntry& entry) {
    if (!IsAllowed(entry.name) || found_.contains(entry.name)) {
      reader_.Refuse("it holds a file that no backup has");
    }
    const fs::path path = fs::path(folder_) / entry.name;
    fs::create_directories(path.parent_path());
    const FileDescriptor file(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
    if (file.get() < 0) {
      ThrowFileError(path.string(), "Making a file", errno);
    }
    core::Sha256 digest;
    reader_.ReadBytes([&](std::string_view piece) {
      Watch(piece.size());
      digest.Update(piece);
      WriteAll(file.get(), piece, path.string());
    });
    found_[entry.name] = {.name = entry.name, .bytes = entry.bytes, .sha256 = digest.Hex()};
  }

  void Watch(std::uint64_t bytes) {
    if (watcher_.cancellation.is_requested()) {
      throw core::Interrupted{};
    }
    done_ += bytes;
    watcher_.progress.Report({.phase = "restore", .done = done_, .total = 0, .unit = "bytes"});
  }

  // The first file, FORMAT, was compared when it was read.
  void Compare(const Manifest& manifest) const {
    std::size_t same = 0;
    for (const ArchiveMember& member : manifest.members) {
      if (member.name == kFormatName) {
        continue;
      }
      const auto found = found_.find(member.name);
      if (found == found_.end() || found->second.bytes != member.bytes || found->second.sha256 != member.sha256) {
        reader_.Refuse("a file is not what its list of contents says: " + member.name);
      }
      ++same;
    }
    if (same != found_.size()) {
      reader_.Refuse("it holds a file that its list of contents does not name");
    }
  }

  ArchiveReader reader_;
  std::string folder_;
  Watcher watcher_;
  std::map<std::string, ArchiveMember> found_;
  std::uint64_t done_ = 0;
};

}  // namespace

Manifest UnpackBackup(const std::string& archive, const std::string& folder, const Watcher& watcher) {
  return Unpacking(archive, folder, watcher).Run();
}

}  // namespace pluginlake::app
