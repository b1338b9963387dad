// Copies a view of the statement to Parquet and hands the file over.
#include "app/output/parquet_output.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "app/console.h"
#include "app/verb.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::app {
namespace {

constexpr std::size_t kPieceBytes = 1024 * 1024;

// Removes the file, however the work on it ends.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void HandOver(const std::string& path, Console& console) {
  std::ifstream in(path, std::ios::binary);
  std::vector<char> piece(kPieceBytes);
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    console.Out({piece.data(), static_cast<std::size_t>(in.gcount())});
  }
}

}  // namespace

void WriteParquet(duck::Connection& connection, const std::string& sql, const VerbContext& context) {
  const std::string folder = context.station_folder + "/tmp";
  std::filesystem::create_directories(folder);
  const TemporaryFile file(fmt::format("{}/query-{}.parquet", folder, core::NewRunId()));
  // A view, not COPY (…): the statement may end in a semicolon or a comment.
  connection.Query("CREATE TEMP VIEW pluginlake_query AS " + sql);
  connection.Query(
      fmt::format("COPY pluginlake_query TO {} (FORMAT parquet, COMPRESSION zstd)", duck::QuoteLiteral(file.path())));
  HandOver(file.path(), context.console);
}

}  // namespace pluginlake::app
