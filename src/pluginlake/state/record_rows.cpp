// Turns records into the values of a statement, and rows back into records.
#include "pluginlake/state/record_rows.h"

#include "pluginlake/core/clock.h"

namespace pluginlake::state {
namespace {

Micros OrNow(Micros micros) { return micros != 0 ? micros : core::SystemClock().NowMicros(); }

// Cuts at the start of a UTF-8 character; drops NUL, which PostgreSQL refuses.
std::string Bounded(const std::string& text) {
  std::string bounded = text.substr(0, kTextBytesMax);
  if (text.size() > kTextBytesMax) {
    std::size_t end = kTextBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
      --end;
    }
    bounded.resize(end);
  }
  std::erase(bounded, '\0');
  return bounded;
}

SqlValue OrNull(const std::optional<std::int64_t>& number) { return number ? SqlValue(*number) : SqlValue(); }

// Reads one row's columns from left to right.
class RowReader {
 public:
  explicit RowReader(const SqlRow& row) : row_(row) {}
  std::string Text() { return std::get<std::string>(row_.at(next_++)); }
  std::int64_t Number() { return std::get<std::int64_t>(row_.at(next_++)); }
  std::optional<std::int64_t> MaybeNumber() { return WholeNumber(row_.at(next_++)); }

 private:
  const SqlRow& row_;
  std::size_t next_ = 0;
};

BatchRecord BatchOf(const SqlRow& row) {
  RowReader reader(row);
  BatchRecord batch;
  batch.start.batch_id = reader.Text();
  batch.start.run_id = reader.Text();
  batch.start.kind = reader.Text();
  batch.start.source = reader.Text();
  batch.start.principal = reader.Text();
  batch.start.program_version = reader.Text();
  batch.start.started_at = reader.Number();
  batch.status = StatusOf(reader.Text());
  batch.counts.received = reader.Number();
  batch.counts.stored = reader.Number();
  batch.counts.unchanged = reader.Number();
  batch.counts.superseded = reader.Number();
  batch.counts.deleted = reader.Number();
  batch.counts.quarantined = reader.Number();
  batch.snapshot_id = reader.MaybeNumber();
  batch.message = reader.Text();
  batch.finished_at = reader.MaybeNumber();
  return batch;
}

RunRecord RunOf(const SqlRow& row) {
  RowReader reader(row);
  RunRecord run;
  run.run_id = reader.Text();
  run.kind = reader.Text();
  run.principal = reader.Text();
  run.status = StatusOf(reader.Text());
  run.started_at = reader.Number();
  run.finished_at = reader.MaybeNumber();
  run.snapshot_id = reader.MaybeNumber();
  run.detail_json = reader.Text();
  return run;
}

EventRecord EventOf(const SqlRow& row) {
  RowReader reader(row);
  EventRecord event;
  event.event_id = reader.Number();
  event.at = reader.Number();
  event.kind = reader.Text();
  event.run_id = reader.Text();
  event.message = reader.Text();
  event.detail_json = reader.Text();
  return event;
}

CursorRecord CursorOf(const SqlRow& row) {
  RowReader reader(row);
  CursorRecord cursor;
  cursor.consumer = reader.Text();
  cursor.asset = reader.Text();
  cursor.snapshot_id = reader.Number();
  cursor.updated_at = reader.Number();
  return cursor;
}

template <typename Record>
std::vector<Record> EachOf(const std::vector<SqlRow>& rows, Record (*read)(const SqlRow&)) {
  std::vector<Record> records;
  records.reserve(rows.size());
  for (const SqlRow& row : rows) {
    records.push_back(read(row));
  }
  return records;
}

}  // namespace

std::vector<SqlValue> ValuesOf(const BatchStart& start) {
  return {start.batch_id,        start.run_id,           start.kind, Bounded(start.source), Bounded(start.principal),
          start.program_version, OrNow(start.started_at)};
}

std::vector<SqlValue> ValuesOf(const BatchFinish& finish) {
  const BatchCounts& counts = finish.counts;
  return {finish.batch_id,
          std::string(NameOf(finish.status)),
          OrNow(finish.finished_at),
          OrNull(finish.snapshot_id),
          counts.received,
          counts.stored,
          counts.unchanged,
          counts.superseded,
          counts.deleted,
          counts.quarantined,
          Bounded(finish.message)};
}

std::vector<SqlValue> ValuesOf(const RunRecord& run) {
  return {run.run_id,
          run.kind,
          Bounded(run.principal),
          std::string(NameOf(run.status)),
          OrNow(run.started_at),
          OrNull(run.finished_at),
          OrNull(run.snapshot_id),
          run.detail_json};
}

std::vector<SqlValue> ValuesOf(const EventRecord& event) {
  return {OrNow(event.at), event.kind, event.run_id, Bounded(event.message), event.detail_json};
}

std::vector<SqlValue> ValuesOf(const CursorRecord& cursor) {
  return {cursor.consumer, cursor.asset, cursor.snapshot_id, OrNow(cursor.updated_at)};
}

std::optional<std::int64_t> WholeNumber(const SqlValue& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number == nullptr ? std::nullopt : std::optional<std::int64_t>(*number);
}

std::vector<BatchRecord> BatchesOf(const std::vector<SqlRow>& rows) { return EachOf(rows, BatchOf); }

std::vector<RunRecord> RunsOf(const std::vector<SqlRow>& rows) { return EachOf(rows, RunOf); }

std::vector<EventRecord> EventsOf(const std::vector<SqlRow>& rows) { return EachOf(rows, EventOf); }

std::vector<CursorRecord> CursorsOf(const std::vector<SqlRow>& rows) { return EachOf(rows, CursorOf); }

}  // namespace pluginlake::state
