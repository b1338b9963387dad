// The owner may be killed at any moment: the next one finds a whole lake with every acknowledged commit in it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <thread>

#include "lake_fixture.h"
#include "pluginlake/catalog/fsck.h"

namespace pluginlake::catalog {
namespace {

constexpr std::int64_t kRows = 2000;  // above what is inlined, so that each commit writes a file

class CrashTest : public LakeTest {
 protected:
  // Starts this program again as an owner that commits `commits` batches and dies at the fault point.
  pid_t StartOwner(const std::string& fault, int commits) {
    const std::vector<std::string> texts = {"PLUGINLAKE_FAULT=" + fault, "PL_CHILD_FOLDER=" + folder_,
                                            "PL_CHILD_CATALOG=" + project_.catalog,
                                            "PL_CHILD_COMMITS=" + std::to_string(commits)};
    std::vector<char*> environment;
    for (const std::string& text : texts) {
      environment.push_back(const_cast<char*>(text.c_str()));
    }
    environment.push_back(nullptr);
    std::string program = "unit_catalog";
    std::string filter = "--gtest_filter=KilledOwner.DISABLED_Commits";
    std::string disabled = "--gtest_also_run_disabled_tests";
    std::array<char*, 4> arguments = {program.data(), filter.data(), disabled.data(), nullptr};
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    EXPECT_EQ(posix_spawn(&child, "/proc/self/exe", &quiet, nullptr, arguments.data(), environment.data()), 0);
    posix_spawn_file_actions_destroy(&quiet);
    return child;
  }

  static bool WasKilled(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  }

  // Opens the lake as the next owner does and checks that commits are whole or not there at all.
  std::int64_t CommitsFoundWhole() {
    Reopen();
    core::NoProgress progress;
    core::Cancellation cancellation;
    const FsckReport report =
        Fsck(operator_, *writer_, {.deep = false, .progress = progress, .cancellation = cancellation});
    for (const Finding& finding : report.findings) {
      ADD_FAILURE() << finding.code << " " << finding.subject << ": " << finding.message;
    }
    const std::int64_t runs = lake_->Connect().QueryInt64("SELECT count(*) FROM lineage.run").value_or(-1);
    EXPECT_EQ(CountResources(), runs * kRows);
    return runs;
  }
};

TEST(KilledOwner, DISABLED_Commits) {
  const std::string folder = std::getenv("PL_CHILD_FOLDER");
  Lake lake({.project = {.name = "default",
                         .alias = "lake",
                         .catalog = std::getenv("PL_CHILD_CATALOG"),
                         .data_path = folder + "/data/",
                         .directory = folder},
             .extension_directory = PLUGINLAKE_TEST_EXTENSIONS});
  Writer writer(lake);
  for (int i = 0; i < std::atoi(std::getenv("PL_CHILD_COMMITS")); ++i) {
    const std::string run = std::to_string(::getpid()) + "_" + std::to_string(i);
    writer.Commit(
        core::LocalOperator(), {.run_id = run, .kind = "ingest", .message = "m"},
        [&](duck::Connection& connection, std::int64_t) {
          connection.Query(
              "INSERT INTO raw.fhir_resource SELECT 'Patient', $1 || '_' || i, 1, now(), now(), $1, 't', i, '', '', "
              "false, '{}', NULL, false FROM range($2) AS t(i)",
              {run, kRows});
          return CommitOutcome{.changed = true};
        });
  }
}

TEST_P(CrashTest, EveryFaultPointLeavesAWholeLake) {
  std::int64_t expected = 0;
  for (const char* fault :
       {"catalog.after_begin", "catalog.before_lineage", "catalog.after_lineage", "catalog.before_fsync",
        "catalog.after_fsync", "catalog.before_commit", "catalog.after_commit"}) {
    Close();
    EXPECT_TRUE(WasKilled(StartOwner(fault, 1))) << fault << " was not reached";
    expected += std::string_view(fault) == "catalog.after_commit" ? 1 : 0;
    EXPECT_EQ(CommitsFoundWhole(), expected) << fault;
  }
}

TEST_P(CrashTest, RandomMomentsLeaveAWholeLake) {
  for (int round = 0; round < 5; ++round) {
    Close();
    const pid_t child = StartOwner("", 1000);
    std::this_thread::sleep_for(std::chrono::milliseconds(300 + 170 * round));
    ::kill(child, SIGKILL);
    EXPECT_TRUE(WasKilled(child));
    CommitsFoundWhole();
  }
}

PL_ON_BOTH_CATALOGS(CrashTest);

}  // namespace
}  // namespace pluginlake::catalog
