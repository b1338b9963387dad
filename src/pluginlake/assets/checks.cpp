// Counts the rows that each check's SQL returns.
#include "pluginlake/assets/checks.h"

#include <fmt/format.h>

#include "pluginlake/core/error.h"

namespace pluginlake::assets {
namespace {

// SQL that returns the rows in which a required column is NULL; empty if the table has none.
std::string MissingValues(const TableName& table, const std::vector<std::string>& required) {
  std::string condition;
  for (const std::string& column : required) {
    condition += (condition.empty() ? "" : " OR ") + duck::QuoteIdentifier(column) + " IS NULL";
  }
  return condition.empty() ? "" : fmt::format("SELECT 1 FROM {} WHERE {}", Workbench::Staged(table), condition);
}

std::int64_t CountRows(duck::Connection& connection, const std::string& select) {
  return connection.QueryInt64(fmt::format("SELECT count(*) FROM ({}\n)", select)).value_or(0);
}

void ShowOwnRows(const Asset& asset, const Check& check, bool by_keys, Relations& relations, Compute& compute) {
  for (const TableName& table : check.inputs) {
    if (table != asset.table()) {
      compute.ShowAsIs(table);
    }
  }
  if (by_keys && !check.whole) {
    relations.workbench().Show(asset.table(), "SELECT * FROM " + Workbench::Staged(asset.table()));
  } else {
    compute.ShowAsIs(asset.table());
  }
}

}  // namespace

std::vector<CheckResult> RunChecks(const Asset& asset, bool by_keys, Relations& relations, Compute& compute) {
  duck::Connection& connection = relations.workbench().connection();
  std::vector<CheckResult> results;
  const std::string required = MissingValues(asset.table(), compute.RequiredColumns(asset.table()));
  if (required.empty() && asset.checks.empty()) {
    return results;
  }
  const std::int64_t rows = CountRows(connection, "SELECT 1 FROM " + Workbench::Staged(asset.table()));
  if (!required.empty()) {
    results.push_back({.asset = asset.key,
                       .name = "required",
                       .violated_rows = CountRows(connection, required),
                       .rows_looked_at = rows});
  }
  for (const Check& check : asset.checks) {
    CheckResult result{.asset = asset.key, .name = check.name, .severity = check.severity, .rows_looked_at = rows};
    try {
      ShowOwnRows(asset, check, by_keys, relations, compute);
      result.violated_rows = CountRows(connection, check.sql);
    } catch (const core::Error& error) {  // the edge of a run step: a check that cannot run has not passed
      result.error = error.what();
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace pluginlake::assets
