// Joins key sets to the registry.
#include "pluginlake/assets/key_bridge.h"

#include <fmt/format.h>

#include "pluginlake/core/error.h"

namespace pluginlake::assets {
namespace {

constexpr std::string_view kPatient = "patient_id";
constexpr std::string_view kPerson = "person_id";

}  // namespace

std::optional<std::string> KeyBridge::ColumnIn(const TableName& table, const std::string& key_column) const {
  if (relations_.HasColumn(table, key_column)) {
    return key_column;
  }
  std::string other(key_column == kPatient ? kPerson : key_column == kPerson ? kPatient : "");
  if (!other.empty() && relations_.HasColumn(table, other)) {
    return other;
  }
  return std::nullopt;
}

bool KeyBridge::Reaches(std::string_view from, std::string_view to) {
  return from == to || (from == kPatient && to == kPerson) || (from == kPerson && to == kPatient);
}

std::string_view KeyBridge::TypeOf(std::string_view column) {
  return column == kPatient ? "VARCHAR" : column == kPerson ? "BIGINT" : "";
}

KeySet KeyBridge::Translate(const KeySet& keys, const std::string& column) {
  if (keys.column == column) {
    return keys;
  }
  PL_CHECK(Reaches(keys.column, column), "there is no bridge between these keys");
  if (keys.empty()) {
    return {.column = column};
  }
  const std::string given(column == kPerson ? "resource_id" : "number");
  const std::string wanted(column == kPerson ? "number" : "resource_id");
  std::string select =
      fmt::format("SELECT {} FROM ({}) AS r JOIN {} AS k ON r.{} = k.k WHERE resource_type = 'Patient'", wanted,
                  relations_.Rows(Registry()), keys.table, given);
  if (keys.has_null) {
    select += " UNION ALL SELECT NULL";
  }
  if (relations_.StandingOf(Registry()) != Standing::kStands) {
    return relations_.Keys(select, column);
  }
  const auto known = translated_.find(select);
  return known != translated_.end() ? known->second
                                    : translated_.emplace(select, relations_.Keys(select, column)).first->second;
}

}  // namespace pluginlake::assets
