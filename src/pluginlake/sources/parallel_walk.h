// Walks the records of a batch with several threads of our own; the first error of any ends all.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pluginlake/sources/batch.h"

namespace pluginlake::sources {

// Handles the records of one file block after the other; one a thread.
class RecordVisitor {
 public:
  virtual ~RecordVisitor() = default;
  virtual void Visit(std::uint32_t file, const Record& record) = 0;
};

struct Walk {
  std::string phase;       // for progress
  std::vector<bool> only;  // which files; empty = all
};

// Calls one visitor a thread, made by `make_visitor` and destroyed in that thread. Throws what a visitor threw, and
// Interrupted when the batch is cancelled.
void WalkRecords(Batch& batch, const Walk& walk, const std::function<std::unique_ptr<RecordVisitor>()>& make_visitor);

}  // namespace pluginlake::sources
