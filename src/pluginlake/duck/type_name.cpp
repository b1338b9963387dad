// Reads type names from left to right.
#include "pluginlake/duck/type_name.h"

#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "pluginlake/core/error.h"

namespace pluginlake::duck {

namespace {

constexpr std::array kScalarTypes = {
    std::pair{std::string_view("VARCHAR"), DUCKDB_TYPE_VARCHAR},
    std::pair{std::string_view("JSON"), DUCKDB_TYPE_VARCHAR},
    std::pair{std::string_view("BOOLEAN"), DUCKDB_TYPE_BOOLEAN},
    std::pair{std::string_view("BIGINT"), DUCKDB_TYPE_BIGINT},
    std::pair{std::string_view("INTEGER"), DUCKDB_TYPE_INTEGER},
    std::pair{std::string_view("DOUBLE"), DUCKDB_TYPE_DOUBLE},
    std::pair{std::string_view("DATE"), DUCKDB_TYPE_DATE},
    std::pair{std::string_view("TIMESTAMP WITH TIME ZONE"), DUCKDB_TYPE_TIMESTAMP_TZ},
    std::pair{std::string_view("BLOB"), DUCKDB_TYPE_BLOB},
};

class TypeReader {
 public:
  explicit TypeReader(std::string_view name) : rest_(name) {}

  RawLogicalType Read() {
    RawLogicalType type = ReadElement();
    while (Take("[]")) {
      type = RawLogicalType(duckdb_create_list_type(type.get()));
    }
    return type;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  bool Take(std::string_view text) {
    const bool found = rest_.starts_with(text);
    rest_.remove_prefix(found ? text.size() : 0);
    return found;
  }
  RawLogicalType ReadElement();
  RawLogicalType ReadStruct();
  RawLogicalType ReadDecimal();
  std::string ReadName();
  std::uint8_t ReadNumber();

  std::string_view rest_;
};

RawLogicalType TypeReader::ReadElement() {
  if (Take("STRUCT(")) {
    return ReadStruct();
  }
  if (Take("DECIMAL(")) {
    return ReadDecimal();
  }
  for (const auto& [name, id] : kScalarTypes) {
    if (Take(name)) {
      RawLogicalType type(duckdb_create_logical_type(id));
      if (name == "JSON") {
        duckdb_logical_type_set_alias(type.get(), "JSON");
      }
      return type;
    }
  }
  core::ThrowInternal("a source has a column of a type it cannot write", __FILE__, __LINE__);
}

RawLogicalType TypeReader::ReadStruct() {
  std::vector<RawLogicalType> types;
  std::vector<std::string> names;
  do {
    names.push_back(ReadName());
    PL_CHECK(Take(" "), "a field of a struct has no type");
    types.push_back(Read());
  } while (Take(", "));
  PL_CHECK(Take(")"), "the name of a struct's type does not end");
  std::vector<duckdb_logical_type> raw_types;
  std::vector<const char*> raw_names;
  for (std::size_t i = 0; i < types.size(); ++i) {
    raw_types.push_back(types[i].get());
    raw_names.push_back(names[i].c_str());
  }
  return RawLogicalType(duckdb_create_struct_type(raw_types.data(), raw_names.data(), raw_types.size()));
}

RawLogicalType TypeReader::ReadDecimal() {
  const std::uint8_t width = ReadNumber();
  PL_CHECK(Take(","), "a decimal has a width and a scale");
  const std::uint8_t scale = ReadNumber();
  PL_CHECK(Take(")"), "the name of a decimal's type does not end");
  return RawLogicalType(duckdb_create_decimal_type(width, scale));
}

// Takes a name, with or without quotes (which are doubled inside).
std::string TypeReader::ReadName() {
  std::string name;
  if (!Take("\"")) {
    const std::size_t end = rest_.find(' ');
    name = rest_.substr(0, end);
    rest_.remove_prefix(name.size());
    return name;
  }
  while (!rest_.empty()) {
    if (Take("\"\"")) {
      name += '"';
    } else if (Take("\"")) {
      return name;
    } else {
      name += rest_.front();
      rest_.remove_prefix(1);
    }
  }
  return name;
}

std::uint8_t TypeReader::ReadNumber() {
  std::uint8_t number = 0;
  const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
  PL_CHECK(error == std::errc{}, "a number is missing in the name of a type");
  rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
  return number;
}

}  // namespace

RawLogicalType MakeLogicalType(std::string_view name) {
  TypeReader reader(name);
  RawLogicalType type = reader.Read();
  PL_CHECK(reader.at_end(), "something stands behind the name of a type");
  return type;
}

}  // namespace pluginlake::duck
