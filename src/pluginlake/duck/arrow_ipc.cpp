// DuckDB turns chunks into Arrow's structures, nanoarrow writes those.
#include "pluginlake/duck/arrow_ipc.h"

#include <fmt/format.h>
#include <nanoarrow/nanoarrow.h>
#include <nanoarrow/nanoarrow_ipc.h>

#include <cerrno>
#include <exception>
#include <vector>

#include "pluginlake/core/error.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/result_impl.h"

namespace pluginlake::duck {
namespace {

using core::Error;
using core::ErrorKind;

using RawArrowOptions = Handle<duckdb_arrow_options, duckdb_destroy_arrow_options>;
using RawError = Handle<duckdb_error_data, duckdb_destroy_error_data>;

// Owns one of Arrow's structures, which say themselves how they are released.
template <typename Raw>
struct Owned {
  Raw raw{};

  Owned() = default;
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    if (raw.release != nullptr) {
      raw.release(&raw);
    }
  }
};

// What nanoarrow writes to: a sink whose exception waits until nanoarrow has returned.
struct Output {
  const std::function<void(std::string_view)>* sink;
  std::exception_ptr thrown;

  static ArrowErrorCode Write(ArrowIpcOutputStream* stream, const void* bytes, std::int64_t size, std::int64_t* written,
                              ArrowError*) {
    auto& output = *static_cast<Output*>(stream->private_data);
    try {
      (*output.sink)({static_cast<const char*>(bytes), static_cast<std::size_t>(size)});
    } catch (...) {
      output.thrown = std::current_exception();
      return EIO;
    }
    *written = size;
    return NANOARROW_OK;
  }
  static void Release(ArrowIpcOutputStream* stream) { stream->release = nullptr; }
};

class IpcWriter {
 public:
  IpcWriter(Result& result, ArrowLayout layout, const std::function<void(std::string_view)>& sink)
      : result_(result), layout_(layout), output_{&sink, nullptr} {
    *options_.out() = duckdb_result_get_arrow_options(&result.impl().raw);
    ArrowIpcOutputStream stream{.write = Output::Write, .release = Output::Release, .private_data = &output_};
    Check(ArrowIpcWriterInit(&writer_, &stream));
    ArrowArrayViewInitFromType(&view_, NANOARROW_TYPE_UNINITIALIZED);
  }
  IpcWriter(const IpcWriter&) = delete;
  IpcWriter& operator=(const IpcWriter&) = delete;
  ~IpcWriter() {
    ArrowArrayViewReset(&view_);
    ArrowIpcWriterReset(&writer_);
  }

  std::uint64_t WriteAll() {
    if (layout_ == ArrowLayout::kFile) {
      Check(ArrowIpcWriterStartFile(&writer_, &error_));
    }
    WriteSchema();
    std::uint64_t rows = 0;
    while (const std::optional<Chunk> chunk = result_.Fetch()) {
      WriteChunk(result_.impl().chunk.raw.get());
      rows += chunk->row_count();
    }
    Check(layout_ == ArrowLayout::kFile ? ArrowIpcWriterFinalizeFile(&writer_, &error_)
                                        : ArrowIpcWriterWriteArrayView(&writer_, nullptr, &error_));
    return rows;
  }

 private:
  void WriteSchema() {
    std::vector<RawLogicalType> types;
    std::vector<duckdb_logical_type> raw_types;
    std::vector<const char*> names;
    for (std::size_t i = 0; i < result_.columns().size(); ++i) {
      types.emplace_back(duckdb_column_logical_type(&result_.impl().raw, i));
      raw_types.push_back(types.back().get());
      names.push_back(result_.columns()[i].name.c_str());
    }
    Owned<ArrowSchema> schema;
    CheckDuck(duckdb_to_arrow_schema(options_.get(), raw_types.data(), names.data(), names.size(), &schema.raw));
    Check(ArrowIpcWriterWriteSchema(&writer_, &schema.raw, &error_));
    ArrowArrayViewReset(&view_);
    Check(ArrowArrayViewInitFromSchema(&view_, &schema.raw, &error_));
  }

  void WriteChunk(duckdb_data_chunk chunk) {
    Owned<ArrowArray> array;
    CheckDuck(duckdb_data_chunk_to_arrow(options_.get(), chunk, &array.raw));
    Check(ArrowArrayViewSetArray(&view_, &array.raw, &error_));
    Check(ArrowIpcWriterWriteArrayView(&writer_, &view_, &error_));
  }

  void Check(ArrowErrorCode code) {
    if (output_.thrown) {
      std::rethrow_exception(output_.thrown);
    }
    if (code != NANOARROW_OK) {
      Refuse(ArrowErrorMessage(&error_));
    }
  }

  static void CheckDuck(duckdb_error_data raw) {
    const RawError error(raw);
    if (error && duckdb_error_data_has_error(error.get())) {
      Refuse(duckdb_error_data_message(error.get()));
    }
  }

  [[noreturn]] static void Refuse(const char* why) {
    throw Error(ErrorKind::kInvalidInput, "PL-0340", fmt::format("The rows cannot be written as Arrow IPC: {}", why),
                "Cast the column to VARCHAR, or choose parquet.");
  }

  Result& result_;
  ArrowLayout layout_;
  Output output_;
  RawArrowOptions options_;
  ArrowIpcWriter writer_{};
  ArrowArrayView view_{};
  ArrowError error_{};
};

}  // namespace

std::uint64_t WriteArrowIpc(Result& result, ArrowLayout layout, const std::function<void(std::string_view)>& sink) {
  return IpcWriter(result, layout, sink).WriteAll();
}

}  // namespace pluginlake::duck
