// Collects the facts of repeated arrivals in any order, then decides in the order of arrival.
#include "pluginlake/sources/repeated_arrivals.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <tuple>
#include <utility>
#include <vector>

#include "pluginlake/core/error.h"
#include "pluginlake/sources/parallel_walk.h"
#include "pluginlake/sources/version_facts.h"

namespace pluginlake::sources {
namespace {

struct Arrival {
  ResourceKey key;
  std::uint32_t file = 0;
  std::uint64_t ordinal = 0;
  VersionFacts facts;
};

class ArrivalCollector final : public RecordVisitor {
 public:
  ArrivalCollector(Batch& batch, std::mutex& mutex, std::vector<Arrival>& all)
      : batch_(batch), mutex_(mutex), all_(all), interpreter_(batch.settings.parser) {}
  ~ArrivalCollector() override {
    std::lock_guard lock(mutex_);
    std::move(mine_.begin(), mine_.end(), std::back_inserter(all_));
  }

  void Visit(std::uint32_t file, const Record& record) override {
    const Interpreted found = interpreter_.Interpret(record);
    if (found.kind == RecordKind::kRejected) {
      return;
    }
    const ResourceKey key = KeyOf(found.resource_type, found.resource_id);
    if (batch_.arrivals.IsRepeated(key)) {
      mine_.push_back({key, file, record.ordinal, ResolveAndRead(batch_, file, record, found, interpreter_)});
    }
  }

 private:
  Batch& batch_;
  std::mutex& mutex_;
  std::vector<Arrival>& all_;
  std::vector<Arrival> mine_;
  RecordInterpreter interpreter_;
};

}  // namespace

RepeatedArrivals::RepeatedArrivals(Batch& batch, const VersionHistories& histories) {
  std::vector<bool> files = batch.arrivals.FilesWithRepeats(batch.input.files.size());
  if (std::find(files.begin(), files.end(), true) == files.end()) {
    return;
  }
  std::mutex mutex;
  std::vector<Arrival> arrivals;
  WalkRecords(batch, {.phase = "comparing", .only = std::move(files)},
              [&] { return std::make_unique<ArrivalCollector>(batch, mutex, arrivals); });
  std::sort(arrivals.begin(), arrivals.end(), [](const Arrival& a, const Arrival& b) {
    return std::tie(a.key, a.file, a.ordinal) < std::tie(b.key, b.file, b.ordinal);
  });
  std::vector<StoredVersion> versions;
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    Arrival& arrival = arrivals[i];
    if (i == 0 || arrivals[i - 1].key != arrival.key) {
      const auto stored = histories.Of(arrival.key);
      versions.assign(stored.begin(), stored.end());
    }
    const Decision decision = Decide(versions, arrival.facts);
    decisions_.emplace(PlaceOf(arrival.file, arrival.ordinal), decision);
    if (decision.outcome != Outcome::kUnchanged) {
      versions.push_back({.key = arrival.key,
                          .version = decision.version,
                          .facts = std::move(arrival.facts),
                          .superseded = decision.outcome == Outcome::kSuperseded});
    }
  }
}

Decision RepeatedArrivals::Of(std::uint32_t file, std::uint64_t ordinal) const {
  auto found = decisions_.find(PlaceOf(file, ordinal));
  PL_CHECK(found != decisions_.end(), "a repeated resource was not decided about: a file changed between two passes");
  return found->second;
}

std::uint64_t RepeatedArrivals::PlaceOf(std::uint32_t file, std::uint64_t ordinal) {
  return std::uint64_t{file} << 40U | ordinal;
}

}  // namespace pluginlake::sources
