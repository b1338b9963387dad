// Appends rows through DuckDB's appender.
#include "pluginlake/duck/appender.h"

#include <variant>

#include "pluginlake/duck/connection_impl.h"
#include "pluginlake/duck/translate.h"

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

}  // namespace

struct Appender::Impl {
  RawAppender raw;

  void Check(duckdb_state state) {
    if (state == DuckDBSuccess) {
      return;
    }
    const char* message = duckdb_appender_error(raw.get());
    const std::string text = message == nullptr ? "no reason given" : message;
    ThrowTranslated(ErrorTypeOf(text), text, "Rows could not be appended");
  }
};

Appender::Appender(Connection& connection, const TableName& table) : impl_(std::make_unique<Impl>()) {
  impl_->Check(duckdb_appender_create_ext(
      connection.impl().raw.get(), table.catalog.empty() ? nullptr : table.catalog.c_str(),
      table.schema.empty() ? nullptr : table.schema.c_str(), table.table.c_str(), impl_->raw.out()));
}

Appender::~Appender() {
  if (impl_ != nullptr && impl_->raw) {
    duckdb_appender_clear(impl_->raw.get());  // what was not closed is dropped, never half written
  }
}

Appender::Appender(Appender&&) noexcept = default;
Appender& Appender::operator=(Appender&&) noexcept = default;

void Appender::AppendRow(std::span<const Value> row) {
  for (const Value& value : row) {
    impl_->Check(std::visit(AppendValue{impl_->raw.get()}, value));
  }
  impl_->Check(duckdb_appender_end_row(impl_->raw.get()));
}

void Appender::Close() {
  impl_->Check(duckdb_appender_close(impl_->raw.get()));
  impl_->raw.Reset();
}

}  // namespace pluginlake::duck
