// A fresh lake in a folder of its own, on SQLite, and on PostgreSQL when PLUGINLAKE_TEST_POSTGRES names a server.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/reader.h"
#include "pluginlake/catalog/writer.h"

namespace pluginlake::catalog {

enum class Backend { kSqlite, kPostgres };

// PLUGINLAKE_TEST_POSTGRES = postgres://user:password@host:port/database: each test makes and drops a database of its
// own on that server, so the user must be allowed to.
class LakeTest : public ::testing::TestWithParam<Backend> {
 protected:
  void SetUp() override;
  void TearDown() override;

  LakeSettings Settings() const;
  ReaderSettings ReadSettings() const;
  // Opens what was made, anew: what the next owner of the station would see.
  void Reopen();
  // Closes the lake, as a killed owner does.
  void Close();
  // Writes `rows` made-up resources of `batch` in one commit.
  std::optional<std::int64_t> CommitRows(std::int64_t rows, const std::string& batch);
  std::int64_t CountResources();
  std::vector<std::string> FilesInData();
  // Ends every connection to the lake's database, as a server that restarts does.
  void EndConnections();

  std::string folder_;
  core::Project project_;
  core::Principal operator_;
  std::unique_ptr<Lake> lake_;
  std::unique_ptr<Writer> writer_;
};

std::string BackendName(const ::testing::TestParamInfo<Backend>& info);

}  // namespace pluginlake::catalog

// Runs every TEST_P of a suite on both catalogs.
#define PL_ON_BOTH_CATALOGS(suite) \
  INSTANTIATE_TEST_SUITE_P(Catalog, suite, ::testing::Values(Backend::kSqlite, Backend::kPostgres), BackendName)
