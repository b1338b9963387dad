// Every embedded statement of the room prepares against an empty lake, on both catalogs.
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "catalog/sql.h"
#include "lake_fixture.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

class StatementsTest : public LakeTest {};

// Those that ask the catalog's server or file by functions of one backend's extension: other tests run them.
const std::set<std::string_view> kOfOneBackend = {"server_has_catalog", "server_lake_tables", "integrity_check"};

TEST_P(StatementsTest, Prepare) {
  for (const auto& [name, statement] : sql::kAll) {
    if (kOfOneBackend.contains(name)) {
      continue;
    }
    const std::string text(statement);
    const bool of_catalog = std::regex_search(text, std::regex("(FROM|JOIN) ducklake_[a-z_]+\\s"));
    duck::Connection connection = of_catalog ? lake_->ConnectMetadata() : lake_->Connect();
    // A table function is bound only when its arguments are known.
    const std::string bound = std::regex_replace(text, std::regex("(ducklake_[a-z_]+)\\(\\$1"), "$1('lake'");
    EXPECT_NO_THROW(connection.IsSingleRead(bound)) << name;
  }
}

PL_ON_BOTH_CATALOGS(StatementsTest);

}  // namespace
}  // namespace pluginlake::catalog
