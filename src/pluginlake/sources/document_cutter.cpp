// Reads on only while a block has no record yet, so that views into its buffer stay good.
#include "pluginlake/sources/document_cutter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pluginlake/sources/bundle_probe.h"
#include "pluginlake/sources/json_text.h"

namespace pluginlake::sources {

DocumentCutter::DocumentCutter(ByteStream& stream, const RecordLimits& limits)
    : reader_(stream),
      limits_(limits),
      splitter_(
          SplitSettings{.record_bytes_max = limits.record_bytes_max(), .fault_bytes_max = limits.fault_bytes_max()}) {}

void DocumentCutter::Fill(RecordBlock& block) {
  if (place_ == Place::kEnd) {
    return;
  }
  PaddedBuffer& buffer = block.buffer();
  reader_.Begin(buffer);
  position_ = 0;
  reader_.FillTo(buffer, std::max(limits_.block_bytes(), buffer.size()));
  while (place_ != Place::kEnd) {
    if (!Cut(block)) {
      continue;
    }
    if (!block.empty()) {
      reader_.Keep(Unread(block));
      return;
    }
    MakeRoom(block);
  }
}

bool DocumentCutter::Cut(RecordBlock& block) {
  switch (place_) {
    case Place::kBegin:
      return BeginDocument(block);
    case Place::kInBundle:
      return CutBundle(block);
    case Place::kTail:
      return CutTail(block);
    default:
      return CutResource(block);
  }
}

void DocumentCutter::MakeRoom(RecordBlock& block) {
  PaddedBuffer& buffer = block.buffer();
  buffer.DropFront(position_);
  position_ = 0;
  reader_.FillTo(buffer, std::max(limits_.block_bytes(), buffer.size() * 2));
}

bool DocumentCutter::BeginDocument(RecordBlock& block) {
  if (!FindFirstByte(block)) {
    place_ = Place::kEnd;
    return false;
  }
  const char first = Unread(block).front();
  if (first == '{') {
    is_bundle_ = LookAheadForBundle(block);
  }
  place_ = is_bundle_ ? Place::kInBundle : first == '{' || first == '[' ? Place::kInResource : Place::kInText;
  return false;
}

bool DocumentCutter::FindFirstByte(RecordBlock& block) {
  if (const std::string_view why = WhyNotText(Unread(block)); !why.empty()) {
    AddRest(Unread(block), block, "not_text", std::string(why));
    return false;
  }
  position_ = ByteOrderMarkBytes(Unread(block));
  while (true) {
    const std::string_view text = Unread(block);
    position_ += static_cast<std::size_t>(SkipBlank(text.data(), text.data() + text.size()) - text.data());
    if (position_ != block.buffer().size()) {
      return true;
    }
    if (reader_.at_end()) {
      if (reader_.fault()) {
        AddCut({}, block, {}, {});
      }
      return false;
    }
    MakeRoom(block);
  }
}

bool DocumentCutter::LookAheadForBundle(RecordBlock& block) {
  BundleProbe probe;
  bool moved = false;
  while (true) {
    const std::string_view text = Unread(block);
    const char* p = text.data();
    std::optional<bool> answer = probe.Look(p, text.data() + text.size());
    const bool hopeless = text.size() > limits_.record_bytes_max() && p == text.data();
    if (answer || reader_.at_end() || hopeless) {
      if (moved) {
        reader_.Rewind();
        block.buffer().Truncate(0);
        position_ = 0;
        reader_.FillTo(block.buffer(), limits_.block_bytes());
        FindFirstByte(block);
      }
      return answer.value_or(false);
    }
    moved = true;
    position_ += static_cast<std::size_t>(p - text.data());
    MakeRoom(block);
  }
}

bool DocumentCutter::CutBundle(RecordBlock& block) {
  const std::string_view text = Unread(block);
  const BundleSplitter::Progress progress = splitter_.Split(text.data(), text.data() + text.size(), block);
  position_ += static_cast<std::size_t>(progress.position - text.data());
  switch (progress.outcome) {
    case BundleSplitter::Outcome::kDone:
      place_ = Place::kTail;
      return false;
    case BundleSplitter::Outcome::kBroken:
      AddRest(Unread(block), block, "invalid_json", "The Bundle cannot be read as JSON from here on.");
      return false;
    case BundleSplitter::Outcome::kNeedMore:
      break;
  }
  if (reader_.at_end()) {
    AddCut(Unread(block), block, "cut_file", "The Bundle ends too early: the entries before its end were read.");
    return false;
  }
  return true;
}

bool DocumentCutter::CutResource(RecordBlock& block) {
  const std::string_view text = Unread(block);
  const char* end = text.data() + text.size();
  const char* after = nullptr;
  if (place_ == Place::kInResource) {
    after = skipper_.Skip(text.data() + scanned_, end);
  } else if (reader_.at_end() && !reader_.fault()) {
    after = end;
  }
  if (after != nullptr) {
    AddResource(text.substr(0, static_cast<std::size_t>(after - text.data())), block);
    position_ += static_cast<std::size_t>(after - text.data());
    place_ = Place::kTail;
    return false;
  }
  if (reader_.at_end()) {
    AddCut(head_ ? block.Keep(*head_) : text, block, "invalid_json", "The file ends before its document does.");
    return false;
  }
  scanned_ = text.size();
  if (head_ || text.size() > limits_.record_bytes_max()) {
    head_ = head_ ? head_ : std::string(text.substr(0, limits_.fault_bytes_max()));
    position_ = block.buffer().size();
    scanned_ = 0;
  }
  return true;
}

void DocumentCutter::AddResource(std::string_view bytes, RecordBlock& block) {
  resource_ended_ = true;
  if (!head_ && bytes.size() <= limits_.record_bytes_max()) {
    block.Add(Record{.bytes = bytes, .line = 1});
    return;
  }
  const std::string_view head = head_ ? block.Keep(std::move(*head_)) : bytes.substr(0, limits_.fault_bytes_max());
  block.AddFault(Record{.bytes = head, .line = 1}, "too_large",
                 fmt::format("The resource is larger than sources.resource_mb_max ({} MB).", limits_.resource_mb_max));
}

bool DocumentCutter::CutTail(RecordBlock& block) {
  const std::string_view text = Unread(block);
  position_ += static_cast<std::size_t>(SkipBlank(text.data(), text.data() + text.size()) - text.data());
  if (position_ != block.buffer().size()) {
    AddCut(Unread(block), block, "invalid_json", "Something follows the document.");
    return false;
  }
  if (!reader_.at_end()) {
    return true;
  }
  place_ = Place::kEnd;
  if (reader_.fault()) {
    AddCut({}, block, {}, {});
  }
  return false;
}

void DocumentCutter::AddCut(std::string_view bytes, RecordBlock& block, std::string_view reason_code,
                            std::string message) {
  if (reader_.at_end() && reader_.fault()) {
    AddRest(bytes, block, reader_.fault()->reason_code, reader_.fault()->message);
    return;
  }
  AddRest(bytes, block, reason_code, std::move(message));
}

void DocumentCutter::AddRest(std::string_view bytes, RecordBlock& block, std::string_view reason_code,
                             std::string message) {
  const std::uint64_t line = is_bundle_ ? splitter_.next_line() : resource_ended_ ? 2 : 1;
  block.AddFault(Record{.bytes = bytes.substr(0, limits_.fault_bytes_max()), .line = line, .in_bundle = is_bundle_},
                 reason_code, std::move(message));
  place_ = Place::kEnd;
}

std::unique_ptr<RecordCutter> CutDocument(ByteStream& stream, const RecordLimits& limits) {
  return std::make_unique<DocumentCutter>(stream, limits);
}

}  // namespace pluginlake::sources
