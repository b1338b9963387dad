// Tests where a verb runs: in the process that owns the station, forwarded to it, or again when that process died.
#include "app/owner.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include "app/console.h"
#include "app/station.h"
#include "app/verb.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/core/settings.h"

namespace pluginlake::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// Writes to two files, so that the test can read what another process wrote.
class FileConsole final : public Console {
 public:
  explicit FileConsole(const std::string& name) : out_(name + ".out"), err_(name + ".err") {}
  void Out(std::string_view bytes) override { out_ << bytes << std::flush; }
  void Err(std::string_view bytes) override { err_ << bytes << std::flush; }
  bool has_output() const { return false; }
  bool out_is_terminal() const override { return false; }
  bool err_is_terminal() const override { return false; }
  core::Progress& progress() override { return progress_; }
  core::Cancellation& cancellation() override { return cancellation_; }

 private:
  std::ofstream out_, err_;
  core::NoProgress progress_;
  core::Cancellation cancellation_;
};

class OwnerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "pluginlake-owner-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream(folder_ + "/pluginlake.toml") << "";
  }
  void TearDown() override { fs::remove_all(folder_); }

  // What the verbs of this test do, wherever they run: "say"; "five"; "die" in the owner; "wait" and "linger" until the
  // file of that name is there, or a cancellation.
  static int Act(const std::string& folder, const Invocation& invocation, Console& console, bool is_here) {
    const std::string& action = invocation.args.at(1);
    console.Err("started\n");
    console.Out(is_here ? "here" : "forwarded");
    if (action == "die" && !is_here) {
      ::kill(::getpid(), SIGKILL);
    }
    while ((action == "wait" || action == "linger") && !fs::exists(folder + "/" + action)) {
      if (console.cancellation().is_requested()) {
        return 130;
      }
      std::this_thread::sleep_for(milliseconds(5));
    }
    return action == "five" ? 5 : 0;
  }

  static int RunChild(const std::string& folder, const std::string& name, const Invocation& invocation) {
    FileConsole console(folder + "/" + name);
    core::Settings settings;
    settings.owner.wait_ms_max = 2000;
    const OwnedCommand command{invocation, invocation.args[0], folder, settings, {}};
    try {
      return RunOwned(
          command, console, [&](StationHost&) { return Act(folder, invocation, console, true); },
          [&](const Invocation& forwarded, Console& client, StationHost&) {
            return Act(folder, forwarded, client, false);
          });
    } catch (const core::Error& error) {
      console.Err(error.what());
      return core::ExitCodeOf(error.kind());
    } catch (const core::Interrupted&) {
      return 130;
    }
  }

  pid_t Start(const std::string& name, const std::string& verb, const std::string& action) {
    const pid_t child = ::fork();
    if (child == 0) {
      Invocation invocation;
      invocation.args = {verb, action};
      invocation.directory = folder_;
      ::_exit(RunChild(folder_, name, invocation));
    }
    return child;
  }

  // Starts an owner that waits, and returns when it runs.
  pid_t StartOwner() {
    const pid_t owner = Start("owner", "query", "wait");
    WaitForText("owner.err", "started");
    return owner;
  }

  static int ExitCodeOf(pid_t child) {
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  std::string Read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ + "/" + name).rdbuf();
    return text.str();
  }

  void WaitForText(const std::string& name, const std::string& text) const {
    for (int i = 0; i < 1000 && Read(name).find(text) == std::string::npos; ++i) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    ASSERT_NE(Read(name).find(text), std::string::npos) << Read(name);
  }

  void Touch(const std::string& name) const { std::ofstream(folder_ + "/" + name) << ""; }

  std::string folder_;
};

TEST_F(OwnerTest, FirstVerbRunsHereAndLeavesNoTrace) {
  EXPECT_EQ(ExitCodeOf(Start("a", "query", "five")), 5);
  EXPECT_EQ(Read("a.out"), "here");
  EXPECT_FALSE(fs::exists(folder_ + "/run/pluginlake.sock"));
  EXPECT_EQ(fs::file_size(folder_ + "/run/owner.lock"), 0U);
}

TEST_F(OwnerTest, SecondVerbIsForwarded) {
  const pid_t owner = StartOwner();
  EXPECT_EQ(ExitCodeOf(Start("b", "query", "five")), 5);
  EXPECT_EQ(Read("b.out"), "forwarded");
  Touch("wait");
  EXPECT_EQ(ExitCodeOf(owner), 0);
}

