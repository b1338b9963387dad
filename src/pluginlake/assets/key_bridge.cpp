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

KeySet KeyBridge::Translate(const KeySet& keys, const std::string& column) {
  if (keys.column == column) {
    return keys;
  }
  PL_CHECK((keys.column == kPatient && column == kPerson) || (keys.column == kPerson && column == kPatient),
           "there is no bridge between these keys");
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
  return relations_.Keys(select, column);
}

}  // namespace pluginlake::assets
