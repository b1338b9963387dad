// Finds the last newline of a block from behind, then cuts forward.
#include "pluginlake/sources/ndjson_cutter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "pluginlake/sources/bundle_probe.h"
#include "pluginlake/sources/bundle_splitter.h"
#include "pluginlake/sources/json_text.h"

namespace pluginlake::sources {
namespace {

std::string_view Trimmed(std::string_view line) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = line.find_first_not_of(kBlank);
  return first == std::string_view::npos ? std::string_view()
                                         : line.substr(first, line.find_last_not_of(kBlank) - first + 1);
}

// Returns the number of bytes up to and with the last newline.
std::size_t WholeLines(std::string_view text) {
  const void* newline = text.empty() ? nullptr : ::memrchr(text.data(), '\n', text.size());
  return newline == nullptr ? 0 : static_cast<std::size_t>(static_cast<const char*>(newline) - text.data()) + 1;
}

// Most lines say on their first bytes what they are; the others are walked over up to their resourceType.
bool IsBundleLine(std::string_view line) {
  constexpr std::string_view kFirstMember = R"({"resourceType":")";
  if (line.starts_with(kFirstMember)) {
    return line.substr(kFirstMember.size()).starts_with("Bundle\"");
  }
  return IsBundle(line) == true;
}

}  // namespace

void NdjsonCutter::Fill(RecordBlock& block) {
  while (block.empty() && !finished_) {
    PaddedBuffer& buffer = block.buffer();
    buffer.Truncate(0);
    reader_.Begin(buffer);
    if (FillLines(block)) {
      const std::size_t whole = reader_.at_end() ? buffer.size() : WholeLines(buffer.view());
      CutLines(buffer.view().substr(0, whole), block);
      reader_.Keep(buffer.view().substr(whole));
      finished_ = reader_.at_end();
    }
  }
}

bool NdjsonCutter::FillLines(RecordBlock& block) {
  PaddedBuffer& buffer = block.buffer();
  for (std::size_t target = std::max(limits_.block_bytes(), buffer.size());; target *= 2) {
    reader_.FillTo(buffer, target);
    if (!begun_ && !BeginFile(block)) {
      return false;
    }
    if (reader_.at_end() && reader_.fault()) {
      CutBeforeFault(block);
      return false;
    }
    if (reader_.at_end() || WholeLines(buffer.view()) != 0) {
      return true;
    }
    if (buffer.size() > limits_.record_bytes_max()) {
      SkipLongLine(block);
      return false;
    }
  }
}

bool NdjsonCutter::BeginFile(RecordBlock& block) {
  begun_ = true;
  PaddedBuffer& buffer = block.buffer();
  if (const std::string_view why = WhyNotText(buffer.view()); !why.empty()) {
    block.AddFault(Record{.bytes = buffer.view().substr(0, limits_.fault_bytes_max()), .line = 1}, "not_text",
                   std::string(why));
    finished_ = true;
    return false;
  }
  buffer.DropFront(ByteOrderMarkBytes(buffer.view()));
  return true;
}

void NdjsonCutter::CutLines(std::string_view lines, RecordBlock& block) {
  while (!lines.empty()) {
    const std::size_t newline = std::min(lines.find('\n'), lines.size());
    ++line_;
    if (const std::string_view line = Trimmed(lines.substr(0, newline)); !line.empty()) {
      AddLine(line, block);
    }
    lines.remove_prefix(std::min(newline + 1, lines.size()));
  }
}

void NdjsonCutter::AddLine(std::string_view line, RecordBlock& block) {
  if (line.size() > limits_.record_bytes_max()) {
    AddLongLine(line.substr(0, limits_.fault_bytes_max()), block);
  } else if (IsBundleLine(line)) {
    SplitLine(line, block);
  } else {
    block.Add(Record{.bytes = line, .line = line_});
  }
}

void NdjsonCutter::SplitLine(std::string_view line, RecordBlock& block) {
  BundleSplitter splitter(SplitSettings{
      .record_bytes_max = limits_.record_bytes_max(), .fault_bytes_max = limits_.fault_bytes_max(), .line = line_});
  const char* begin = line.data();
  const BundleSplitter::Progress progress = splitter.Split(begin, begin + line.size(), block);
  const std::string_view rest = line.substr(static_cast<std::size_t>(progress.position - begin));
  const Record record{.bytes = rest.substr(0, limits_.fault_bytes_max()), .line = line_};
  if (progress.outcome == BundleSplitter::Outcome::kNeedMore) {
    block.AddFault(record, "cut_file", "The Bundle on this line ends too early.");
  } else if (progress.outcome == BundleSplitter::Outcome::kBroken) {
    block.AddFault(record, "invalid_json", "The Bundle on this line cannot be read as JSON from here on.");
  } else if (!Trimmed(rest).empty()) {
    block.AddFault(record, "invalid_json", "Something follows the Bundle on this line.");
  }
}

void NdjsonCutter::SkipLongLine(RecordBlock& block) {
  PaddedBuffer& buffer = block.buffer();
  const std::string_view head = block.Keep(std::string(buffer.view().substr(0, limits_.fault_bytes_max())));
  std::size_t newline = std::string_view::npos;
  while (newline == std::string_view::npos && !reader_.at_end()) {
    buffer.Truncate(0);
    reader_.FillTo(buffer, limits_.block_bytes());
    newline = buffer.view().find('\n');
  }
  if (newline != std::string_view::npos) {
    reader_.Keep(buffer.view().substr(newline + 1));
  } else if (reader_.fault()) {
    AddStreamFault(head, block);
    return;
  }
  ++line_;
  AddLongLine(head, block);
}

void NdjsonCutter::AddLongLine(std::string_view head, RecordBlock& block) {
  block.AddFault(Record{.bytes = head, .line = line_}, "too_large",
                 fmt::format("The line is longer than sources.resource_mb_max ({} MB).", limits_.resource_mb_max));
}

void NdjsonCutter::CutBeforeFault(RecordBlock& block) {
  const std::string_view text = block.buffer().view();
  const std::size_t whole = WholeLines(text);
  CutLines(text.substr(0, whole), block);
  AddStreamFault(text.substr(whole, limits_.fault_bytes_max()), block);
}

void NdjsonCutter::AddStreamFault(std::string_view rest, RecordBlock& block) {
  finished_ = true;
  block.AddFault(Record{.bytes = rest, .line = line_ + 1}, reader_.fault()->reason_code, reader_.fault()->message);
}

std::unique_ptr<RecordCutter> CutNdjson(ByteStream& stream, const RecordLimits& limits) {
  return std::make_unique<NdjsonCutter>(stream, limits);
}

}  // namespace pluginlake::sources
