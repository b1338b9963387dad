// A SQLite file and its statements: what look-ups by key and by word are answered from in a fraction of a millisecond.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace pluginlake::omop {

class SqliteFile;

// One prepared statement. Not thread-safe; ends before its file does.
class SqliteStatement {
 public:
  SqliteStatement(SqliteFile& file, std::string_view sql);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // Binds the parameter `index` (from 1). Text and bytes must live until the next Reset().
  void Bind(int index, std::int64_t value);
  void Bind(int index, std::string_view text);
  void BindBytes(int index, std::string_view bytes);
  void BindNull(int index);

  // Steps to the next row; false at the end. Throws internal (PL-1030) for a damaged file, exhausted (disk full).
  bool Step();
  // Runs a statement without rows, and readies it for the next values.
  void Run();
  void Reset();

  bool IsNull(int column) const;
  std::int64_t Int64(int column) const;
  // Valid until the next Step() or Reset().
  std::string_view Text(int column) const;
  std::string TextOrEmpty(int column) const { return IsNull(column) ? std::string() : std::string(Text(column)); }

 private:
  SqliteFile& file_;
  sqlite3_stmt* statement_ = nullptr;
};

enum class SqliteMode { kRead, kBuild };

// Not thread-safe. kBuild makes a new file that is of use only once it is complete: no journal, no syncs.
class SqliteFile {
 public:
  // Throws not_found (PL-1031) if there is no file to read, exhausted or denied if none can be made.
  SqliteFile(const std::string& path, SqliteMode mode);
  ~SqliteFile();
  SqliteFile(const SqliteFile&) = delete;
  SqliteFile& operator=(const SqliteFile&) = delete;

  void Run(std::string_view sql);
  std::optional<std::string> QueryText(std::string_view sql);
  [[noreturn]] void Throw() const;
  sqlite3* raw() { return raw_; }

 private:
  sqlite3* raw_ = nullptr;
  std::string path_;
};

}  // namespace pluginlake::omop
