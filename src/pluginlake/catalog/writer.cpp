// One mutex, one transaction at a time: work, lineage, files to the disk, COMMIT, and a look at what was committed.
#include "pluginlake/catalog/writer.h"

#include <fmt/format.h>

#include <mutex>

#include "catalog/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/data_files.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/lineage.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"

namespace pluginlake::catalog {
namespace {

// The id was foretold and stands in rows of the commit: another number means that someone else writes here too.
void CheckForetold(duck::Connection& connection, const core::Project& project, std::int64_t foretold) {
  const std::optional<std::int64_t> made = connection.QueryInt64(sql::kLastCommittedSnapshot, {project.alias});
  if (made != foretold) {
    throw core::Error(core::ErrorKind::kInternal, "PL-0406",
                      fmt::format("The commit made snapshot {} where {} was foretold", made.value_or(-1), foretold),
                      "Another program writes to this catalog. Stop it, then run 'pluginlake catalog fsck'.");
  }
}

}  // namespace

struct Writer::Impl {
  explicit Impl(Lake& owned_lake) : lake(owned_lake) {}

  // Removes what a killed process or a transaction that did not commit left in the data folder. Done before the next
  // write and not at once, since a server or a disk that made a commit fail cannot be asked then.
  void Settle() {
    if (may_have_orphans) {
      RemoveOrphans(lake);
      may_have_orphans = false;
    }
  }

  Lake& lake;
  std::mutex mutex;
  bool may_have_orphans = true;  // until it was looked: the last owner may have been killed
};

Writer::Writer(Lake& lake) : impl_(std::make_unique<Impl>(lake)) {}

Writer::~Writer() = default;

std::optional<std::int64_t> Writer::Commit(const core::Principal& principal, const CommitInfo& info, const Work& work) {
  RequireOperator(principal);
  const std::lock_guard lock(impl_->mutex);
  impl_->Settle();
  Lake& lake = impl_->lake;
  const duck::TimestampUtc started_at = Now();
  duck::Connection connection = lake.Connect();
  impl_->may_have_orphans = true;
  duck::Transaction transaction(connection);
  core::FaultPoint("catalog.after_begin");
  const std::int64_t foretold = lake.CurrentSnapshot(connection) + 1;
  const CommitOutcome outcome = work(connection, foretold);
  if (!outcome.changed) {
    return std::nullopt;
  }
  core::FaultPoint("catalog.before_lineage");
  WriteLineage(connection, {lake.project(), principal, info, outcome, foretold, started_at});
  core::FaultPoint("catalog.after_lineage");
  core::FaultPoint("catalog.before_fsync");
  SyncDataFolder(lake);
  core::FaultPoint("catalog.after_fsync");
  core::FaultPoint("catalog.before_commit");
  transaction.Commit();
  core::FaultPoint("catalog.after_commit");
  impl_->may_have_orphans = false;
  CheckForetold(connection, lake.project(), foretold);
  return foretold;
}

void Writer::Exclusively(const std::function<void(Lake&)>& work) {
  const std::lock_guard lock(impl_->mutex);
  impl_->Settle();
  work(impl_->lake);
}

}  // namespace pluginlake::catalog
