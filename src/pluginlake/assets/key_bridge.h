// Two names for one key: a person's rows carry patient_id (of FHIR) or person_id (of OMOP).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "pluginlake/assets/relations.h"

namespace pluginlake::assets {

// Translates key sets by the registry. NULL stays NULL: what belongs to no patient belongs to no person.
class KeyBridge {
 public:
  explicit KeyBridge(Relations& relations) : relations_(relations) {}

  // Returns the column of `table` by which rows of `keys` are found in it: the same, or the one across the bridge;
  // nullopt if it has neither.
  std::optional<std::string> ColumnIn(const TableName& table, const std::string& key_column) const;
  // Returns the same keys as values of `column`. A patient without a number has none.
  KeySet Translate(const KeySet& keys, const std::string& column);

 private:
  Relations& relations_;
};

}  // namespace pluginlake::assets