TEST_F(OwnerTest, ManyVerbsAtOnceAllWork) {
  std::vector<pid_t> children;
  for (int i = 0; i < 12; ++i) {
    children.push_back(Start("c" + std::to_string(i), "query", "say"));
  }
  for (std::size_t i = 0; i < children.size(); ++i) {
    EXPECT_EQ(ExitCodeOf(children[i]), 0) << Read("c" + std::to_string(i) + ".err");
    EXPECT_FALSE(Read("c" + std::to_string(i) + ".out").empty());
  }
}

TEST_F(OwnerTest, KilledOwnersStationIsTakenOver) {
  const pid_t owner = StartOwner();
  ::kill(owner, SIGKILL);
  EXPECT_EQ(ExitCodeOf(owner), -SIGKILL);
  EXPECT_TRUE(fs::exists(folder_ + "/run/pluginlake.sock"));
  EXPECT_EQ(ExitCodeOf(Start("d", "query", "say")), 0);
  EXPECT_EQ(Read("d.out"), "here");
}

TEST_F(OwnerTest, ForeignOwnerWithoutSocketIsNamed) {
  fs::create_directory(folder_ + "/run");
  const std::string lock = folder_ + "/run/owner.lock";
  std::ofstream(lock) << "{\"pid\":" << ::getpid() << "}\n";
  const int foreign = ::open(lock.c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(foreign, LOCK_EX), 0);
  EXPECT_EQ(ExitCodeOf(Start("e", "query", "say")), 6);
  EXPECT_NE(Read("e.err").find("pid " + std::to_string(::getpid())), std::string::npos) << Read("e.err");
  ::close(foreign);
}

TEST_F(OwnerTest, IngestIsRepeatedWhenItsOwnerDies) {
  const pid_t owner = StartOwner();
  EXPECT_EQ(ExitCodeOf(Start("f", "ingest", "die")), 0);
  EXPECT_EQ(ExitCodeOf(owner), -SIGKILL);
  EXPECT_EQ(Read("f.out"), "here");  // and nothing of the first attempt
}

TEST_F(OwnerTest, OtherVerbsEndWithUnavailableWhenTheirOwnerDies) {
  const pid_t owner = StartOwner();
  EXPECT_EQ(ExitCodeOf(Start("g", "query", "die")), 7);
  EXPECT_EQ(ExitCodeOf(owner), -SIGKILL);
}

TEST_F(OwnerTest, InterruptAtTheOwnerEndsForwardedVerbsWithUnavailable) {
  const pid_t owner = StartOwner();
  const pid_t client = Start("h", "query", "wait");
  WaitForText("h.err", "started");
  ::kill(owner, SIGTERM);  // ends its own verb with 130, and the forwarded one with 7
  EXPECT_EQ(ExitCodeOf(client), 7);
  EXPECT_EQ(ExitCodeOf(owner), 130);
}

TEST_F(OwnerTest, OwnerStaysForForwardedVerbsAndSaysSo) {
  const pid_t owner = StartOwner();
  const pid_t client = Start("i", "query", "linger");
  WaitForText("i.err", "started");
  Touch("wait");
  WaitForText("owner.err", "stays until 1 forwarded verb has ended");
  EXPECT_EQ(ExitCodeOf(Start("late", "query", "five")), 5);
  EXPECT_EQ(Read("late.out"), "forwarded");
  Touch("linger");
  EXPECT_EQ(ExitCodeOf(client), 0);
  EXPECT_EQ(ExitCodeOf(owner), 0);
}

TEST_F(OwnerTest, InterruptAtTheClientEndsItsVerbOnly) {
  const pid_t owner = StartOwner();
  const pid_t client = Start("j", "query", "wait");
  WaitForText("j.err", "started");
  ::kill(client, SIGINT);
  EXPECT_EQ(ExitCodeOf(client), 130);
  Touch("wait");
  EXPECT_EQ(ExitCodeOf(owner), 0);
}

TEST_F(OwnerTest, VerbThatWaitsForAForeignOwnerCanBeInterrupted) {
  fs::create_directory(folder_ + "/run");
  const int foreign = ::open((folder_ + "/run/owner.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(::flock(foreign, LOCK_EX), 0);
  const pid_t client = Start("k", "query", "say");
  std::this_thread::sleep_for(milliseconds(200));
  ::kill(client, SIGINT);
  EXPECT_EQ(ExitCodeOf(client), 130);
  ::close(foreign);
}

}  // namespace
}  // namespace pluginlake::app
