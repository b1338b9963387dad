// Writes lines to a file and notices when that fails.
#include "app/demo/inbox_file.h"

#include <utility>

#include "app/demo/csv_table.h"
#include "app/demo/data.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app::demo {

std::vector<Fault> PlantedFaults() {
  const CsvTable table(data::kFaults);
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    Fault fault{.file = table.Text(i, "file")};
    fault.after_line = static_cast<std::uint64_t>(table.Integer(i, "after_line", 0));
    fault.reason_code = table.Text(i, "reason_code");
    fault.text = table.Text(i, "text");
    faults.push_back(std::move(fault));
  }
  return faults;
}

InboxFile::InboxFile(const std::string& directory, const std::string& name, std::vector<Fault> faults)
    : path_(directory + "/" + name), out_(path_, std::ios::binary | std::ios::trunc) {
  for (Fault& fault : faults) {
    if (fault.file == name) faults_.push_back(std::move(fault));
  }
}

void InboxFile::Line(std::string_view text) {
  Write(text);
  for (Fault& fault : faults_) {
    if (fault.after_line == lines_) Write(std::exchange(fault.text, {}));
  }
}

void InboxFile::Write(std::string_view text) {
  if (text.empty()) return;
  out_ << text << '\n';
  ++lines_;
  bytes_ += text.size() + 1;
}

void InboxFile::Close() {
  for (Fault& fault : faults_) {
    Write(std::exchange(fault.text, {}));
  }
  out_.close();
  if (!out_) {
    throw core::Error(core::ErrorKind::kExhausted, "PL-0901", "The demo's file could not be written: " + path_,
                      "Free disk space, or choose another folder with --dir.");
  }
}

}  // namespace pluginlake::app::demo
