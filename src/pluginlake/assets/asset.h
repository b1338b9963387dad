// What an asset is: its declaration beside one SELECT, one ViewDefinition or a piece of code. Plain values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::assets {

// A table by schema and name, as SQL spells it.
struct TableName {
  std::string schema;
  std::string table;

  auto operator<=>(const TableName&) const = default;
  std::string text() const { return schema + "." + table; }
};

// Returns the table of a key: the first segment is the schema, the rest are joined by '_'. "omop/person" = omop.person.
TableName TableOf(std::string_view key);
// Returns the key whose table this is, with one segment after the schema: omop.person = "omop/person".
std::string KeyOf(const TableName& table);

// The tables that the core itself knows.
const TableName& RawResources();   // every version of each resource
const TableName& ResourceIndex();  // of the resources that stand: the newest version of each, unless it is deleted
const TableName& Registry();       // the numbers of persons and master data: resource_type, resource_id, number
const TableName& RowSource();      // from which resource each row of OMOP came

// What is kept of an asset's rows.
enum class Keep {
  kTable,   // a table of the lake
  kStaged,  // computed for the assets of a run that read it, never in the lake
  kInline,  // a part of the statements that read it, as a view
};

// How an asset follows its inputs.
enum class Incremental {
  kByKey,   // only the rows of keys that its inputs changed are computed
  kFull,    // all rows are computed when an input changed; only keys whose rows differ are written
  kAppend,  // only rows added to its input are computed; what stands is never touched
};

enum class Severity { kError, kWarn };

// A rule on an asset's rows: SQL that returns the rows which break it.
struct Check {
  std::string name;
  Severity severity = Severity::kError;
  std::string sql;
  std::string description;
  bool whole = false;             // looks at all rows of the table, not only at those computed anew
  std::vector<TableName> inputs;  // read from the SQL when the asset was loaded
};

// How a change of an input that is not narrowed reaches the rows of an asset.
struct Lookup {
  enum class Reach {
    kAll,   // any row may change: computed in full
    kNone,  // no row changes
    kKeys,  // the rows of the keys that `sql` returns, in a column named as the key; it reads the changed rows as
            // `changed`
  };
  Reach reach = Reach::kAll;
  std::string sql;
  std::vector<TableName> inputs;  // read from the SQL when the asset was loaded
};

// What a declaration, and the SELECT or ViewDefinition beside it, say.
struct Asset {
  std::string key;     // "omop/person"
  std::string origin;  // where it was declared, for messages: a path, or "built in"
  bool is_built_in = false;
  std::string sql_path;     // of the SELECT or ViewDefinition, for messages
  std::string sql;          // one SELECT; empty for a view and for code
  std::string view;         // a ViewDefinition (JSON); empty for the others
  std::string declaration;  // the TOML as it stands; empty if there is none

  std::string description;
  std::string owner;
  Keep keep = Keep::kTable;
  Incremental incremental = Incremental::kFull;
  std::string key_column;                      // rows are compared, narrowed and sorted by it; empty = none
  std::vector<std::string> volatile_columns;   // say when a row was written, not what it says
  std::map<std::string, std::string> columns;  // comments
  std::map<std::string, Lookup> lookups;       // by the input's key
  std::vector<Check> checks;
  std::vector<std::string> tags;

  // Read from the SELECT or the ViewDefinition when the asset was loaded.
  std::vector<TableName> inputs;       // in order of name, itself left out
  std::vector<std::string> variables;  // settings it asks for by getvariable('name')
  bool reads_itself = false;           // its own last version is an input too: a registry

  TableName table() const { return TableOf(key); }
  // Returns the one input of an `append` asset whose new rows it takes: the one that is no lookup.
  std::optional<TableName> growing_input() const;
  bool is_view() const { return !view.empty(); }
};

}  // namespace pluginlake::assets
