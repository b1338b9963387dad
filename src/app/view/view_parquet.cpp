// One statement over the source of the view's rows.
#include "app/view/view_parquet.h"

#include <fmt/format.h>

#include <fstream>
#include <string_view>
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
// Half of DuckDB's rows in a group halve the memory; identifiers are no dictionary's matter; the lightest zstd packs
// what comes from dictionaries as well as the heavier ones.
constexpr std::string_view kParquetOptions =
    "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 61440, DICTIONARY_SIZE_LIMIT 512";

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
    const duck::CancelWatch watch(connection, run.cancellation);
    sources::ViewSource rows(run);
    duck::SourceTable table(connection, rows, settings.threads);
    table.Run(connection,
              fmt::format("COPY (FROM pluginlake_source({})) TO {} ({})", table.number(), duck::QuoteLiteral(path),
                          kParquetOptions),
              {});
  }
  HandOver(path, console);
}

}  // namespace pluginlake::app
