// Makes the table anew and hands the files to DuckLake.
#include "pluginlake/catalog/replace_table.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "catalog/sql.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/ids.h"

namespace pluginlake::catalog {
namespace {

namespace fs = std::filesystem;

// Named as DuckLake names its own, so that the next writer removes what a killed one left.
std::string NameInLake(const Lake& lake, const schemas::Table& table) {
  return fmt::format("{}{}/{}/ducklake-{}.parquet", lake.project().data_path, table.schema, table.name,
                     core::NewRunId());
}

void Move(const std::string& source, const std::string& target) {
  std::error_code error;
  fs::create_directories(fs::path(target).parent_path(), error);
  fs::rename(source, target, error);
  if (error == std::errc::cross_device_link) {
    error.clear();
    fs::copy_file(source, target, error);
  }
  if (error) {
    const bool full = error == std::errc::no_space_on_device;
    throw core::Error(
        full ? core::ErrorKind::kExhausted : core::ErrorKind::kDenied, "PL-0430",
        fmt::format("A table's file cannot be put into the data folder ({}): {}", error.message(), target),
        full ? "Free space on that disk and repeat the command; nothing was committed."
             : "Give the station's user write rights there; nothing was committed.");
  }
}

}  // namespace

void ReplaceTable(duck::Connection& connection, const Lake& lake, const schemas::Table& table,
                  std::span<const std::string> files) {
  connection.Query(schemas::DropTableStatement(table));
  connection.Query(schemas::CreateTableStatement(table));
  for (const std::string& file : files) {
    if (!lake.is_local()) {
      connection.Query(schemas::InsertFromParquetStatement(table), {file});
      continue;
    }
    const std::string target = NameInLake(lake, table);
    Move(file, target);
    connection.Query(sql::kAddDataFile, {lake.project().alias, table.name, target, table.schema});
  }
}

}  // namespace pluginlake::catalog
