// What someone delivered: the files of a folder or of a zip file, unpacked one by one when they are wanted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pluginlake/omop/problem.h"
#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_limits.h"

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::omop {

// One file of a delivery; `name` is below the path given, with '/' between folders.
struct DeliveredFile {
  std::string name;
  std::uint64_t bytes = 0;
};

struct DeliveryRequest {
  sources::InputPath path;
  std::string scratch_folder;  // is there; files of a zip file are unpacked into it
  sources::RecordLimits limits;
};

// Not thread-safe.
class Delivery {
 public:
  // Lists the files, sorted by name. Throws not_found (PL-1001) if the path is not there, invalid_input (PL-1002) if it
  // is neither folder nor zip file, denied (PL-1003).
  Delivery(DeliveryRequest request, core::Progress& progress, const core::Cancellation& cancellation);
  ~Delivery();
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  const std::vector<DeliveredFile>& files() const { return files_; }
  // Returns the path that shows the file to people: the one given, and its name.
  std::string Shown(const DeliveredFile& file) const;
  // Returns a path that can be opened; unpacks the file first if it is in a zip file. What cut it short (cut_file) is
  // appended to `problems`. Throws exhausted (PL-1005), Interrupted.
  std::string Fetch(const DeliveredFile& file, std::vector<Problem>& problems);

 private:
  struct Zip;

  void ListFolder();
  void OpenZip();
  std::string Unpack(std::size_t entry, const std::string& name, std::vector<Problem>& problems);

  DeliveryRequest request_;
  core::Progress& progress_;
  const core::Cancellation& cancellation_;
  std::string folder_;  // empty = it is a zip file
  std::unique_ptr<Zip> zip_;
  std::vector<DeliveredFile> files_;
  std::uint64_t unpacked_bytes_ = 0;
};

// Returns the last part of a name, in small letters.
std::string SmallBaseName(const std::string& name);

}  // namespace pluginlake::omop
