// Decides about resources that arrive more than once in a batch: in their order of arrival, whatever thread reads them.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "pluginlake/sources/batch.h"
#include "pluginlake/sources/version_history.h"

namespace pluginlake::sources {

// The decisions about repeated arrivals, by file and position. Immutable once made.
class RepeatedArrivals {
 public:
  // Reads the files that hold repeated arrivals once more and decides about each of those in order (file, position).
  // Reads nothing when no resource arrives twice.
  RepeatedArrivals(Batch& batch, const VersionHistories& histories);

  // Returns the decision about the record at `ordinal` of `file`. The record must be a repeated arrival.
  Decision Of(std::uint32_t file, std::uint64_t ordinal) const;

 private:
  static std::uint64_t PlaceOf(std::uint32_t file, std::uint64_t ordinal);
  std::unordered_map<std::uint64_t, Decision> decisions_;
};

}  // namespace pluginlake::sources
