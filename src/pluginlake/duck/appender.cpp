// Appends rows through DuckDB's appender.
#include "pluginlake/duck/appender.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pluginlake/duck/connection_impl.h"
#include "pluginlake/duck/translate.h"
#include "pluginlake/duck/vector_writer.h"

namespace pluginlake::duck {
namespace {

using RawAppender = Handle<duckdb_appender, duckdb_appender_destroy>;

struct AppendValue {
  duckdb_appender appender;

  duckdb_state operator()(std::monostate) const { return duckdb_append_null(appender); }
  duckdb_state operator()(bool value) const { return duckdb_append_bool(appender, value); }
  duckdb_state operator()(std::int64_t value) const { return duckdb_append_int64(appender, value); }
  duckdb_state operator()(double value) const { return duckdb_append_double(appender, value); }
  duckdb_state operator()(std::string_view value) const {
    return duckdb_append_varchar_length(appender, value.data(), value.size());
  }
  duckdb_state operator()(TimestampUtc value) const {
    return duckdb_append_timestamp(appender, duckdb_timestamp{value.micros});
  }
};

// The open appender of either class; what was not closed is dropped, never half written.
class OpenAppender {
 public:
  OpenAppender(Connection& connection, const TableName& table) {
    Check(duckdb_appender_create_ext(
        connection.impl().raw.get(), table.catalog.empty() ? nullptr : table.catalog.c_str(),
        table.schema.empty() ? nullptr : table.schema.c_str(), table.table.c_str(), raw_.out()));
  }
  ~OpenAppender() {
    if (raw_) {
      duckdb_appender_clear(raw_.get());
    }
  }
  OpenAppender(const OpenAppender&) = delete;
  OpenAppender& operator=(const OpenAppender&) = delete;

  duckdb_appender get() const { return raw_.get(); }
  void Check(duckdb_state state) {
    if (state == DuckDBSuccess) {
      return;
    }
    const char* message = duckdb_appender_error(raw_.get());
    const std::string text = message == nullptr ? "no reason given" : message;
    ThrowTranslated(ErrorTypeOf(text), text, "Rows could not be appended");
  }
  void Close() {
    Check(duckdb_appender_close(raw_.get()));
    raw_.Reset();
  }

 private:
  RawAppender raw_;
};

}  // namespace

struct Appender::Impl {
  OpenAppender open;
};

Appender::Appender(Connection& connection, const TableName& table)
    : impl_(new Impl{.open = OpenAppender(connection, table)}) {}

Appender::~Appender() = default;

Appender::Appender(Appender&&) noexcept = default;
Appender& Appender::operator=(Appender&&) noexcept = default;

void Appender::AppendRow(std::span<const Value> row) {
  for (const Value& value : row) {
    impl_->open.Check(std::visit(AppendValue{impl_->open.get()}, value));
  }
  impl_->open.Check(duckdb_appender_end_row(impl_->open.get()));
}

void Appender::Close() { impl_->open.Close(); }

struct ChunkAppender::Impl {
  OpenAppender open;
  RawChunk chunk;
  std::optional<VectorWriter> writer;  // of the chunk as it is filled now

  Impl(Connection& connection, const TableName& table) : open(connection, table) {
    std::vector<RawLogicalType> types;
    std::vector<duckdb_logical_type> raw_types;
    for (idx_t i = 0; i < duckdb_appender_column_count(open.get()); ++i) {
      types.emplace_back(duckdb_appender_column_type(open.get(), i));
      raw_types.push_back(types.back().get());
    }
    chunk = RawChunk(duckdb_create_data_chunk(raw_types.data(), raw_types.size()));
    writer.emplace(chunk.get());
  }
};

ChunkAppender::ChunkAppender(Connection& connection, const TableName& table)
    : impl_(std::make_unique<Impl>(connection, table)) {}

ChunkAppender::~ChunkAppender() = default;
ChunkAppender::ChunkAppender(ChunkAppender&&) noexcept = default;
ChunkAppender& ChunkAppender::operator=(ChunkAppender&&) noexcept = default;

ChunkWriter& ChunkAppender::writer() { return *impl_->writer; }

void ChunkAppender::Append(std::uint64_t row_count) {
  duckdb_data_chunk_set_size(impl_->chunk.get(), row_count);
  impl_->open.Check(duckdb_append_data_chunk(impl_->open.get(), impl_->chunk.get()));
  duckdb_data_chunk_reset(impl_->chunk.get());
  impl_->writer.emplace(impl_->chunk.get());
}

void ChunkAppender::Close() { impl_->open.Close(); }

}  // namespace pluginlake::duck
