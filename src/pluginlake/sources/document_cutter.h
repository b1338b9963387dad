// Cuts a .json file: the entries of a Bundle while it is still being read, or the one resource it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "pluginlake/sources/block_reader.h"
#include "pluginlake/sources/bundle_splitter.h"
#include "pluginlake/sources/record_cutter.h"

namespace pluginlake::sources {

class DocumentCutter final : public RecordCutter {
 public:
  DocumentCutter(ByteStream& stream, const RecordLimits& limits);

  void Fill(RecordBlock& block) override;

 private:
  enum class Place { kBegin, kInBundle, kInResource, kInText, kTail, kEnd };

  // Each uses up what it can of the buffer; true: it needs more bytes behind what is there.
  bool Cut(RecordBlock& block);
  bool BeginDocument(RecordBlock& block);
  bool CutBundle(RecordBlock& block);
  bool CutResource(RecordBlock& block);
  bool CutTail(RecordBlock& block);
  // Refuses binary, steps over a byte order mark and blanks; false: there is no document.
  bool FindFirstByte(RecordBlock& block);
  // Reads ahead until a resourceType is found, then starts again.
  bool LookAheadForBundle(RecordBlock& block);
  void MakeRoom(RecordBlock& block);
  void AddResource(std::string_view bytes, RecordBlock& block);
  void AddRest(std::string_view bytes, RecordBlock& block, std::string_view reason_code, std::string message);
  // The same for a document that ends too early: a fault of the archive is the better reason.
  void AddCut(std::string_view bytes, RecordBlock& block, std::string_view reason_code, std::string message);
  std::string_view Unread(RecordBlock& block) const { return block.buffer().view().substr(position_); }

  BlockReader reader_;
  RecordLimits limits_;
  BundleSplitter splitter_;
  ValueSkipper skipper_;             // over the one resource
  std::size_t scanned_ = 0;          // bytes of it that the skipper has seen in this buffer
  std::optional<std::string> head_;  // set: it is above the limit, and this is its beginning
  std::size_t position_ = 0;         // first unread byte of the block's buffer
  bool is_bundle_ = false;
  bool resource_ended_ = false;
  Place place_ = Place::kBegin;
};

}  // namespace pluginlake::sources
