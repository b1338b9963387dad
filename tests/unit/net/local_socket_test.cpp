// Tests the socket file: rights, long paths, a dead owner's file, and whose process is at the other end.
#include "pluginlake/net/local_socket.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "pluginlake/core/error.h"
#include "scratch_folder.h"

namespace pluginlake::net {
namespace {

mode_t ModeOf(const std::string& path) {
  struct stat status{};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 0777;
}

TEST(LocalSocketTest, OnlyItsUserMayConnect) {
  const ScratchFolder folder;
  const std::string run = folder.File("run");
  ASSERT_EQ(::mkdir(run.c_str(), 0755), 0);
  PrepareRunFolder(run);
  PrepareRunFolder(run);
  const FileDescriptor listener = ListenAt(run + "/pluginlake.sock");
  EXPECT_EQ(ModeOf(run), 0700U);
  EXPECT_EQ(ModeOf(run + "/pluginlake.sock"), 0600U);
}

TEST(LocalSocketTest, PeerIsKnownToTheKernel) {
  const ScratchFolder folder;
  const FileDescriptor listener = ListenAt(folder.File("s"));
  const FileDescriptor client = TryConnect(folder.File("s"));
  ASSERT_TRUE(client.is_open());
  const FileDescriptor server(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  ASSERT_TRUE(server.is_open());
  EXPECT_EQ(PeerOf(server).uid, ::geteuid());
  EXPECT_EQ(PeerOf(server).pid, ::getpid());
  EXPECT_EQ(PeerOf(client).pid, ::getpid());
}

TEST(LocalSocketTest, PathAboveTheKernelsLimitWorks) {
  const ScratchFolder folder;
  const std::string deep = folder.File(std::string(90, 'd') + "/" + std::string(90, 'e'));
  std::filesystem::create_directories(deep);
  const std::string path = deep + "/pluginlake.sock";
  const FileDescriptor listener = ListenAt(path);
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_TRUE(TryConnect(path).is_open());
}

TEST(LocalSocketTest, NobodyThereIsAnOrdinaryOutcome) {
  const ScratchFolder folder;
  EXPECT_FALSE(TryConnect(folder.File("s")).is_open());
  EXPECT_FALSE(TryConnect(folder.File("no/folder/s")).is_open());
  {
    const FileDescriptor dead = ListenAt(folder.File("s"));
  }
  EXPECT_FALSE(TryConnect(folder.File("s")).is_open());
  const FileDescriptor next = ListenAt(folder.File("s"));
  EXPECT_TRUE(TryConnect(folder.File("s")).is_open());
}

TEST(LocalSocketTest, FolderThatIsNotThereIsNamed) {
  EXPECT_THROW(ListenAt("/nowhere/at/all/s"), core::Error);
  EXPECT_THROW(PrepareRunFolder("/nowhere/at/all/run"), core::Error);
}

}  // namespace
}  // namespace pluginlake::net
