// One statement over the source of the view's rows.
#include "app/view/view_parquet.h"

#include <fmt/format.h>

#include <fstream>
#include <vector>

#include "app/backup/scratch_folder.h"
#include "app/console.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/duck/cancel_watch.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::app {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
constexpr std::uint64_t kMemoryMbMax = 1024;

void HandOver(const std::string& path, Console& console) {
  std::ifstream in(path, std::ios::binary);
  std::vector<char> piece(kPieceBytes);
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    console.Out({piece.data(), static_cast<std::size_t>(in.gcount())});
  }
}

}  // namespace

void WriteViewParquet(const sources::ViewRun& run, const ViewParquetSettings& settings, Console& console) {
  const ScratchFolder folder(fmt::format("{}/.pluginlake-{}", settings.folder, core::NewRunId()));
  const std::string path = folder.path() + "/rows.parquet";
  {
    duck::Database database{
        {.temp_directory = folder.path() + "/tmp", .memory_mb_max = kMemoryMbMax, .threads = settings.threads}};
    duck::Connection connection = database.Connect();
    // Without it DuckDB would read the source with one thread.
    connection.Query("SET preserve_insertion_order = false");
    const duck::CancelWatch watch(connection, run.cancellation);
    sources::ViewSource rows(run);
    duck::SourceTable table(connection, rows, settings.threads);
    table.Run(connection,
              fmt::format("COPY (FROM pluginlake_source({})) TO {} (FORMAT parquet, COMPRESSION zstd)", table.number(),
                          duck::QuoteLiteral(path)),
              {});
  }
  HandOver(path, console);
}

}  // namespace pluginlake::app
