// Writes the rows of a view as text, in the order of the input, with several threads.
#pragma once

#include <cstdint>

#include "app/output/row_writer.h"
#include "pluginlake/sources/view_source.h"

namespace pluginlake::app {

struct ViewTextSettings {
  RowFormat format = RowFormat::kNdjson;
  std::uint32_t threads = 1;
  TableStyle style;
};

// Memory: a block, a chunk and about a megabyte of text a thread. Throws what the input gives, Interrupted too; what
// was given to `sink` before stands.
RowsWritten WriteViewText(const sources::ViewRun& run, const ViewTextSettings& settings, const TextSink& sink);

}  // namespace pluginlake::app
