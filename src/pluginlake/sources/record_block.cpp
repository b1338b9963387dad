// Collects the records of one block.
#include "pluginlake/sources/record_block.h"

#include <utility>

namespace pluginlake::sources {

void RecordBlock::Begin(std::uint64_t ordinal, std::size_t bytes_max) {
  records_.clear();
  texts_.clear();
  buffer_.Clear(bytes_max);
  next_ordinal_ = ordinal;
}

void RecordBlock::Add(Record record) {
  record.ordinal = next_ordinal_++;
  records_.push_back(record);
}

void RecordBlock::AddFault(Record record, std::string_view reason_code, std::string message) {
  record.fault = RecordFault{.reason_code = reason_code, .message = Keep(std::move(message))};
  Add(record);
}

std::string_view RecordBlock::Keep(std::string text) { return texts_.emplace_back(std::move(text)); }

}  // namespace pluginlake::sources
