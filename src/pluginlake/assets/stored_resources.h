// Hands stored resources to several threads, a chunk of rows at a time.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/duck/connection.h"

namespace pluginlake::assets {

// One row of raw.fhir_resource. The views live as long as the batch they are in; the body may be read 64 bytes beyond
// its end.
struct StoredResource {
  std::string_view resource_type;
  std::string_view resource_id;
  std::int64_t resource_version = 0;
  std::optional<std::string_view> patient_id;
  std::string_view batch_id;
  std::string_view source;
  std::optional<std::int64_t> source_line;
  std::string_view body;
};

// A thread's own copy of a chunk; its memory is kept from one chunk to the next.
class ResourceBatch {
 public:
  const std::vector<StoredResource>& resources() const { return resources_; }
  // Copies the rows of a chunk with the columns of StoredResource.
  void Fill(const duck::Chunk& chunk);

 private:
  std::string_view Copy(std::string_view text);

  std::vector<char> bytes_;
  std::size_t used_ = 0;
  std::vector<StoredResource> resources_;
};

// Streams the rows of a SELECT. Thread-safe.
class StoredResources {
 public:
  StoredResources(duck::Connection& connection, const std::string& select);
  // Fills `batch` with the next rows; false at the end.
  bool Next(ResourceBatch& batch);

 private:
  std::mutex mutex_;
  duck::Result result_;
  bool ended_ = false;
};

}  // namespace pluginlake::assets
