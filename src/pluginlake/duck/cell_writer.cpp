// Walks DuckDB's vectors, nested ones too.
#include "pluginlake/duck/cell_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "pluginlake/core/error.h"
#include "pluginlake/duck/result_impl.h"
#include "pluginlake/duck/scalar_text.h"
#include "pluginlake/duck/type_name.h"

namespace pluginlake::duck {

// A column, or the children of a nested one: the type is read once, the vector is bound for each chunk.
struct CellWriter::Node {
  duckdb_type type = DUCKDB_TYPE_INVALID;
  duckdb_type internal_type = DUCKDB_TYPE_INVALID;  // of DECIMAL and ENUM
  std::uint8_t scale = 0;
  bool is_json = false;
  std::uint64_t array_size = 0;
  std::string name;                     // a struct's or union's member
  std::vector<std::string> dictionary;  // of an ENUM
  std::vector<Node> children;
  const void* data = nullptr;
  std::uint64_t* validity = nullptr;

  template <typename T>
  const T& At(std::uint64_t row) const {
    return static_cast<const T*>(data)[row];
  }
  bool IsNull(std::uint64_t row) const { return validity != nullptr && !duckdb_validity_row_is_valid(validity, row); }
};

namespace {

using Node = CellWriter::Node;

std::string Taken(char* text) {
  std::string taken = text == nullptr ? "" : text;
  duckdb_free(text);
  return taken;
}

Node NodeOf(duckdb_logical_type type, std::string name);

void AddChild(Node& node, duckdb_logical_type type, std::string name) {
  RawLogicalType owned(type);
  node.children.push_back(NodeOf(owned.get(), std::move(name)));
}

void AddChildren(Node& node, duckdb_logical_type type) {
  switch (node.type) {
    case DUCKDB_TYPE_LIST:
      AddChild(node, duckdb_list_type_child_type(type), {});
      break;
    case DUCKDB_TYPE_ARRAY:
      node.array_size = duckdb_array_type_array_size(type);
      AddChild(node, duckdb_array_type_child_type(type), {});
      break;
    case DUCKDB_TYPE_MAP:
      AddChild(node, duckdb_map_type_key_type(type), {});
      AddChild(node, duckdb_map_type_value_type(type), {});
      break;
    case DUCKDB_TYPE_STRUCT:
      for (idx_t i = 0; i < duckdb_struct_type_child_count(type); ++i) {
        AddChild(node, duckdb_struct_type_child_type(type, i), Taken(duckdb_struct_type_child_name(type, i)));
      }
      break;
    case DUCKDB_TYPE_UNION:
      for (idx_t i = 0; i < duckdb_union_type_member_count(type); ++i) {
        AddChild(node, duckdb_union_type_member_type(type, i), Taken(duckdb_union_type_member_name(type, i)));
      }
      break;
    case DUCKDB_TYPE_ENUM:
      node.internal_type = duckdb_enum_internal_type(type);
      for (idx_t i = 0; i < duckdb_enum_dictionary_size(type); ++i) {
        node.dictionary.push_back(Taken(duckdb_enum_dictionary_value(type, i)));
      }
      break;
    default:
      break;
  }
}

Node NodeOf(duckdb_logical_type type, std::string name) {
  Node node;
  node.type = duckdb_get_type_id(type);
  node.name = std::move(name);
  if (node.type == DUCKDB_TYPE_BIGNUM || node.type == DUCKDB_TYPE_GEOMETRY || node.type == DUCKDB_TYPE_VARIANT ||
      node.type == DUCKDB_TYPE_INVALID) {
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-0316", "A column has a type that cannot be written as text.",
                      "Cast it in the SQL: CAST(column AS JSON), or AS VARCHAR.");
  }
  node.is_json = node.type == DUCKDB_TYPE_VARCHAR && Taken(duckdb_logical_type_get_alias(type)) == "JSON";
  if (node.type == DUCKDB_TYPE_DECIMAL) {
    node.scale = duckdb_decimal_scale(type);
    node.internal_type = duckdb_decimal_internal_type(type);
  }
  AddChildren(node, type);
  return node;
}

void BindNode(Node& node, duckdb_vector vector) {
  node.data = duckdb_vector_get_data(vector);
  node.validity = duckdb_vector_get_validity(vector);
  switch (node.type) {
    case DUCKDB_TYPE_LIST:
      BindNode(node.children[0], duckdb_list_vector_get_child(vector));
      break;
    case DUCKDB_TYPE_ARRAY:
      BindNode(node.children[0], duckdb_array_vector_get_child(vector));
      break;
    case DUCKDB_TYPE_MAP: {
      duckdb_vector entries = duckdb_list_vector_get_child(vector);
      BindNode(node.children[0], duckdb_struct_vector_get_child(entries, 0));
      BindNode(node.children[1], duckdb_struct_vector_get_child(entries, 1));
      break;
    }
    case DUCKDB_TYPE_STRUCT:
      for (idx_t i = 0; i < node.children.size(); ++i) {
        BindNode(node.children[i], duckdb_struct_vector_get_child(vector, i));
      }
      break;
    case DUCKDB_TYPE_UNION:  // child 0 is the tag: which member is there
      node.data = duckdb_vector_get_data(duckdb_struct_vector_get_child(vector, 0));
      for (idx_t i = 0; i < node.children.size(); ++i) {
        BindNode(node.children[i], duckdb_struct_vector_get_child(vector, i + 1));
      }
      break;
    default:
      break;
  }
}

Int128 WideIntegerAt(const Node& node, duckdb_type type, std::uint64_t row) {
  switch (type) {
    case DUCKDB_TYPE_TINYINT:
      return node.At<std::int8_t>(row);
    case DUCKDB_TYPE_SMALLINT:
      return node.At<std::int16_t>(row);
    case DUCKDB_TYPE_INTEGER:
      return node.At<std::int32_t>(row);
    case DUCKDB_TYPE_BIGINT:
      return node.At<std::int64_t>(row);
    case DUCKDB_TYPE_UTINYINT:
      return node.At<std::uint8_t>(row);
    case DUCKDB_TYPE_USMALLINT:
      return node.At<std::uint16_t>(row);
    case DUCKDB_TYPE_UINTEGER:
      return node.At<std::uint32_t>(row);
    case DUCKDB_TYPE_UBIGINT:
      return node.At<std::uint64_t>(row);
    case DUCKDB_TYPE_HUGEINT:
      return WideOf(node.At<duckdb_hugeint>(row));
    default:
      core::ThrowInternal("a column that is no integer was written as one", __FILE__, __LINE__);
  }
}

bool IsNumberType(duckdb_type type) {
  return (type >= DUCKDB_TYPE_TINYINT && type <= DUCKDB_TYPE_DOUBLE) || type == DUCKDB_TYPE_HUGEINT ||
         type == DUCKDB_TYPE_UHUGEINT || type == DUCKDB_TYPE_DECIMAL;
}

bool IsNestedType(duckdb_type type) {
  return type == DUCKDB_TYPE_LIST || type == DUCKDB_TYPE_ARRAY || type == DUCKDB_TYPE_MAP ||
         type == DUCKDB_TYPE_STRUCT || type == DUCKDB_TYPE_UNION;
}

std::string_view BytesAt(const Node& node, std::uint64_t row) {
  const auto& text = node.At<duckdb_string_t>(row);
  return {duckdb_string_t_data(const_cast<duckdb_string_t*>(&text)), duckdb_string_t_length(text)};
}

void AppendNumber(std::string& out, const Node& node, std::uint64_t row) {
  switch (node.type) {
    case DUCKDB_TYPE_FLOAT:
      AppendReal(out, node.At<float>(row));
      break;
    case DUCKDB_TYPE_DOUBLE:
      AppendReal(out, node.At<double>(row));
      break;
    case DUCKDB_TYPE_DECIMAL:
      AppendDecimal(out, WideIntegerAt(node, node.internal_type, row), node.scale);
      break;
    case DUCKDB_TYPE_UHUGEINT:
      fmt::format_to(std::back_inserter(out), "{}", WideOf(node.At<duckdb_uhugeint>(row)));
      break;
    default:
      AppendInteger(out, WideIntegerAt(node, node.type, row));
  }
}

void AppendTemporal(std::string& out, const Node& node, std::uint64_t row) {
  switch (node.type) {
    case DUCKDB_TYPE_DATE:
      AppendDate(out, node.At<std::int32_t>(row));
      break;
    case DUCKDB_TYPE_TIME:
      AppendTime(out, node.At<std::int64_t>(row), 1'000'000);
      break;
    case DUCKDB_TYPE_TIME_NS:
      AppendTime(out, node.At<std::int64_t>(row), 1'000'000'000);
      break;
    case DUCKDB_TYPE_TIME_TZ:
      AppendTimeWithZone(out, node.At<std::uint64_t>(row));
      break;
    case DUCKDB_TYPE_TIMESTAMP_S:
      AppendTimestamp(out, node.At<std::int64_t>(row), 1);
      break;
    case DUCKDB_TYPE_TIMESTAMP_MS:
      AppendTimestamp(out, node.At<std::int64_t>(row), 1'000);
      break;
    case DUCKDB_TYPE_TIMESTAMP:
      AppendTimestamp(out, node.At<std::int64_t>(row), 1'000'000);
      break;
    case DUCKDB_TYPE_TIMESTAMP_NS:
      AppendTimestamp(out, node.At<std::int64_t>(row), 1'000'000'000);
      break;
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      AppendTimestamp(out, node.At<std::int64_t>(row), 1'000'000);
      out += out.ends_with("infinity") ? "" : "+00";
      break;
    default:
      AppendInterval(out, node.At<duckdb_interval>(row));
  }
}

std::uint64_t EnumNumber(const Node& node, std::uint64_t row) {
  return static_cast<std::uint64_t>(WideIntegerAt(node, node.internal_type, row));
}

// Appends a single value without quotes.
void AppendScalar(std::string& out, const Node& node, std::uint64_t row) {
  if (IsNumberType(node.type)) {
    AppendNumber(out, node, row);
    return;
  }
  switch (node.type) {
    case DUCKDB_TYPE_SQLNULL:
      break;
    case DUCKDB_TYPE_BOOLEAN:
      out += node.At<bool>(row) ? "true" : "false";
      break;
    case DUCKDB_TYPE_VARCHAR:
      out += BytesAt(node, row);
      break;
    case DUCKDB_TYPE_BLOB:
      AppendHex(out, BytesAt(node, row).data(), BytesAt(node, row).size());
      break;
    case DUCKDB_TYPE_BIT:
      AppendBits(out, BytesAt(node, row).data(), BytesAt(node, row).size());
      break;
    case DUCKDB_TYPE_UUID:
      AppendUuid(out, node.At<duckdb_hugeint>(row));
      break;
    case DUCKDB_TYPE_ENUM:
      out += node.dictionary[EnumNumber(node, row)];
      break;
    default:
      AppendTemporal(out, node, row);
  }
}

void AppendJsonNode(std::string& out, const Node& node, std::uint64_t row);

void AppendJsonList(std::string& out, const Node& child, std::uint64_t begin, std::uint64_t count) {
  out += '[';
  for (std::uint64_t i = 0; i < count; ++i) {
    out += i == 0 ? "" : ",";
    AppendJsonNode(out, child, begin + i);
  }
  out += ']';
}

void AppendJsonMap(std::string& out, const Node& node, const duckdb_list_entry& entry) {
  out += '{';
  for (std::uint64_t i = entry.offset; i < entry.offset + entry.length; ++i) {
    out += i == entry.offset ? "" : ",";
    std::string key;
    const Node& keys = node.children[0];
    IsNestedType(keys.type) ? AppendJsonNode(key, keys, i) : AppendScalar(key, keys, i);
    AppendJsonString(out, key);
    out += ':';
    AppendJsonNode(out, node.children[1], i);
  }
  out += '}';
}

// A struct without names, as ROW(1, 2) makes it, is an array.
void AppendJsonStruct(std::string& out, const Node& node, std::uint64_t row) {
  const bool named = !node.children.empty() && !node.children[0].name.empty();
  out += named ? '{' : '[';
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    out += i == 0 ? "" : ",";
    if (named) {
      AppendJsonString(out, node.children[i].name);
      out += ':';
    }
    AppendJsonNode(out, node.children[i], row);
  }
  out += named ? '}' : ']';
}

void AppendJsonUnion(std::string& out, const Node& node, std::uint64_t row) {
  const Node& member = node.children[node.At<std::uint8_t>(row)];
  out += '{';
  AppendJsonString(out, member.name);
  out += ':';
  AppendJsonNode(out, member, row);
  out += '}';
}

// JSON text may hold line feeds between its values, never inside a string: blanks keep the record on one line.
void AppendJsonDocument(std::string& out, std::string_view text) {
  const std::size_t start = out.size();
  out += text;
  std::replace_if(
      out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
}

void AppendJsonScalar(std::string& out, const Node& node, std::uint64_t row) {
  std::string text;
  AppendScalar(text, node, row);
  const bool finite = text != "nan" && text != "inf" && text != "-inf";
  if ((IsNumberType(node.type) && finite) || node.type == DUCKDB_TYPE_BOOLEAN) {
    out += text;
  } else if (node.is_json) {
    AppendJsonDocument(out, text);
  } else {
    AppendJsonString(out, text);
  }
}

void AppendJsonNode(std::string& out, const Node& node, std::uint64_t row) {
  if (node.type == DUCKDB_TYPE_SQLNULL || node.IsNull(row)) {
    out += "null";
    return;
  }
  switch (node.type) {
    case DUCKDB_TYPE_LIST: {
      const auto& entry = node.At<duckdb_list_entry>(row);
      AppendJsonList(out, node.children[0], entry.offset, entry.length);
      break;
    }
    case DUCKDB_TYPE_ARRAY:
      AppendJsonList(out, node.children[0], row * node.array_size, node.array_size);
      break;
    case DUCKDB_TYPE_MAP:
      AppendJsonMap(out, node, node.At<duckdb_list_entry>(row));
      break;
    case DUCKDB_TYPE_STRUCT:
      AppendJsonStruct(out, node, row);
      break;
    case DUCKDB_TYPE_UNION:
      AppendJsonUnion(out, node, row);
      break;
    default:
      AppendJsonScalar(out, node, row);
  }
}

}  // namespace

CellWriter::CellWriter(const Result& result) : column_count_(result.columns().size()) {
  columns_ = std::make_unique<Node[]>(column_count_);
  for (std::uint64_t i = 0; i < column_count_; ++i) {
    RawLogicalType type(duckdb_column_logical_type(&result.impl().raw, i));
    columns_[i] = NodeOf(type.get(), result.columns()[i].name);
  }
}

CellWriter::CellWriter(std::span<const Column> columns) : column_count_(columns.size()) {
  columns_ = std::make_unique<Node[]>(column_count_);
  for (std::uint64_t i = 0; i < column_count_; ++i) {
    const RawLogicalType type = MakeLogicalType(columns[i].type);
    columns_[i] = NodeOf(type.get(), columns[i].name);
  }
}

CellWriter::~CellWriter() = default;

void CellWriter::Bind(const Chunk& chunk) {
  for (std::uint64_t i = 0; i < column_count_; ++i) {
    BindNode(columns_[i], duckdb_data_chunk_get_vector(chunk.impl().raw.get(), i));
  }
}

void CellWriter::AppendText(std::string& out, std::uint64_t column, std::uint64_t row) const {
  const Node& node = columns_[column];
  if (node.type == DUCKDB_TYPE_SQLNULL || node.IsNull(row)) {
    return;
  }
  IsNestedType(node.type) ? AppendJsonNode(out, node, row) : AppendScalar(out, node, row);
}

void CellWriter::AppendJson(std::string& out, std::uint64_t column, std::uint64_t row) const {
  AppendJsonNode(out, columns_[column], row);
}

bool CellWriter::IsNull(std::uint64_t column, std::uint64_t row) const {
  return columns_[column].type == DUCKDB_TYPE_SQLNULL || columns_[column].IsNull(row);
}

bool CellWriter::IsNumber(std::uint64_t column) const { return IsNumberType(columns_[column].type); }

void AppendJsonString(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

}  // namespace pluginlake::duck
