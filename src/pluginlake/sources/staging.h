// Gathers what a batch finds (quarantine, identifiers, references) in spilling tables until its one commit reads it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "pluginlake/duck/appender.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::sources {

struct QuarantinedRecord {
  std::string_view quarantine_id;
  std::string_view source;
  std::uint64_t line = 0;
  std::string_view resource_type;  // empty = not known
  std::string_view resource_id;
  std::string_view reason_code;
  std::string_view message;
  std::string_view body;
};

struct VersionName {
  std::string_view resource_type;
  std::string_view resource_id;
  std::int64_t version = 0;
};

struct RewrittenVersion {
  VersionName name;
  std::string_view body;
  std::string_view content_hash;
  std::optional<std::string_view> patient_id;
};

// One batch's rows in the staging tables. A commit's transaction sees a staging database as it was at the first look
// into it: hence one for each step: the survey, resolving references, rewriting versions, writing versions. The Add
// functions are thread-safe; memory is bounded by the instance's memory limit, beyond which DuckDB spills.
class Staging {
 public:
  // Makes the staging tables of an instance; once, before the first Staging.
  static void Prepare(duck::Connection& connection);

  Staging(duck::Database& database, std::string batch_id);
  // Deletes the batch's rows.
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  void AddQuarantined(const QuarantinedRecord& record);
  // An empty `system` is none.
  void AddIdentifier(std::string_view type, std::string_view id, std::string_view system, std::string_view value);
  void AddWanted(std::string_view reference);
  void AddAwaited(std::string_view reference);
  void AddPending(const VersionName& name, std::string_view reference);
  void AddOutdated(std::string_view type, std::string_view id);
  void AddSettled(std::string_view reference, std::string_view type, std::string_view id);
  void AddRewritten(const RewrittenVersion& version);

  // Makes all that was added visible to other connections.
  void Flush();
  const std::string& batch_id() const { return batch_id_; }

 private:
  // One table with its appender, opened at its first row.
  struct Table {
    std::string database;
    std::string name;
    std::optional<duck::Appender> appender;
  };
  std::array<Table*, 8> Tables();
  void Append(Table& table, std::initializer_list<duck::Value> row);

  std::string batch_id_;
  std::mutex mutex_;
  duck::Connection connection_;
  Table quarantine_{"staging_survey", "quarantine", {}};
  Table identifier_{"staging_survey", "identifier", {}};
  Table wanted_{"staging_survey", "wanted", {}};
  Table awaited_{"staging_references", "awaited", {}};
  Table rewritten_{"staging_rewritten", "rewritten", {}};
  Table pending_{"staging_versions", "pending", {}};
  Table outdated_{"staging_versions", "outdated", {}};
  Table settled_{"staging_versions", "settled", {}};
};

}  // namespace pluginlake::sources
