// Wraps what of SQLite's interface is needed here.
#include "pluginlake/omop/sqlite_file.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "pluginlake/core/error.h"

namespace pluginlake::omop {
namespace {

using core::Error;
using core::ErrorKind;

}  // namespace

SqliteFile::SqliteFile(const std::string& path, SqliteMode mode) : path_(path) {
  const int flags = mode == SqliteMode::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path.c_str(), &raw_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) {
    const std::string why = sqlite3_errstr(code);
    sqlite3_close_v2(raw_);
    raw_ = nullptr;
    throw Error(mode == SqliteMode::kRead ? ErrorKind::kNotFound : ErrorKind::kDenied, "PL-1031",
                fmt::format("The file of look-ups cannot be opened ({}): {}", why, path),
                "Give the station's user write rights on the station's folder.");
  }
  if (mode == SqliteMode::kBuild) {
    Run("PRAGMA journal_mode = OFF");
    Run("PRAGMA synchronous = OFF");
    Run("PRAGMA page_size = 8192");
    Run("PRAGMA cache_size = -65536");
    Run("PRAGMA locking_mode = EXCLUSIVE");
  } else {
    Run("PRAGMA mmap_size = 17179869184");
  }
}

SqliteFile::~SqliteFile() { sqlite3_close_v2(raw_); }

void SqliteFile::Run(std::string_view sql) {
  if (sqlite3_exec(raw_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    Throw();
  }
}

std::optional<std::string> SqliteFile::QueryText(std::string_view sql) {
  SqliteStatement statement(*this, sql);
  if (!statement.Step() || statement.IsNull(0)) {
    return std::nullopt;
  }
  return std::string(statement.Text(0));
}

void SqliteFile::Throw() const {
  const int code = sqlite3_errcode(raw_) & 0xFF;
  const std::string why = sqlite3_errmsg(raw_);
  if (code == SQLITE_FULL || code == SQLITE_IOERR) {
    throw Error(ErrorKind::kExhausted, "PL-1032",
                fmt::format("The file of look-ups cannot be written ({}): {}", why, path_),
                "Free space on the disk of the station; look-ups are made anew at the next one.");
  }
  throw Error(ErrorKind::kInternal, "PL-1030", fmt::format("The file of look-ups does not answer ({}): {}", why, path_),
              "Remove that file: it is made anew from the lake at the next look-up.");
}

SqliteStatement::SqliteStatement(SqliteFile& file, std::string_view sql) : file_(file) {
  if (sqlite3_prepare_v2(file.raw(), sql.data(), static_cast<int>(sql.size()), &statement_, nullptr) != SQLITE_OK) {
    file.Throw();
  }
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

void SqliteStatement::Bind(int index, std::int64_t value) { sqlite3_bind_int64(statement_, index, value); }

void SqliteStatement::Bind(int index, std::string_view text) {
  sqlite3_bind_text(statement_, index, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

void SqliteStatement::BindBytes(int index, std::string_view bytes) {
  sqlite3_bind_blob(statement_, index, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
}

void SqliteStatement::BindNull(int index) { sqlite3_bind_null(statement_, index); }

bool SqliteStatement::Step() {
  const int code = sqlite3_step(statement_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    file_.Throw();
  }
  return code == SQLITE_ROW;
}

void SqliteStatement::Run() {
  Step();
  Reset();
}

void SqliteStatement::Reset() { sqlite3_reset(statement_); }

bool SqliteStatement::IsNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t SqliteStatement::Int64(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view SqliteStatement::Text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

}  // namespace pluginlake::omop
