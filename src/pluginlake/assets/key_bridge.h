// Two names for one key: a person's rows carry patient_id (of FHIR) or person_id (of OMOP).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pluginlake/assets/relations.h"

namespace pluginlake::assets {

// Translates key sets by the registry. NULL stays NULL: what belongs to no patient belongs to no person.
class KeyBridge {
 public:
  explicit KeyBridge(Relations& relations) : relations_(relations) {}

  // Returns the column of `table` by which rows of `keys` are found in it: the same, or the one across the bridge;
  // nullopt if it has neither.
  std::optional<std::string> ColumnIn(const TableName& table, const std::string& key_column) const;
  // Says whether keys of one column can be told as those of another.
  static bool Reaches(std::string_view from, std::string_view to);
  // Returns the type of the values in a column of keys; empty if any may be in it.
  static std::string_view TypeOf(std::string_view column);
  // Returns the same keys as values of `column`, which their own must reach. A patient without a number has none.
  KeySet Translate(const KeySet& keys, const std::string& column);

 private:
  Relations& relations_;
  std::map<std::string, KeySet> translated_;  // by the SELECT that did it, of the registry as the lake has it
};

}  // namespace pluginlake::assets
