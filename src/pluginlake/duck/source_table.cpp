// The table function pluginlake_source(number): DuckDB's threads pull chunks from a ChunkSource.
#include "pluginlake/duck/source_table.h"

#include <fmt/format.h>

#include <atomic>
#include <string>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/duck/connection_impl.h"
#include "pluginlake/duck/database_impl.h"
#include "pluginlake/duck/type_name.h"
#include "pluginlake/duck/vector_writer.h"

namespace pluginlake::duck {
namespace {

using BoundSource = std::shared_ptr<OpenSource>;  // shared: see OpenSources::Add

struct BoundRead {
  BoundSource source;
};

template <typename T>
void Delete(void* pointer) {
  delete static_cast<T*>(pointer);
}

// The C boundary: what a source throws is kept for SourceTable::Run and told to DuckDB as text.
template <typename SetError, typename Info, typename Work>
void AtBoundary(OpenSource* source, SetError set_error, Info info, Work work) {
  try {
    work();
  } catch (const std::exception& error) {
    if (source != nullptr) {
      std::lock_guard lock(source->mutex);
      if (!source->error) {
        source->error = std::current_exception();
      }
    }
    set_error(info, error.what());
  } catch (...) {  // core::Interrupted is no std::exception
    if (source != nullptr) {
      std::lock_guard lock(source->mutex);
      if (!source->error) {
        source->error = std::current_exception();
      }
    }
    set_error(info, "interrupted");
  }
}

void Bind(duckdb_bind_info info) {
  auto* sources = static_cast<OpenSources*>(duckdb_bind_get_extra_info(info));
  duckdb_value parameter = duckdb_bind_get_parameter(info, 0);
  const std::int64_t number = duckdb_get_int64(parameter);
  duckdb_destroy_value(&parameter);
  BoundSource source = sources->Find(number);
  if (source == nullptr) {
    duckdb_bind_set_error(info, "there is no such source");
    return;
  }
  AtBoundary(source.get(), duckdb_bind_set_error, info, [&] {
    for (const Column& column : source->source->Columns()) {
      RawLogicalType type = MakeLogicalType(column.type);
      duckdb_bind_add_result_column(info, column.name.c_str(), type.get());
    }
    duckdb_bind_set_bind_data(info, new BoundRead{source}, Delete<BoundRead>);
  });
}

void Init(duckdb_init_info info) {
  const auto* bound = static_cast<BoundRead*>(duckdb_init_get_bind_data(info));
  duckdb_init_set_max_threads(info, bound->source->threads_max);
}

void InitLocal(duckdb_init_info info) {
  const auto* bound = static_cast<BoundRead*>(duckdb_init_get_bind_data(info));
  AtBoundary(bound->source.get(), duckdb_init_set_error, info,
             [&] { duckdb_init_set_init_data(info, bound->source->source->Open().release(), Delete<ChunkReader>); });
}

void Read(duckdb_function_info info, duckdb_data_chunk output) {
  const auto* bound = static_cast<BoundRead*>(duckdb_function_get_bind_data(info));
  auto* reader = static_cast<ChunkReader*>(duckdb_function_get_local_init_data(info));
  AtBoundary(bound->source.get(), duckdb_function_set_error, info, [&] {
    VectorWriter writer(output);
    duckdb_data_chunk_set_size(output, reader->Read(writer));
  });
}

}  // namespace

std::int64_t OpenSources::Add(std::shared_ptr<OpenSource> source) {
  std::lock_guard lock(mutex_);
  open_.emplace(++last_, std::move(source));
  return last_;
}

void OpenSources::Remove(std::int64_t number) {
  std::lock_guard lock(mutex_);
  open_.erase(number);
}

std::shared_ptr<OpenSource> OpenSources::Find(std::int64_t number) {
  std::lock_guard lock(mutex_);
  auto found = open_.find(number);
  return found == open_.end() ? nullptr : found->second;
}

void RegisterSourceFunction(duckdb_connection connection, OpenSources& sources) {
  RawTableFunction function(duckdb_create_table_function());
  duckdb_table_function_set_name(function.get(), "pluginlake_source");
  RawLogicalType number(duckdb_create_logical_type(DUCKDB_TYPE_BIGINT));
  duckdb_table_function_add_parameter(function.get(), number.get());
  duckdb_table_function_set_extra_info(function.get(), &sources, nullptr);
  duckdb_table_function_set_bind(function.get(), Bind);
  duckdb_table_function_set_init(function.get(), Init);
  duckdb_table_function_set_local_init(function.get(), InitLocal);
  duckdb_table_function_set_function(function.get(), Read);
  PL_CHECK(duckdb_register_table_function(connection, function.get()) == DuckDBSuccess,
           "DuckDB refused the function pluginlake_source");
}

struct SourceTable::Impl {
  OpenSources* sources = nullptr;
  std::shared_ptr<OpenSource> open;  // shared: see OpenSources::Add
  std::int64_t number = 0;
};

SourceTable::SourceTable(Connection& connection, ChunkSource& source, std::uint32_t threads_max)
    : impl_(std::make_unique<Impl>()) {
  impl_->sources = &connection.impl().database->sources;
  impl_->open = std::make_shared<OpenSource>();
  impl_->open->source = &source;
  impl_->open->threads_max = threads_max;
  impl_->number = impl_->sources->Add(impl_->open);
}

SourceTable::~SourceTable() { impl_->sources->Remove(impl_->number); }

std::int64_t SourceTable::number() const { return impl_->number; }

Result SourceTable::Run(Connection& connection, std::string_view sql, std::span<const Value> values) {
  try {
    return connection.Query(sql, values);
  } catch (...) {  // the C boundary: a reader's own error is truer than DuckDB's account of it
    std::lock_guard lock(impl_->open->mutex);
    if (impl_->open->error) {
      std::rethrow_exception(impl_->open->error);
    }
    throw;
  }
}

}  // namespace pluginlake::duck
