// Decides when the hot copy is good, and makes it anew when it is not.
#include "pluginlake/omop/lookups.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "omop/sql.h"
#include "pluginlake/catalog/lake_stamp.h"
#include "pluginlake/core/error.h"
#include "pluginlake/omop/lookup_build.h"

namespace pluginlake::omop {
namespace {

namespace fs = std::filesystem;

std::string FileOf(const LookupsSettings& settings) { return settings.folder + "/vocab.sqlite"; }
std::string UsageFileOf(const LookupsSettings& settings) { return settings.folder + "/usage.txt"; }
std::string StampFileOf(const LookupsSettings& settings) { return settings.folder + "/vocab.stamp"; }

std::string ReadText(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A stamp that is lost costs one look into the lake, so nothing is synced.
void WriteText(const std::string& path, const std::string& text) {
  std::ofstream(path + ".new", std::ios::trunc) << text;
  std::error_code ignored;
  fs::rename(path + ".new", path, ignored);
}

// Opens what stands; null if there is nothing, or something of another release.
std::shared_ptr<LookupFile> OpenIfWhole(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return nullptr;
  }
  try {
    return std::make_shared<LookupFile>(path);
  } catch (const core::Error& error) {  // a cache that cannot be read is made anew
    if (error.code() != "PL-1030") {
      throw;
    }
  }
  return nullptr;
}

}  // namespace

// Rows that name a concept, as of one state of the lake.
struct Lookups::Usage {
  std::string stamp;
  std::map<std::int64_t, std::int64_t> rows;

  // The file's first line is the stamp, each further one a concept and its rows.
  bool Read(const std::string& path, const std::string& wanted_stamp) {
    std::ifstream in(path);
    if (wanted_stamp.empty() || !std::getline(in, stamp) || stamp != wanted_stamp) {
      return false;
    }
    rows.clear();
    std::int64_t concept_id = 0;
    std::int64_t count = 0;
    while (in >> concept_id >> count) {
      rows.emplace_hint(rows.end(), concept_id, count);
    }
    return true;
  }

  void Write(const std::string& path) const {
    std::string text = stamp + "\n";
    for (const auto& [concept_id, count] : rows) {
      text += std::to_string(concept_id) + " " + std::to_string(count) + "\n";
    }
    WriteText(path, text);
  }
};

Lookups::Lookups(LookupsSettings settings) : settings_(std::move(settings)), usage_(std::make_unique<Usage>()) {}

Lookups::~Lookups() = default;

std::shared_ptr<LookupFile> Lookups::Fresh(const LookupRequest& request) {
  const std::string stamp = catalog::LakeStamp(settings_.reader.project);
  {
    const std::lock_guard lock(file_mutex_);
    if (file_ != nullptr && !stamp.empty() && stamp == stamp_) {
      return file_;
    }
  }
  std::unique_lock building(build_mutex_, std::try_to_lock);
  if (!building) {
    {
      const std::lock_guard lock(file_mutex_);
      if (file_ != nullptr) {
        return file_;
      }
    }
    building.lock();
  }
  std::shared_ptr<LookupFile> file = Checked(request, stamp);
  const std::lock_guard lock(file_mutex_);
  file_ = file;
  stamp_ = stamp;
  return file;
}

// Opens the lake only if its stamp is another one than when the file was last known to be right.
std::shared_ptr<LookupFile> Lookups::Checked(const LookupRequest& request, const std::string& stamp) {
  const std::string path = FileOf(settings_);
  std::shared_ptr<LookupFile> file = OpenIfWhole(path);
  if (file != nullptr && !stamp.empty() && ReadText(StampFileOf(settings_)) == stamp) {
    return file;
  }
  catalog::Reader reader(request.principal, settings_.reader);
  duck::Connection connection = reader.Connect();
  const std::int64_t snapshot_id = connection.QueryInt64(sql::kNewestLoad).value_or(0);
  if (file == nullptr || file->snapshot_id() != snapshot_id) {
    BuildLookupFile(connection, {.path = path, .snapshot_id = snapshot_id}, request.progress, request.cancellation);
    file = std::make_shared<LookupFile>(path);
  }
  WriteText(StampFileOf(settings_), stamp);
  return file;
}

void Lookups::CountUsage(const LookupRequest& request, const std::vector<ConceptSummary*>& concepts) {
  const std::string stamp = catalog::LakeStamp(settings_.reader.project);
  const std::lock_guard building(build_mutex_);
  const bool is_known = !stamp.empty() && (usage_->stamp == stamp || usage_->Read(UsageFileOf(settings_), stamp));
  if (!is_known) {
    catalog::Reader reader(request.principal, settings_.reader);
    duck::Connection connection = reader.Connect();
    usage_->rows.clear();
    duck::Result result = connection.Stream(sql::kUsedConcepts);
    while (std::optional<duck::Chunk> chunk = result.Fetch()) {
      for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
        usage_->rows[chunk->Int64(0, row)] = chunk->Int64(1, row);
      }
    }
    usage_->stamp = stamp;
    usage_->Write(UsageFileOf(settings_));
  }
  for (ConceptSummary* summary : concepts) {
    const auto found = usage_->rows.find(summary->concept_id);
    summary->used = found == usage_->rows.end() ? 0 : found->second;
  }
}

}  // namespace pluginlake::omop
