// What a verb is told to read (paths) and what is found there: the files, with how each is laid out and packed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace pluginlake::sources {

// A path as the user typed it. `descriptor` >= 0: opened already by the client that forwarded the verb (not owned).
struct InputPath {
  std::string shown;
  int descriptor = -1;
  std::string absolute;  // `shown` joined with the working directory it was typed in; empty = that is the process's own
};

enum class Layout { kJson, kNdjson };
enum class Compression { kNone, kGzip, kZstd };

// Tells whether a file is still the one that was found.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;

  bool operator==(const FileIdentity&) const = default;
};

// One file to read.
struct InputFile {
  std::string shown;      // the path as given, and the rest below a folder: what `source` columns hold
  std::string open_path;  // what to open: `shown`, or a path through /proc/self/fd
  Layout layout = Layout::kNdjson;
  Compression compression = Compression::kNone;
  std::uint64_t bytes = 0;  // as stored, packed
  FileIdentity identity;
  std::string error;  // why it cannot be read (0 received, exit 8); empty = readable
};

// Something below a folder that is not read, or a remark about a file that is; `reason` is a sentence's end.
struct SkippedInput {
  std::string shown;
  std::string reason;
};

struct InputSet {
  std::vector<InputFile> files;       // arguments in the order given; below a folder sorted by path
  std::vector<SkippedInput> skipped;  // hidden files, other suffixes, devices, folders seen twice
  std::vector<SkippedInput> notes;    // files that are read, and worth a remark: the same file given twice
};

struct FindSettings {
  std::uint64_t files_max = 1'000'000;  // sources.files_max
};

// Returns the files that `paths` name: files, folders (recursive), globs the shell left alone.
// A file or folder without rights comes back with `error`. Throws not_found (PL-0801) for a path that is not there,
// invalid_input for a FIFO, socket or device given by name (PL-0802) or a file whose name and first bytes do not tell
// how to read it (PL-0803). Never blocks on a FIFO.
InputSet FindInputFiles(std::span<const InputPath> paths, const FindSettings& settings);

// Returns `path` itself if it is there or holds no glob character, else what the glob matches, sorted; may be empty.
// For clients that open the paths themselves before they forward a verb.
std::vector<std::string> ExpandGlob(const std::string& path);

}  // namespace pluginlake::sources
