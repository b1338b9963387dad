// Reads DuckLake's list of changes in two statements, whatever the number of tables.
#include "pluginlake/catalog/changes.h"

#include "catalog/sql.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::catalog {

TableChanges ChangesSince(Lake& lake, std::int64_t since) {
  TableChanges changes;
  duck::Connection connection = lake.ConnectMetadata();
  {
    duck::Result range = connection.Query(sql::kSnapshotRange);
    const std::optional<duck::Chunk> chunk = range.Fetch();
    changes.oldest_snapshot = chunk->Int64(0, 0);
    changes.newest_snapshot = chunk->Int64(1, 0);
  }
  duck::Result result = connection.Query(sql::kChangesSince, {since});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      const std::string name(chunk->Text(0, row));
      changes.made[name] = chunk->Int64(1, row);
      if (!chunk->IsNull(2, row)) {
        changes.last_changed[name] = chunk->Int64(2, row);
      }
    }
  }
  return changes;
}

}  // namespace pluginlake::catalog
