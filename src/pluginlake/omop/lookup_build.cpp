// Streams rows out of DuckDB, in the order in which SQLite wants to store them.
#include "pluginlake/omop/lookup_build.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>

#include "omop/sql.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/omop/lookup_file.h"
#include "pluginlake/omop/sqlite_file.h"

namespace pluginlake::omop {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kReportEvery = 100'000;

class LookupBuilder {
 public:
  LookupBuilder(duck::Connection& connection, const std::string& path, core::Progress& progress,
                const core::Cancellation& cancellation)
      : connection_(connection), file_(path, SqliteMode::kBuild), progress_(progress), cancellation_(cancellation) {}

  void Build(std::int64_t snapshot_id) {
    MakeTables();
    file_.Run("BEGIN");
    AddConcepts();
    AddCodes();
    AddSystems();
    AddRelatives("descendant", sql::kLookupDescendants);
    AddRelatives("ancestor", sql::kLookupAncestors);
    AddTerms();
    file_.Run("CREATE INDEX concept_by_id ON concept (concept_id)");
    file_.Run("INSERT INTO name (name) VALUES ('optimize')");
    AddMeta("layout", kLookupLayout);
    AddMeta("snapshot_id", snapshot_id);
    file_.Run("COMMIT");
  }

 private:
  void MakeTables() {
    file_.Run("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)");
    file_.Run("CREATE TABLE term (number INTEGER PRIMARY KEY, text TEXT)");
    file_.Run("CREATE TABLE system (uri TEXT PRIMARY KEY, vocabulary INTEGER, undotted INTEGER) WITHOUT ROWID");
    file_.Run(
        "CREATE TABLE concept (rank INTEGER PRIMARY KEY, concept_id INTEGER, name TEXT, vocabulary INTEGER, code TEXT, "
        "domain INTEGER, class INTEGER, standard INTEGER, invalid_reason TEXT)");
    file_.Run(
        "CREATE VIRTUAL TABLE name USING fts5 (text, content = '', columnsize = 0, detail = none, prefix = '3 4 5', "
        "tokenize = 'unicode61 remove_diacritics 2')");
    file_.Run(
        "CREATE TABLE code (code TEXT, vocabulary INTEGER, ordinal INTEGER, source_id INTEGER, target_id INTEGER, "
        "value_id INTEGER, mapping_set TEXT, PRIMARY KEY (code, vocabulary, ordinal)) WITHOUT ROWID");
    file_.Run("CREATE TABLE ancestor (concept_id INTEGER PRIMARY KEY, relatives BLOB)");
    file_.Run("CREATE TABLE descendant (concept_id INTEGER PRIMARY KEY, relatives BLOB)");
  }

  using TakeRow = std::function<void(const duck::Chunk& chunk, std::uint64_t row)>;

  void ForEachRow(std::string_view statement, const char* phase, const TakeRow& take) {
    duck::Result result = connection_.Stream(statement);
    std::uint64_t done = 0;
    while (std::optional<duck::Chunk> chunk = result.Fetch()) {
      if (cancellation_.is_requested()) {
        throw core::Interrupted{};
      }
      for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
        take(*chunk, row);
      }
      const std::uint64_t before = done / kReportEvery;
      done += chunk->row_count();
      if (done / kReportEvery != before) {
        progress_.Report({.phase = phase, .done = done, .total = 0, .unit = "rows"});
      }
    }
  }

  // Returns the number of a name that many rows share.
  std::int64_t NumberOf(std::string_view text) {
    const auto found = terms_.find(text);
    if (found != terms_.end()) {
      return found->second;
    }
    const auto number = static_cast<std::int64_t>(terms_.size()) + 1;
    terms_.emplace(text, number);
    return number;
  }

  static void BindText(SqliteStatement& statement, int index, const duck::Chunk& chunk, std::uint64_t row,
                       std::uint64_t column) {
    if (chunk.IsNull(column, row)) {
      statement.BindNull(index);
    } else {
      statement.Bind(index, chunk.Text(column, row));
    }
  }

  static void BindNumber(SqliteStatement& statement, int index, const duck::Chunk& chunk, std::uint64_t row,
                         std::uint64_t column) {
    if (chunk.IsNull(column, row)) {
      statement.BindNull(index);
    } else {
      statement.Bind(index, chunk.Int64(column, row));
    }
  }

