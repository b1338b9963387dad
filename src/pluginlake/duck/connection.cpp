// Prepares, binds and runs statements.
#include "pluginlake/duck/connection.h"

#include <string>
#include <utility>
#include <variant>

#include "pluginlake/core/cancel.h"
#include "pluginlake/duck/connection_impl.h"
#include "pluginlake/duck/database_impl.h"
#include "pluginlake/duck/result_impl.h"
#include "pluginlake/duck/translate.h"

namespace pluginlake::duck {
namespace {

struct Binder {
  duckdb_prepared_statement statement;
  idx_t index;

  duckdb_state operator()(std::monostate) const { return duckdb_bind_null(statement, index); }
  duckdb_state operator()(bool value) const { return duckdb_bind_boolean(statement, index, value); }
  duckdb_state operator()(std::int64_t value) const { return duckdb_bind_int64(statement, index, value); }
  duckdb_state operator()(double value) const { return duckdb_bind_double(statement, index, value); }
  duckdb_state operator()(std::string_view value) const {
    return duckdb_bind_varchar_length(statement, index, value.data(), value.size());
  }
  duckdb_state operator()(TimestampUtc value) const {
    return duckdb_bind_timestamp_tz(statement, index, duckdb_timestamp{value.micros});
  }
};

// Returns the only statement of `text`; several are refused, since the values belong to one.
RawExtracted ExtractOne(duckdb_connection connection, const std::string& text) {
  RawExtracted extracted;
  const idx_t count = duckdb_extract_statements(connection, text.c_str(), extracted.out());
  if (count == 0) {
    const char* message = duckdb_extract_statements_error(extracted.get());
    ThrowTranslated(DUCKDB_ERROR_PARSER, message == nullptr ? "there is no statement" : message,
                    "The SQL could not be read");
  }
  if (count != 1) {
    ThrowTranslated(DUCKDB_ERROR_PARSER, "several statements where one is expected", "The SQL could not be run");
  }
  return extracted;
}

RawPrepared Prepare(duckdb_connection connection, std::string_view sql) {
  const RawExtracted extracted = ExtractOne(connection, std::string(sql));
  RawPrepared prepared;
  if (duckdb_prepare_extracted_statement(connection, extracted.get(), 0, prepared.out()) != DuckDBSuccess) {
    const std::string message = duckdb_prepare_error(prepared.get());
    ThrowTranslated(ErrorTypeOf(message), message, "The SQL could not be prepared");
  }
  return prepared;
}

void Bind(const RawPrepared& prepared, std::span<const Value> values) {
  PL_CHECK(duckdb_nparams(prepared.get()) == values.size(),
           "a statement got another number of values than it asks for");
  for (idx_t i = 0; i < values.size(); ++i) {
    const duckdb_state state = std::visit(Binder{prepared.get(), i + 1}, values[i]);
    PL_CHECK(state == DuckDBSuccess, "DuckDB refused a bound value");
  }
}

}  // namespace

duckdb_error_type ErrorTypeOf(std::string_view message) {
  if (message.starts_with("Parser Error")) return DUCKDB_ERROR_PARSER;
  if (message.starts_with("IO Error")) return DUCKDB_ERROR_IO;
  if (message.starts_with("Permission Error")) return DUCKDB_ERROR_PERMISSION;
  if (message.starts_with("TransactionContext Error")) return DUCKDB_ERROR_TRANSACTION;
  if (message.starts_with("Out of Memory Error")) return DUCKDB_ERROR_OUT_OF_MEMORY;
  if (message.starts_with("INTERNAL Error") || message.starts_with("FATAL Error")) return DUCKDB_ERROR_INTERNAL;
  return DUCKDB_ERROR_BINDER;
}

Connection::Connection(Database& database) : impl_(std::make_unique<Impl>()) {
  impl_->database = &database.impl();
  if (duckdb_connect(database.impl().raw.get(), impl_->raw.out()) != DuckDBSuccess) {
    core::ThrowInternal("DuckDB gave no connection", __FILE__, __LINE__);
  }
}

Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

Result Connection::Query(std::string_view sql, std::span<const Value> values) {
  if (values.empty()) {
    return QueryUnprepared(sql);
  }
  RawPrepared prepared = Prepare(impl_->raw.get(), sql);
  Bind(prepared, values);
  auto result = std::make_unique<Result::Impl>();
  const duckdb_state state = duckdb_execute_prepared(prepared.get(), &result->raw);
  result->TakeOutcome(state);
  return Result(std::move(result));
}

// A prepared statement on tables of a lake is planned twice: once to prepare it, and anew by the transaction that runs
// it.
Result Connection::QueryUnprepared(std::string_view sql) {
  const std::string text(sql);
  ExtractOne(impl_->raw.get(), text);
  auto result = std::make_unique<Result::Impl>();
  result->TakeOutcome(duckdb_query(impl_->raw.get(), text.c_str(), &result->raw));
  return Result(std::move(result));
}

std::vector<Column> Connection::Describe(std::string_view select) {
  const RawPrepared prepared = Prepare(impl_->raw.get(), select);
  std::vector<Column> columns;
  const idx_t count = duckdb_prepared_statement_column_count(prepared.get());
  for (idx_t i = 0; i < count; ++i) {
    const RawLogicalType type(duckdb_prepared_statement_column_logical_type(prepared.get(), i));
    char* name = const_cast<char*>(duckdb_prepared_statement_column_name(prepared.get(), i));  // ours to free
    columns.push_back({.name = name, .type = NameOfType(type.get())});
    duckdb_free(name);
  }
  return columns;
}

Result Connection::Stream(std::string_view sql, std::span<const Value> values) {
  RawPrepared prepared = Prepare(impl_->raw.get(), sql);
  Bind(prepared, values);
  auto result = std::make_unique<Result::Impl>();
  const duckdb_state state = duckdb_execute_prepared_streaming(prepared.get(), &result->raw);
  result->TakeOutcome(state);
  return Result(std::move(result));
}

std::optional<std::int64_t> Connection::QueryInt64(std::string_view sql, std::initializer_list<Value> values) {
  Result result = Query(sql, values);
  std::optional<Chunk> chunk = result.Fetch();
  if (!chunk || chunk->IsNull(0, 0)) {
    return std::nullopt;
  }
  return chunk->Int64(0, 0);
}

std::optional<std::string> Connection::QueryText(std::string_view sql, std::initializer_list<Value> values) {
  Result result = Query(sql, values);
  std::optional<Chunk> chunk = result.Fetch();
  if (!chunk || chunk->IsNull(0, 0)) {
    return std::nullopt;
  }
  return std::string(chunk->Text(0, 0));
}

void Connection::QueryIgnoringErrors(std::string_view sql, std::span<const Value> values) noexcept {
  RawPrepared prepared;
  const std::string text(sql);
  if (duckdb_prepare(impl_->raw.get(), text.c_str(), prepared.out()) != DuckDBSuccess) {
    return;
  }
  for (idx_t i = 0; i < values.size(); ++i) {
    std::visit(Binder{prepared.get(), i + 1}, values[i]);
  }
  duckdb_result result;
  duckdb_execute_prepared(prepared.get(), &result);
  duckdb_destroy_result(&result);
}

bool Connection::IsSingleRead(std::string_view sql) {
  const std::string text(sql);
  RawExtracted extracted;
  const idx_t count = duckdb_extract_statements(impl_->raw.get(), text.c_str(), extracted.out());
  if (count == 0) {
    const char* message = duckdb_extract_statements_error(extracted.get());
    ThrowTranslated(DUCKDB_ERROR_PARSER, message == nullptr ? "there is no statement" : message,
                    "The SQL could not be read");
  }
  if (count > 1) {
    return false;
  }
  RawPrepared prepared;
  if (duckdb_prepare_extracted_statement(impl_->raw.get(), extracted.get(), 0, prepared.out()) != DuckDBSuccess) {
    // A statement that writes may fail to bind; whoever asks wants to hear that it writes.
    if (QueryText("SELECT json_serialize_sql($1::VARCHAR) ->> '$.error_type'", {sql}) == "not implemented") {
      return false;
    }
    const std::string message = duckdb_prepare_error(prepared.get());
    ThrowTranslated(ErrorTypeOf(message), message, "The SQL could not be prepared");
  }
  const duckdb_statement_type type = duckdb_prepared_statement_type(prepared.get());
  return type == DUCKDB_STATEMENT_TYPE_SELECT || type == DUCKDB_STATEMENT_TYPE_EXPLAIN;
}

void Connection::Interrupt() { duckdb_interrupt(impl_->raw.get()); }

Transaction::Transaction(Connection& connection) : connection_(connection) { connection_.Query("BEGIN TRANSACTION"); }

Transaction::~Transaction() {
  if (!open_) {
    return;
  }
  duckdb_result result;
  duckdb_query(connection_.impl().raw.get(), "ROLLBACK", &result);
  duckdb_destroy_result(&result);
}

void Transaction::Commit() {
  open_ = false;
  connection_.Query("COMMIT");
}

}  // namespace pluginlake::duck
