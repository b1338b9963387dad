// Runs the steps in order and forgets them.
#include "pluginlake/omop/code_index.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "omop/sql.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/omop/staging.h"

namespace pluginlake::omop {
namespace {

constexpr std::array kSteps = {sql::kIndexStandard,      sql::kIndexMap,        sql::kIndexSpelled, sql::kIndexOutdone,
                               sql::kIndexVocabularyRow, sql::kIndexStationRow, sql::kIndexAliasRow};
constexpr std::array<std::string_view, 7> kTables = {
    "index_standard",       "index_map",         "index_spelled",  "index_outdone",
    "index_vocabulary_row", "index_station_row", "index_alias_row"};

}  // namespace

std::uint64_t BuildCodeIndex(Staging& staging, const core::Cancellation& cancellation) {
  staging.Run(sql::kMakeNormalCode, {}, cancellation);
  for (const std::string_view step : kSteps) {
    staging.Run(step, {}, cancellation);
  }
  const duck::Result copied = staging.Run(sql::kCodeTarget, {staging.PathOf("code_target")}, cancellation);
  for (const std::string_view table : kTables) {
    staging.Run(fmt::format("DROP TABLE {}", table), {}, cancellation);
  }
  return copied.rows_changed();
}

}  // namespace pluginlake::omop
