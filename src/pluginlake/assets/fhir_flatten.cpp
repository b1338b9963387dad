// Each thread takes a chunk of resources, evaluates all views over each, and appends rows to its own chunks.
#include "pluginlake/assets/fhir_flatten.h"

#include <fmt/format.h>

#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "pluginlake/assets/stored_resources.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/appender.h"
#include "pluginlake/fhir/view_evaluator.h"

namespace pluginlake::assets {
namespace {

enum Own : std::uint64_t { kId, kVersion, kPatient, kBatch, kSource, kLine, kOwnColumns };

// Rows of one view on their way into its staged table.
class TargetRows {
 public:
  TargetRows(duck::Database& database, const TableName& table)
      : connection_(database.Connect()), appender_(connection_, {"work", "_staged", table.text()}) {}

  // Writes all rows that the view at `index` has for the resource.
  void Write(const StoredResource& resource, const fhir::ViewEvaluator& evaluator, std::size_t index) {
    const std::uint64_t rows = evaluator.RowCount(index);
    for (std::uint64_t row = 0; row < rows; ++row) {
      duck::ChunkWriter& writer = appender_.writer();
      WriteOwn(writer, resource);
      evaluator.WriteRow(index, row, writer, filled_, kOwnColumns);
      if (++filled_ == writer.capacity()) {
        HandOver();
      }
    }
  }

  void Close() {
    HandOver();
    appender_.Close();
  }

 private:
  void WriteOwn(duck::ChunkWriter& writer, const StoredResource& resource) const {
    writer.SetText(kId, filled_, resource.resource_id);
    writer.SetInt64(kVersion, filled_, resource.resource_version);
    if (resource.patient_id) {
      writer.SetText(kPatient, filled_, *resource.patient_id);
    } else {
      writer.SetNull(kPatient, filled_);
    }
    writer.SetText(kBatch, filled_, resource.batch_id);
    writer.SetText(kSource, filled_, resource.source);
    if (resource.source_line) {
      writer.SetInt64(kLine, filled_, *resource.source_line);
    } else {
      writer.SetNull(kLine, filled_);
    }
  }

  void HandOver() {
    if (filled_ > 0) {
      appender_.Append(std::exchange(filled_, 0));
    }
  }

  duck::Connection connection_;
  duck::ChunkAppender appender_;
  std::uint64_t filled_ = 0;
};

// All views of one resource type, as one thread evaluates them.
struct TypeViews {
  std::vector<const FlattenTarget*> targets;
  std::vector<const fhir::View*> views;
  std::unique_ptr<fhir::ViewEvaluator> evaluator;
  std::vector<std::unique_ptr<TargetRows>> rows;
};

// What the threads share.
struct Shared {
  const FlattenWork& work;
  const std::vector<FlattenTarget>& targets;
  StoredResources& resources;
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> done{0};
  std::mutex mutex{};
  std::exception_ptr error{};
  FlattenResult result{};
};

class Worker {
 public:
  explicit Worker(Shared& shared) : shared_(shared), tape_(shared.work.settings.tape) {
    for (const FlattenTarget& target : shared.targets) {
      TypeViews& type = types_[target.view->resource_type()];
      type.targets.push_back(&target);
      type.views.push_back(target.view.get());
      type.rows.push_back(std::make_unique<TargetRows>(shared.work.workbench.database(), target.table));
    }
    for (auto& [name, type] : types_) {
      type.evaluator = std::make_unique<fhir::ViewEvaluator>(type.views);
    }
  }

  void Run() {
    ResourceBatch batch;
    while (!shared_.stop && shared_.resources.Next(batch)) {
      for (const StoredResource& resource : batch.resources()) {
        Take(resource);
      }
      const std::uint64_t done = shared_.done += batch.resources().size();
      shared_.work.progress.Report({.phase = "flattening", .done = done, .unit = "resources"});
      if (shared_.work.cancellation.is_requested()) {
        throw core::Interrupted{};
      }
    }
    for (auto& [name, type] : types_) {
      for (const auto& rows : type.rows) {
        rows->Close();
      }
    }
    std::lock_guard lock(shared_.mutex);
    shared_.result.warnings += warnings_;
  }

