// Knows how each type lies in memory.
#include "pluginlake/duck/vector_writer.h"

#include <array>
#include <bit>
#include <cstring>

#include "pluginlake/core/error.h"

namespace pluginlake::duck {

namespace {

constexpr std::size_t kTextBlockBytes = std::size_t{16} << 10;

std::uint8_t BytesOf(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_SMALLINT:
      return 2;
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_DATE:
      return 4;
    default:
      return 8;
  }
}

}  // namespace

VectorWriter::VectorWriter(duckdb_data_chunk chunk) {
  const idx_t count = duckdb_data_chunk_get_column_count(chunk);
  targets_.reserve(count);
  for (idx_t i = 0; i < count; ++i) {
    AddTarget(duckdb_data_chunk_get_vector(chunk, i));
  }
}

void VectorWriter::AddTarget(duckdb_vector vector) {
  const RawLogicalType type(duckdb_vector_get_column_type(vector));
  Target target{.vector = vector, .data = duckdb_vector_get_data(vector), .type = duckdb_get_type_id(type.get())};
  target.bytes = BytesOf(target.type == DUCKDB_TYPE_DECIMAL ? duckdb_decimal_internal_type(type.get()) : target.type);
  AddNested(target);
  targets_.push_back(std::move(target));
}

void VectorWriter::AddNested(Target& target) {
  if (target.type == DUCKDB_TYPE_LIST) {
    target.room = duckdb_vector_size();
    target.nested.reset(new VectorWriter);
    target.nested->AddTarget(duckdb_list_vector_get_child(target.vector));
  } else if (target.type == DUCKDB_TYPE_STRUCT) {
    const RawLogicalType type(duckdb_vector_get_column_type(target.vector));
    target.nested.reset(new VectorWriter);
    for (idx_t i = 0; i < duckdb_struct_type_child_count(type.get()); ++i) {
      target.nested->AddTarget(duckdb_struct_vector_get_child(target.vector, i));
    }
  }
}

// A list that grew has its elements elsewhere.
void VectorWriter::Rebind() {
  for (Target& target : targets_) {
    target.data = duckdb_vector_get_data(target.vector);
    target.validity = nullptr;
    if (target.type == DUCKDB_TYPE_STRUCT) {
      target.nested->Rebind();
    }
  }
}

void VectorWriter::SetNull(std::uint64_t column, std::uint64_t row) {
  Target& target = targets_[column];
  if (target.validity == nullptr) {
    duckdb_vector_ensure_validity_writable(target.vector);
    target.validity = duckdb_vector_get_validity(target.vector);
  }
  target.validity[row / 64] &= ~(std::uint64_t{1} << (row % 64));
  if (target.type == DUCKDB_TYPE_LIST) {
    static_cast<duckdb_list_entry*>(target.data)[row] = {target.elements, 0};
  } else if (target.type == DUCKDB_TYPE_STRUCT) {
    for (std::uint64_t field = 0; field < target.nested->targets_.size(); ++field) {
      target.nested->SetNull(field, row);
    }
  }
}

// DuckDB keeps a vector's texts one by one; each costs more than its copy. So blocks are kept that way, and the texts
// stand in them: they live as long as their vector's memory, as all texts do.
char* VectorWriter::TakeRoom(Target& target, std::uint64_t row, std::size_t bytes) {
  static constexpr std::array<char, kTextBlockBytes> kBlank{};
  if (bytes > target.text_left) {
    duckdb_unsafe_vector_assign_string_element_len(target.vector, row, kBlank.data(), kBlank.size());
    target.text_room = static_cast<duckdb_string_t*>(target.data)[row].value.pointer.ptr;
    target.text_left = kBlank.size();
  }
  char* room = target.text_room;
  target.text_room += bytes;
  target.text_left -= bytes;
  return room;
}

void VectorWriter::SetText(std::uint64_t column, std::uint64_t row, std::string_view value) {
  Target& target = targets_[column];
  if (value.size() > kTextBlockBytes / 4) {
    duckdb_unsafe_vector_assign_string_element_len(target.vector, row, value.data(), value.size());
    return;
  }
  duckdb_string_t text{};
  text.value.inlined.length = static_cast<std::uint32_t>(value.size());
  if (value.size() <= sizeof text.value.inlined.inlined) {
    std::memcpy(text.value.inlined.inlined, value.data(), value.size());
  } else {
    char* room = TakeRoom(target, row, value.size());
    std::memcpy(room, value.data(), value.size());
    std::memcpy(text.value.pointer.prefix, value.data(), sizeof text.value.pointer.prefix);
    text.value.pointer.ptr = room;
  }
  static_cast<duckdb_string_t*>(target.data)[row] = text;
}

void VectorWriter::SetInt64(std::uint64_t column, std::uint64_t row, std::int64_t value) {
  const Target& target = targets_[column];
  if (target.bytes == sizeof(std::int64_t)) {
    static_cast<std::int64_t*>(target.data)[row] = value;
  } else if (target.bytes == sizeof(std::int32_t)) {
    static_cast<std::int32_t*>(target.data)[row] = static_cast<std::int32_t>(value);
  } else {
    static_cast<std::int16_t*>(target.data)[row] = static_cast<std::int16_t>(value);
  }
}

std::uint64_t VectorWriter::AppendList(std::uint64_t column, std::uint64_t row, std::uint64_t count) {
  Target& target = targets_[column];
  const std::uint64_t first = target.elements;
  target.elements += count;
  if (target.elements > target.room) {
    target.room = std::bit_ceil(target.elements);
    PL_CHECK(duckdb_list_vector_reserve(target.vector, target.room) == DuckDBSuccess, "no room for a list");
    target.nested->Rebind();
  }
  PL_CHECK(duckdb_list_vector_set_size(target.vector, target.elements) == DuckDBSuccess, "no room for a list");
  static_cast<duckdb_list_entry*>(target.data)[row] = {first, count};
  return first;
}

}  // namespace pluginlake::duck
