// Turns keys into tables and back.
#include "pluginlake/assets/asset.h"

#include <algorithm>

namespace pluginlake::assets {

TableName TableOf(std::string_view key) {
  const std::size_t slash = key.find('/');
  TableName table{.schema = std::string(key.substr(0, slash))};
  if (slash != std::string_view::npos) {
    table.table = std::string(key.substr(slash + 1));
    std::ranges::replace(table.table, '/', '_');
  }
  return table;
}

std::string KeyOf(const TableName& table) { return table.schema + "/" + table.table; }

const TableName& RawResources() {
  static const TableName table{"raw", "fhir_resource"};
  return table;
}

const TableName& ResourceIndex() {
  static const TableName table{"fhir", "resource"};
  return table;
}

const TableName& Registry() {
  static const TableName table{"lineage", "registry"};
  return table;
}

const TableName& RowSource() {
  static const TableName table{"lineage", "row_source"};
  return table;
}

std::optional<TableName> Asset::growing_input() const {
  std::optional<TableName> growing;
  for (const TableName& input : inputs) {
    if (!lookups.contains(KeyOf(input))) {
      if (growing) {
        return std::nullopt;
      }
      growing = input;
    }
  }
  return growing;
}

}  // namespace pluginlake::assets
