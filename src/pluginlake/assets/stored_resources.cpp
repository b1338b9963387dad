// Copies chunks under a lock, so that parsing needs none.
#include "pluginlake/assets/stored_resources.h"

#include <cstring>

#include "pluginlake/fhir/json_tape.h"

namespace pluginlake::assets {
namespace {

enum Column : std::uint64_t { kType, kId, kVersion, kPatient, kBatch, kSource, kLine, kBody };

constexpr std::uint64_t kTextColumns[] = {kType, kId, kPatient, kBatch, kSource, kBody};

}  // namespace

std::string_view ResourceBatch::Copy(std::string_view text) {
  char* target = bytes_.data() + used_;
  std::memcpy(target, text.data(), text.size());
  used_ += text.size() + fhir::kKeptPadding;
  return {target, text.size()};
}

void ResourceBatch::Fill(const duck::Chunk& chunk) {
  std::size_t size = 0;
  for (std::uint64_t row = 0; row < chunk.row_count(); ++row) {
    for (std::uint64_t column : kTextColumns) {
      size += (chunk.IsNull(column, row) ? 0 : chunk.Text(column, row).size()) + fhir::kKeptPadding;
    }
  }
  if (bytes_.size() < size) {
    bytes_.resize(size);
  }
  used_ = 0;
  resources_.resize(chunk.row_count());
  for (std::uint64_t row = 0; row < chunk.row_count(); ++row) {
    StoredResource& resource = resources_[row];
    resource.resource_type = Copy(chunk.Text(kType, row));
    resource.resource_id = Copy(chunk.Text(kId, row));
    resource.resource_version = chunk.Int64(kVersion, row);
    resource.patient_id.reset();
    if (!chunk.IsNull(kPatient, row)) {
      resource.patient_id = Copy(chunk.Text(kPatient, row));
    }
    resource.batch_id = Copy(chunk.Text(kBatch, row));
    resource.source = Copy(chunk.Text(kSource, row));
    resource.source_line.reset();
    if (!chunk.IsNull(kLine, row)) {
      resource.source_line = chunk.Int64(kLine, row);
    }
    resource.body = Copy(chunk.Text(kBody, row));
  }
}

StoredResources::StoredResources(duck::Connection& connection, const std::string& select)
    : result_(connection.Stream(select)) {}

bool StoredResources::Next(ResourceBatch& batch) {
  std::lock_guard lock(mutex_);
  const std::optional<duck::Chunk> chunk = ended_ ? std::nullopt : result_.Fetch();
  ended_ = !chunk;  // a result that has ended may not be asked again
  if (ended_) {
    return false;
  }
  batch.Fill(*chunk);
  return true;
}

}  // namespace pluginlake::assets
