// Writes one archive (tar, optionally zstd) in one pass: it appears under its name only when it is whole and on disk.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::app {

// What an archive holds, for its manifest.
struct ArchiveMember {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;  // 64 hexadecimal digits
};

// Where an archive is written.
struct ArchiveSettings {
  std::string path;       // absolute
  bool replace = false;   // an archive of that name may be there; it stands until the new one is whole
  bool compress = false;  // zstd
};

// Not thread-safe. Destroyed without Close(): what was written is removed.
class ArchiveWriter {
 public:
  // Called with the size of each piece written; throws to stop.
  using Watch = std::function<void(std::uint64_t bytes)>;

  // Throws conflict (PL-0955) if the file is there and may not be replaced.
  explicit ArchiveWriter(const ArchiveSettings& settings);
  ~ArchiveWriter();
  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;

  void AddText(const std::string& name, std::string_view text);
  // Throws conflict (PL-0956) if the file changes its size while it is read.
  void AddFile(const std::string& name, const std::string& path, const Watch& watch);
  const std::vector<ArchiveMember>& members() const { return members_; }

  // Ends the archive, syncs it and gives it its name. Returns its size in bytes.
  std::uint64_t Close();

 private:
  class Output;
  std::vector<ArchiveMember> members_;
  std::unique_ptr<Output> output_;
};

}  // namespace pluginlake::app
