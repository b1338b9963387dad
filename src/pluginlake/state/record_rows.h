// Turns records into the values of a statement, and rows back into records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pluginlake/state/records.h"
#include "pluginlake/state/sql_database.h"

namespace pluginlake::state {

// Return the values in the order of the statement that writes the record; long text is cut, time 0 becomes now.
std::vector<SqlValue> ValuesOf(const BatchStart& start);
std::vector<SqlValue> ValuesOf(const BatchFinish& finish);
std::vector<SqlValue> ValuesOf(const RunRecord& run);
std::vector<SqlValue> ValuesOf(const EventRecord& event);
std::vector<SqlValue> ValuesOf(const CursorRecord& cursor);

// Read the rows of the statements that list records.
std::vector<BatchRecord> BatchesOf(const std::vector<SqlRow>& rows);
std::vector<RunRecord> RunsOf(const std::vector<SqlRow>& rows);
std::vector<EventRecord> EventsOf(const std::vector<SqlRow>& rows);
std::vector<CursorRecord> CursorsOf(const std::vector<SqlRow>& rows);

// Returns a whole number, nullopt for NULL.
std::optional<std::int64_t> WholeNumber(const SqlValue& value);

template <typename Record>
std::optional<Record> FirstOf(std::vector<Record> records) {
  return records.empty() ? std::nullopt : std::optional<Record>(std::move(records.front()));
}

}  // namespace pluginlake::state
