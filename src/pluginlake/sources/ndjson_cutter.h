// Cuts NDJSON into lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pluginlake/sources/block_reader.h"
#include "pluginlake/sources/record_cutter.h"

namespace pluginlake::sources {

class NdjsonCutter final : public RecordCutter {
 public:
  NdjsonCutter(ByteStream& stream, const RecordLimits& limits) : reader_(stream), limits_(limits) {}

  void Fill(RecordBlock& block) override;

 private:
  // Reads on until there is a whole line or the stream ends; false when the block got what there was to tell instead.
  bool FillLines(RecordBlock& block);
  bool BeginFile(RecordBlock& block);
  void CutLines(std::string_view lines, RecordBlock& block);
  void AddLine(std::string_view line, RecordBlock& block);
  void SplitLine(std::string_view line, RecordBlock& block);
  void SkipLongLine(RecordBlock& block);
  void AddLongLine(std::string_view head, RecordBlock& block);
  void CutBeforeFault(RecordBlock& block);
  void AddStreamFault(std::string_view rest, RecordBlock& block);

  BlockReader reader_;
  RecordLimits limits_;
  std::uint64_t line_ = 0;  // the last line cut
  bool begun_ = false;
  bool finished_ = false;
};

}  // namespace pluginlake::sources
