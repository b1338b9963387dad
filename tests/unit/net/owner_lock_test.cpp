// Tests that one process at a time holds a station, and that the next one learns how the last one ended.
#include "pluginlake/net/owner_lock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "scratch_folder.h"

namespace pluginlake::net {
namespace {

OwnerRecord Self(const std::string& verb) {
  return {.pid = ::getpid(), .program = "pluginlake 0.0.0", .verb = verb, .started_at = "2026-01-01T00:00:00Z"};
}

// Starts a process that takes the lock, says so by closing its end of a pipe, and waits to be killed.
pid_t StartOwner(const std::string& path) {
  int ready[2];
  EXPECT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = OwnerLock::TryTake(path, Self("ingest"));
    ::close(ready[1]);
    ::pause();
    ::_exit(0);
  }
  ::close(ready[1]);
  char byte = 0;
  EXPECT_EQ(::read(ready[0], &byte, 1), 0);
  ::close(ready[0]);
  return child;
}

void Kill(pid_t child) {
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

TEST(OwnerLockTest, SecondContenderIsToldWhoHoldsIt) {
  const ScratchFolder folder;
  const std::string path = folder.File("owner.lock");
  const pid_t owner = StartOwner(path);
  EXPECT_FALSE(OwnerLock::TryTake(path, Self("query")));
  const auto holder = FindLockHolder(path);
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->pid, owner);
  EXPECT_EQ(holder->verb, "ingest");
  Kill(owner);
}

TEST(OwnerLockTest, KilledOwnersLockIsTakenOverAndItsDeathIsSeen) {
  const ScratchFolder folder;
  const std::string path = folder.File("owner.lock");
  Kill(StartOwner(path));
  auto lock = OwnerLock::TryTake(path, Self("query"));
  ASSERT_TRUE(lock);
  EXPECT_TRUE(lock->previous_owner_died());
}

TEST(OwnerLockTest, CleanEndLeavesNoMark) {
  const ScratchFolder folder;
  const std::string path = folder.File("owner.lock");
  auto first = OwnerLock::TryTake(path, Self("a verb with a long name, so that the next record is shorter"));
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->previous_owner_died());
  first->Release();
  auto second = OwnerLock::TryTake(path, Self("query"));
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->previous_owner_died());
  EXPECT_EQ(FindLockHolder(path)->verb, "query");
}

TEST(OwnerLockTest, LockDroppedWithoutReleaseCountsAsDeath) {
  const ScratchFolder folder;
  const std::string path = folder.File("owner.lock");
  OwnerLock::TryTake(path, Self("ingest"));
  EXPECT_TRUE(OwnerLock::TryTake(path, Self("ingest"))->previous_owner_died());
}

TEST(OwnerLockTest, ForeignHolderIsFoundByTheKernelsWord) {
  const ScratchFolder folder;
  const std::string path = folder.File("owner.lock");
  std::ofstream(path) << "not a record\n";
  const FileDescriptor foreign(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  ASSERT_EQ(::flock(foreign.get(), LOCK_EX), 0);
  EXPECT_FALSE(OwnerLock::TryTake(path, Self("query")));
  const auto holder = FindLockHolder(path);
  if (holder) {  // a kernel that hides /proc/locks knows nothing
    EXPECT_EQ(holder->pid, ::getpid());
  }
}

TEST(OwnerLockTest, RecordOfADeadProcessNamesNobody) {
  const ScratchFolder folder;
  const std::string path = folder.File("owner.lock");
  const pid_t owner = StartOwner(path);
  Kill(owner);
  EXPECT_FALSE(FindLockHolder(path));
}

TEST(OwnerLockTest, SymbolicLinkIsNotFollowed) {
  const ScratchFolder folder;
  ASSERT_EQ(::symlink("elsewhere", folder.File("owner.lock").c_str()), 0);
  EXPECT_ANY_THROW(OwnerLock::TryTake(folder.File("owner.lock"), Self("query")));
}

}  // namespace
}  // namespace pluginlake::net
