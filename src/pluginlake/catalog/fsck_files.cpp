// From the cheapest look at a file to the dearest: is it there, its size, its ends, its footer, its pages.
#include "pluginlake/catalog/fsck_files.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

#include "catalog/sql.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

constexpr std::string_view kParquetMagic = "PAR1";

std::optional<Finding> CheckSize(const DataFile& file) {
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(file.path, error);
  if (error) {
    return Finding{"file_missing", file.path, fmt::format("a file of {} is not there", file.table)};
  }
  if (bytes != static_cast<std::uintmax_t>(file.bytes)) {
    return Finding{"file_size", file.path,
                   fmt::format("a file of {} has {} bytes, {} are recorded", file.table, bytes, file.bytes)};
  }
  return std::nullopt;
}

std::optional<Finding> CheckEnds(const DataFile& file) {
  std::array<char, 4> first{};
  std::array<char, 4> last{};
  std::ifstream stream(file.path, std::ios::binary);
  stream.read(first.data(), first.size());
  stream.seekg(-4, std::ios::end);
  stream.read(last.data(), last.size());
  const bool whole = stream.good() && std::string_view(first.data(), 4) == kParquetMagic &&
                     std::string_view(last.data(), 4) == kParquetMagic;
  return whole ? std::nullopt
               : std::optional(Finding{"file_unreadable", file.path,
                                       fmt::format("a file of {} does not begin and end as Parquet does", file.table)});
}

// DuckDB throws at a broken file; here that is what was looked for, so it becomes a finding.
std::optional<Finding> CheckRows(duck::Connection& connection, const DataFile& file, bool deep) {
  std::optional<std::int64_t> rows;
  try {
    rows = connection.QueryInt64(deep ? sql::kParquetReadWhole : sql::kParquetRowCount, {file.path});
  } catch (const core::Error& error) {
    return Finding{"file_unreadable", file.path,
                   fmt::format("a file of {} cannot be read: {}", file.table, error.what())};
  }
  if (rows != file.rows) {
    return Finding{"row_count", file.path,
                   fmt::format("a file of {} has {} rows, {} are recorded", file.table, rows.value_or(-1), file.rows)};
  }
  return std::nullopt;
}

std::optional<Finding> CheckFile(duck::Connection& connection, const DataFile& file, bool local, bool deep) {
  std::optional<Finding> finding;
  if (local) {
    finding = CheckSize(file);
  }
  if (local && !finding) {
    finding = CheckEnds(file);
  }
  return finding ? finding : CheckRows(connection, file, deep);
}

}  // namespace

void CheckFiles(Lake& lake, const FsckRequest& request, FsckReport& report) {
  const std::vector<DataFile> files = NeededFiles(lake);
  duck::Connection connection = lake.Connect();
  for (const DataFile& file : files) {
    if (request.cancellation.is_requested()) {
      throw core::Interrupted{};
    }
    if (std::optional<Finding> finding = CheckFile(connection, file, lake.is_local(), request.deep)) {
      report.findings.push_back(std::move(*finding));
    }
    ++report.files;
    report.bytes += static_cast<std::uint64_t>(file.bytes);
    request.progress.Report({.phase = "files", .done = report.files, .total = files.size(), .unit = "files"});
  }
  for (std::string& path : OrphanedFiles(lake)) {
    report.findings.push_back({"file_orphaned", std::move(path), "no snapshot needs this file"});
  }
}

}  // namespace pluginlake::catalog
