// Fills the staging tables through appenders.
#include "pluginlake/sources/staging.h"

#include <array>
#include <utility>

#include "sources/sql.h"

namespace pluginlake::sources {
namespace {

duck::Value TextOrNull(std::string_view text) { return text.empty() ? duck::Value{} : duck::Value{text}; }

duck::Value OptionalText(const std::optional<std::string_view>& text) {
  return text ? duck::Value{*text} : duck::Value{};
}

}  // namespace

void Staging::Prepare(duck::Connection& connection) {
  for (std::string_view statement :
       {sql::kAttachStagingSurvey, sql::kAttachStagingReferences, sql::kAttachStagingRewritten,
        sql::kAttachStagingVersions, sql::kCreateStagingQuarantine, sql::kCreateStagingIdentifier,
        sql::kCreateStagingWanted, sql::kCreateStagingAwaited, sql::kCreateStagingRewritten, sql::kCreateStagingPending,
        sql::kCreateStagingOutdated, sql::kCreateStagingSettled}) {
    connection.Query(statement);
  }
}

Staging::Staging(duck::Database& database, std::string batch_id)
    : batch_id_(std::move(batch_id)), connection_(database.Connect()) {}

Staging::~Staging() {
  std::lock_guard lock(mutex_);
  for (Table* table : Tables()) {
    table->appender.reset();
  }
  const std::array<duck::Value, 1> batch{std::string_view(batch_id_)};
  for (std::string_view statement :
       {sql::kDeleteStagedQuarantine, sql::kDeleteStagedIdentifier, sql::kDeleteStagedWanted, sql::kDeleteStagedAwaited,
        sql::kDeleteStagedRewritten, sql::kDeleteStagedPending, sql::kDeleteStagedOutdated,
        sql::kDeleteStagedSettled}) {
    connection_.QueryIgnoringErrors(statement, batch);
  }
}

std::array<Staging::Table*, 8> Staging::Tables() {
  return {&quarantine_, &identifier_, &wanted_, &awaited_, &rewritten_, &pending_, &outdated_, &settled_};
}

void Staging::Append(Table& table, std::initializer_list<duck::Value> row) {
  std::lock_guard lock(mutex_);
  if (!table.appender) {
    table.appender.emplace(connection_,
                           duck::TableName{.catalog = table.database, .schema = "main", .table = table.name});
  }
  table.appender->AppendRow(row);
}

void Staging::AddQuarantined(const QuarantinedRecord& record) {
  Append(quarantine_, {std::string_view(batch_id_), record.quarantine_id, record.source,
                       static_cast<std::int64_t>(record.line), TextOrNull(record.resource_type),
                       TextOrNull(record.resource_id), record.reason_code, record.message, record.body});
}

void Staging::AddIdentifier(std::string_view type, std::string_view id, std::string_view system,
                            std::string_view value) {
  Append(identifier_, {std::string_view(batch_id_), type, id, TextOrNull(system), value});
}

void Staging::AddWanted(std::string_view reference) { Append(wanted_, {std::string_view(batch_id_), reference}); }

void Staging::AddAwaited(std::string_view reference) { Append(awaited_, {std::string_view(batch_id_), reference}); }

void Staging::AddPending(const VersionName& name, std::string_view reference) {
  Append(pending_, {std::string_view(batch_id_), name.resource_type, name.resource_id, name.version, reference});
}

void Staging::AddOutdated(std::string_view type, std::string_view id) {
  Append(outdated_, {std::string_view(batch_id_), type, id});
}

void Staging::AddSettled(std::string_view reference, std::string_view type, std::string_view id) {
  Append(settled_, {std::string_view(batch_id_), reference, type, id});
}

void Staging::AddRewritten(const RewrittenVersion& version) {
  Append(rewritten_, {std::string_view(batch_id_), version.name.resource_type, version.name.resource_id,
                      version.name.version, version.body, version.content_hash, OptionalText(version.patient_id)});
}

void Staging::Flush() {
  std::lock_guard lock(mutex_);
  for (Table* table : Tables()) {
    if (table->appender) {
      table->appender->Close();
      table->appender.reset();
    }
  }
}

}  // namespace pluginlake::sources