  // The number of a row is its rank: better ones come first, so that a search may stop when it has enough.
  void AddConcepts() {
    SqliteStatement insert(file_, "INSERT INTO concept VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    SqliteStatement names(file_, "INSERT INTO name (rowid, text) VALUES (?1, ?2)");
    std::int64_t rank = 0;
    ForEachRow(sql::kLookupConcepts, "look-ups: names", [&](const duck::Chunk& chunk, std::uint64_t row) {
      insert.Bind(1, ++rank);
      insert.Bind(2, chunk.Int64(0, row));
      BindText(insert, 3, chunk, row, 1);
      insert.Bind(4, NumberOf(chunk.Text(2, row)));
      insert.Bind(5, chunk.Text(3, row));
      insert.Bind(6, NumberOf(chunk.Text(4, row)));
      insert.Bind(7, NumberOf(chunk.Text(5, row)));
      insert.Bind(8, static_cast<std::int64_t>(chunk.Bool(6, row)));
      BindText(insert, 9, chunk, row, 7);
      insert.Run();
      names.Bind(1, rank);
      names.Bind(2, chunk.Text(8, row));
      names.Run();
    });
  }

  void AddCodes() {
    SqliteStatement insert(file_, "INSERT INTO code VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    ForEachRow(sql::kLookupCodes, "look-ups: codes", [&](const duck::Chunk& chunk, std::uint64_t row) {
      insert.Bind(1, chunk.Text(0, row));
      insert.Bind(2, NumberOf(chunk.Text(1, row)));
      for (std::uint64_t column = 2; column < 6; ++column) {
        BindNumber(insert, static_cast<int>(column) + 1, chunk, row, column);
      }
      BindText(insert, 7, chunk, row, 6);
      insert.Run();
    });
  }

  void AddSystems() {
    SqliteStatement insert(file_, "INSERT OR IGNORE INTO system VALUES (?1, ?2, ?3)");
    ForEachRow(sql::kLookupSystems, "look-ups: code systems", [&](const duck::Chunk& chunk, std::uint64_t row) {
      insert.Bind(1, chunk.Text(0, row));
      insert.Bind(2, NumberOf(chunk.Text(1, row)));
      insert.Bind(3, static_cast<std::int64_t>(chunk.Bool(2, row)));
      insert.Run();
    });
  }

  // The rows come concept by concept, the nearest relative first; each concept's are packed into one value.
  void AddRelatives(const std::string& table, std::string_view statement) {
    SqliteStatement insert(file_, "INSERT INTO " + table + " VALUES (?1, ?2)");
    std::int64_t concept_id = 0;
    std::string packed;
    const auto flush = [&] {
      if (!packed.empty()) {
        insert.Bind(1, concept_id);
        insert.BindBytes(2, packed);
        insert.Run();
        packed.clear();
      }
    };
    ForEachRow(statement, "look-ups: hierarchy", [&](const duck::Chunk& chunk, std::uint64_t row) {
      if (chunk.Int64(0, row) != concept_id) {
        flush();
        concept_id = chunk.Int64(0, row);
      }
      const auto relative = static_cast<std::uint32_t>(chunk.Int64(1, row));
      char bytes[sizeof relative];
      std::memcpy(bytes, &relative, sizeof relative);
      packed.append(bytes, sizeof relative);
      packed.push_back(static_cast<char>(std::clamp<std::int64_t>(chunk.Int64(2, row), 0, 255)));
    });
    flush();
  }

  void AddTerms() {
    SqliteStatement insert(file_, "INSERT INTO term VALUES (?1, ?2)");
    for (const auto& [text, number] : terms_) {
      insert.Bind(1, number);
      insert.Bind(2, std::string_view(text));
      insert.Run();
    }
  }

  void AddMeta(std::string_view key, std::int64_t value) {
    const std::string text = std::to_string(value);
    SqliteStatement insert(file_, "INSERT INTO meta VALUES (?1, ?2)");
    insert.Bind(1, key);
    insert.Bind(2, std::string_view(text));
    insert.Run();
  }

  duck::Connection& connection_;
  SqliteFile file_;
  core::Progress& progress_;
  const core::Cancellation& cancellation_;
  std::map<std::string, std::int64_t, std::less<>> terms_;
};

}  // namespace

void BuildLookupFile(duck::Connection& connection, const LookupBuild& build, core::Progress& progress,
                     const core::Cancellation& cancellation) {
  const std::string unfinished = build.path + ".new";
  fs::create_directories(fs::path(build.path).parent_path());
  fs::remove(unfinished);
  {
    LookupBuilder builder(connection, unfinished, progress, cancellation);
    builder.Build(build.snapshot_id);
  }
  fs::rename(unfinished, build.path);
}

}  // namespace pluginlake::omop
