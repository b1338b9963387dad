// Reads results chunk by chunk from DuckDB's vectors.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/result_impl.h"
#include "pluginlake/duck/translate.h"

namespace pluginlake::duck {
namespace {

struct TypeName {
  duckdb_type type;
  const char* name;
};

constexpr std::array kTypeNames = {
    TypeName{DUCKDB_TYPE_BOOLEAN, "BOOLEAN"},
    TypeName{DUCKDB_TYPE_TINYINT, "TINYINT"},
    TypeName{DUCKDB_TYPE_SMALLINT, "SMALLINT"},
    TypeName{DUCKDB_TYPE_INTEGER, "INTEGER"},
    TypeName{DUCKDB_TYPE_BIGINT, "BIGINT"},
    TypeName{DUCKDB_TYPE_UTINYINT, "UTINYINT"},
    TypeName{DUCKDB_TYPE_USMALLINT, "USMALLINT"},
    TypeName{DUCKDB_TYPE_UINTEGER, "UINTEGER"},
    TypeName{DUCKDB_TYPE_UBIGINT, "UBIGINT"},
    TypeName{DUCKDB_TYPE_FLOAT, "FLOAT"},
    TypeName{DUCKDB_TYPE_DOUBLE, "DOUBLE"},
    TypeName{DUCKDB_TYPE_TIMESTAMP, "TIMESTAMP"},
    TypeName{DUCKDB_TYPE_DATE, "DATE"},
    TypeName{DUCKDB_TYPE_TIME, "TIME"},
    TypeName{DUCKDB_TYPE_INTERVAL, "INTERVAL"},
    TypeName{DUCKDB_TYPE_HUGEINT, "HUGEINT"},
    TypeName{DUCKDB_TYPE_UHUGEINT, "UHUGEINT"},
    TypeName{DUCKDB_TYPE_VARCHAR, "VARCHAR"},
    TypeName{DUCKDB_TYPE_BLOB, "BLOB"},
    TypeName{DUCKDB_TYPE_TIMESTAMP_S, "TIMESTAMP_S"},
    TypeName{DUCKDB_TYPE_TIMESTAMP_MS, "TIMESTAMP_MS"},
    TypeName{DUCKDB_TYPE_TIMESTAMP_NS, "TIMESTAMP_NS"},
    TypeName{DUCKDB_TYPE_ENUM, "ENUM"},
    TypeName{DUCKDB_TYPE_LIST, "LIST"},
    TypeName{DUCKDB_TYPE_STRUCT, "STRUCT"},
    TypeName{DUCKDB_TYPE_MAP, "MAP"},
    TypeName{DUCKDB_TYPE_ARRAY, "ARRAY"},
    TypeName{DUCKDB_TYPE_UUID, "UUID"},
    TypeName{DUCKDB_TYPE_UNION, "UNION"},
    TypeName{DUCKDB_TYPE_BIT, "BIT"},
    TypeName{DUCKDB_TYPE_TIME_TZ, "TIME WITH TIME ZONE"},
    TypeName{DUCKDB_TYPE_TIMESTAMP_TZ, "TIMESTAMP WITH TIME ZONE"},
    TypeName{DUCKDB_TYPE_SQLNULL, "NULL"},
    TypeName{DUCKDB_TYPE_VARIANT, "VARIANT"},
};

ColumnView ViewOf(duckdb_vector vector) {
  RawLogicalType type(duckdb_vector_get_column_type(vector));
  ColumnView view;
  view.type = duckdb_get_type_id(type.get());
  view.data = duckdb_vector_get_data(vector);
  view.validity = duckdb_vector_get_validity(vector);
  if (view.type == DUCKDB_TYPE_DECIMAL) {
    view.decimal_scale = duckdb_decimal_scale(type.get());
    view.internal_type = duckdb_decimal_internal_type(type.get());
  }
  return view;
}

template <typename T>
T At(const ColumnView& column, std::uint64_t row) {
  return static_cast<const T*>(column.data)[row];
}

std::int64_t IntegerAt(const ColumnView& column, duckdb_type type, std::uint64_t row) {
  switch (type) {
    case DUCKDB_TYPE_BOOLEAN:
      return At<bool>(column, row) ? 1 : 0;
    case DUCKDB_TYPE_TINYINT:
      return At<std::int8_t>(column, row);
    case DUCKDB_TYPE_SMALLINT:
      return At<std::int16_t>(column, row);
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_DATE:
      return At<std::int32_t>(column, row);
    case DUCKDB_TYPE_UTINYINT:
      return At<std::uint8_t>(column, row);
    case DUCKDB_TYPE_USMALLINT:
      return At<std::uint16_t>(column, row);
    case DUCKDB_TYPE_UINTEGER:
      return At<std::uint32_t>(column, row);
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_TIME:
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return At<std::int64_t>(column, row);
    case DUCKDB_TYPE_UBIGINT: {
      const auto value = At<std::uint64_t>(column, row);
      PL_CHECK(value <= static_cast<std::uint64_t>(INT64_MAX), "an integer is too large for 64 signed bits");
      return static_cast<std::int64_t>(value);
    }
    case DUCKDB_TYPE_HUGEINT: {
      const auto value = At<duckdb_hugeint>(column, row);
      const auto low = static_cast<std::int64_t>(value.lower);
      PL_CHECK(value.upper == (low < 0 ? -1 : 0), "an integer is too large for 64 signed bits");
      return low;
    }
    default:
      core::ThrowInternal("a column that is no integer was read as one", __FILE__, __LINE__);
  }
}

}  // namespace

std::string NameOfType(duckdb_logical_type type) {
  char* alias = duckdb_logical_type_get_alias(type);
  if (alias != nullptr) {
    std::string name = alias;
    duckdb_free(alias);
    return name;
  }
  const duckdb_type id = duckdb_get_type_id(type);
  if (id == DUCKDB_TYPE_DECIMAL) {
    return fmt::format("DECIMAL({},{})", duckdb_decimal_width(type), duckdb_decimal_scale(type));
  }
  for (const TypeName& known : kTypeNames) {
    if (known.type == id) {
      return known.name;
    }
  }
  return "UNKNOWN";
}

void Result::Impl::TakeOutcome(duckdb_state state) {
  if (state != DuckDBSuccess) {
    const char* message = duckdb_result_error(&raw);
    ThrowTranslated(duckdb_result_error_type(&raw), message == nullptr ? "no reason given" : message,
                    "The SQL could not be run");
  }
  const idx_t count = duckdb_column_count(&raw);
  columns.reserve(count);
  for (idx_t i = 0; i < count; ++i) {
    RawLogicalType type(duckdb_column_logical_type(&raw, i));
    columns.push_back(Column{.name = duckdb_column_name(&raw, i), .type = NameOfType(type.get())});
  }
}

Result::Result(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Result::~Result() = default;
Result::Result(Result&&) noexcept = default;
Result& Result::operator=(Result&&) noexcept = default;

const std::vector<Column>& Result::columns() const { return impl_->columns; }

std::optional<Chunk> Result::Fetch() {
  Chunk::Impl& chunk = impl_->chunk;
  *chunk.raw.out() = duckdb_fetch_chunk(impl_->raw);
  if (!chunk.raw) {
    const char* message = duckdb_result_error(&impl_->raw);
    if (message != nullptr && *message != '\0') {
      ThrowTranslated(duckdb_result_error_type(&impl_->raw), message, "The query ended early");
    }
    return std::nullopt;
  }
  chunk.row_count = duckdb_data_chunk_get_size(chunk.raw.get());
  if (chunk.row_count == 0) {
    return std::nullopt;
  }
  chunk.columns.clear();
  for (idx_t i = 0; i < impl_->columns.size(); ++i) {
    chunk.columns.push_back(ViewOf(duckdb_data_chunk_get_vector(chunk.raw.get(), i)));
  }
  return Chunk(&chunk);
}

std::vector<std::string> Result::Texts() {
  std::vector<std::string> texts;
  while (const std::optional<Chunk> chunk = Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      texts.emplace_back(chunk->Text(0, row));
    }
  }
  return texts;
}

std::uint64_t Result::rows_changed() const { return duckdb_rows_changed(&impl_->raw); }

std::uint64_t Chunk::row_count() const { return impl_->row_count; }

bool Chunk::IsNull(std::uint64_t column, std::uint64_t row) const {
  std::uint64_t* validity = impl_->columns[column].validity;
  return validity != nullptr && !duckdb_validity_row_is_valid(validity, row);
}

bool Chunk::Bool(std::uint64_t column, std::uint64_t row) const {
  PL_CHECK(impl_->columns[column].type == DUCKDB_TYPE_BOOLEAN, "a column that is no BOOLEAN was read as one");
  return At<bool>(impl_->columns[column], row);
}

std::int64_t Chunk::Int64(std::uint64_t column, std::uint64_t row) const {
  const ColumnView& view = impl_->columns[column];
  return IntegerAt(view, view.type, row);
}

double Chunk::Double(std::uint64_t column, std::uint64_t row) const {
  const ColumnView& view = impl_->columns[column];
  switch (view.type) {
    case DUCKDB_TYPE_FLOAT:
      return static_cast<double>(At<float>(view, row));
    case DUCKDB_TYPE_DOUBLE:
      return At<double>(view, row);
    case DUCKDB_TYPE_HUGEINT:
      return duckdb_hugeint_to_double(At<duckdb_hugeint>(view, row));
    case DUCKDB_TYPE_UHUGEINT:
      return duckdb_uhugeint_to_double(At<duckdb_uhugeint>(view, row));
    case DUCKDB_TYPE_DECIMAL: {
      const double scale = std::pow(10.0, view.decimal_scale);
      if (view.internal_type == DUCKDB_TYPE_HUGEINT) {
        return duckdb_hugeint_to_double(At<duckdb_hugeint>(view, row)) / scale;
      }
      return static_cast<double>(IntegerAt(view, view.internal_type, row)) / scale;
    }
    default:
      return static_cast<double>(IntegerAt(view, view.type, row));
  }
}

std::string_view Chunk::Text(std::uint64_t column, std::uint64_t row) const {
  const ColumnView& view = impl_->columns[column];
  PL_CHECK(view.type == DUCKDB_TYPE_VARCHAR || view.type == DUCKDB_TYPE_BLOB,
           "a column that is no text was read as text");
  const auto* strings = static_cast<const duckdb_string_t*>(view.data);
  auto* string = const_cast<duckdb_string_t*>(&strings[row]);  // the C API takes no const
  return {duckdb_string_t_data(string), duckdb_string_t_length(*string)};
}

std::string Chunk::TextOrEmpty(std::uint64_t column, std::uint64_t row) const {
  return IsNull(column, row) ? std::string() : std::string(Text(column, row));
}

}  // namespace pluginlake::duck
