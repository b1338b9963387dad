// A second DuckDB instance with a project's lake attached READ_ONLY: what `query` runs in, beside the writer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pluginlake/core/principal.h"
#include "pluginlake/core/project.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::catalog {

// How a reader is opened.
struct ReaderSettings {
  core::Project project;
  std::string extension_directory;
  std::string temp_directory;
  std::uint64_t temp_mb_max = 0;  // of temp_directory; 0 = what the disk has free
  std::uint64_t memory_mb_max = 512;
  std::uint32_t threads = 2;
  std::optional<std::int64_t> snapshot_id;  // time travel; nullopt = the newest, seen anew by each statement
};

// Reads, and cannot write: the lake is attached READ_ONLY, and an unqualified name is looked up in omop, vocab, fhir,
// then raw. Thread-safe; its connections are not (one a thread).
class Reader {
 public:
  // Throws not_found (no lake, no such snapshot), unavailable (server or extension missing), denied (the principal
  // is neither the local operator nor a reader of metadata: SQL under a role needs the gate).
  Reader(const core::Principal& principal, const ReaderSettings& settings);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  duck::Connection Connect();
  // Runs one statement and streams its rows, on a connection of this reader. Asks a second time if maintenance took
  // the inlined rows away between DuckLake's plan and its read.
  duck::Result Stream(duck::Connection& connection, std::string_view sql);
  // Says whether the tables of this release stand; if not, the owner has to open the lake for writing once.
  bool HasLayout();
  duck::Database& database();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pluginlake::catalog