 private:
  void Take(const StoredResource& resource) {
    const auto found = types_.find(resource.resource_type);
    PL_CHECK(found != types_.end(), "a resource came in whose type has no view");
    TypeViews& type = found->second;
    const fhir::TapeFault fault = tape_.Build(resource.body);
    PL_CHECK(fault == fhir::TapeFault::kNone, "a stored resource could not be parsed again");
    const std::span<const fhir::ViewOutcome> outcomes = type.evaluator->Evaluate(tape_);
    for (std::size_t view = 0; view < outcomes.size(); ++view) {
      if (!outcomes[view].error.empty() && !Refuse(resource, *type.targets[view], outcomes[view])) {
        return;
      }
      warnings_ += outcomes[view].warnings;
    }
    for (std::size_t view = 0; view < outcomes.size(); ++view) {
      if (outcomes[view].error.empty()) {
        type.rows[view]->Write(resource, *type.evaluator, view);
      }
    }
  }

  // Returns whether the other views may take the resource.
  bool Refuse(const StoredResource& resource, const FlattenTarget& target, const fhir::ViewOutcome& outcome) {
    std::string message = fmt::format("view {}{}{}: {}", target.view->name(), outcome.column.empty() ? "" : ", column ",
                                      outcome.column, outcome.error);
    std::lock_guard lock(shared_.mutex);
    FlattenResult& result = shared_.result;
    if (target.alone) {
      result.left_out.try_emplace(
          target.table, RefusedResource{std::string(resource.resource_type), std::string(resource.resource_id),
                                        resource.resource_version, std::move(message)});
    } else if (++result.refused_count <= shared_.work.settings.refused_max) {
      result.refused.push_back({std::string(resource.resource_type), std::string(resource.resource_id),
                                resource.resource_version, std::move(message)});
    }
    return target.alone;
  }

  Shared& shared_;
  fhir::JsonTape tape_;
  std::map<std::string, TypeViews, std::less<>> types_;
  std::uint64_t warnings_ = 0;
};

// The edge of a thread: the first error ends all of them and comes out of Flatten.
void RunThread(Shared& shared) {
  try {
    Worker(shared).Run();
  } catch (...) {
    std::lock_guard lock(shared.mutex);
    if (!shared.error) {
      shared.error = std::current_exception();
    }
    shared.stop = true;
  }
}

}  // namespace

std::vector<duck::Column> FlattenedColumns(const fhir::View& view) {
  std::vector<duck::Column> columns = {{"resource_id", "VARCHAR"}, {"resource_version", "BIGINT"},
                                       {"patient_id", "VARCHAR"},  {"batch_id", "VARCHAR"},
                                       {"source", "VARCHAR"},      {"source_line", "BIGINT"}};
  for (const fhir::ViewColumn& column : view.columns()) {
    columns.push_back({column.name, column.type});
  }
  return columns;
}

FlattenResult Flatten(const FlattenWork& work, const std::vector<FlattenTarget>& targets,
                      const std::string& resources) {
  for (const FlattenTarget& target : targets) {
    work.workbench.StageEmpty(target.table, FlattenedColumns(*target.view));
  }
  StoredResources stored(work.workbench.connection(), resources);
  Shared shared{.work = work, .targets = targets, .resources = stored};
  std::vector<std::thread> threads;
  for (std::uint32_t i = 1; i < work.settings.threads; ++i) {
    threads.emplace_back(RunThread, std::ref(shared));
  }
  RunThread(shared);
  for (std::thread& thread : threads) {
    thread.join();
  }
  if (shared.error) {
    std::rethrow_exception(shared.error);
  }
  shared.result.resources = shared.done;
  return std::move(shared.result);
}

}  // namespace pluginlake::assets
