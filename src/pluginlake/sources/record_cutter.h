// Cuts a stream of bytes into blocks of whole records: one way a layout.
#pragma once

#include <memory>

#include "pluginlake/sources/byte_stream.h"
#include "pluginlake/sources/record_block.h"
#include "pluginlake/sources/record_limits.h"

namespace pluginlake::sources {

// Not thread-safe; the stream must outlive it.
class RecordCutter {
 public:
  virtual ~RecordCutter() = default;
  // Adds the next records to `block`, which was begun by the caller; none = the end.
  virtual void Fill(RecordBlock& block) = 0;
};

// Lines; a line that is a Bundle gives its entries.
std::unique_ptr<RecordCutter> CutNdjson(ByteStream& stream, const RecordLimits& limits);
// One document: a Bundle gives its entries, anything else is one record.
std::unique_ptr<RecordCutter> CutDocument(ByteStream& stream, const RecordLimits& limits);

}  // namespace pluginlake::sources
