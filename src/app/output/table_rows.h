// Streams rows as a table for people.
#pragma once

#include <memory>

#include "app/output/row_writer.h"

namespace pluginlake::app {

// Returns the writer of RowFormat::kTable; it holds the first rows back until it knows the columns' widths.
std::unique_ptr<RowWriter> MakeTableRows(const RowSchema& schema, TableStyle style, TextSink sink);

}  // namespace pluginlake::app
