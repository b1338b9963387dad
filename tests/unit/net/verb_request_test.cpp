// Tests that a verb reaches the owner as typed, and that opening its PATHs never blocks.
#include "pluginlake/net/verb_request.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "pluginlake/net/frame_channel.h"
#include "pluginlake/net/payload.h"
#include "scratch_folder.h"

namespace pluginlake::net {
namespace {

struct Pair {
  Pair() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    client = std::make_unique<FrameChannel>(FileDescriptor(ends[0]));
    owner = std::make_unique<FrameChannel>(FileDescriptor(ends[1]));
  }
  std::unique_ptr<FrameChannel> client;
  std::unique_ptr<FrameChannel> owner;
};

std::string ReadAll(const FileDescriptor& file) {
  std::string text(100, '\0');
  const ssize_t count = ::read(file.get(), text.data(), text.size());
  text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return text;
}

VerbRequest Cross(Pair& pair, const VerbRequest& request) {
  VerbRequest received;
  std::thread client([&] { EXPECT_TRUE(SendRequest(*pair.client, request)); });
  EXPECT_EQ(ReceiveRequest(*pair.owner, RequestLimits(), received), RequestFault::kNone);
  client.join();
  return received;
}

TEST(VerbRequestTest, ArrivesAsTyped) {
  Pair pair;
  VerbRequest request;
  request.args = {"query", "", "SELECT 'caf\xc3\xa9'", "\xff\xfe"};
  request.directory = "/some where";
  request.environment = {{"NO_COLOR", ""}, {"PLUGINLAKE_QUERY__THREADS", "2"}};
  request.terminal = {.out_is_terminal = true, .err_is_terminal = false};
  const VerbRequest received = Cross(pair, request);
  EXPECT_EQ(received.args, request.args);
  EXPECT_EQ(received.directory, request.directory);
  EXPECT_EQ(received.environment, request.environment);
  EXPECT_TRUE(received.terminal.out_is_terminal);
  EXPECT_FALSE(received.terminal.err_is_terminal);
}

TEST(VerbRequestTest, PathsArriveOpenedAndInOrder) {
  const ScratchFolder folder;
  std::ofstream(folder.File("a.json")) << "a";
  ASSERT_EQ(::mkfifo(folder.File("fifo").c_str(), 0600), 0);
  Pair pair;
  VerbRequest request;
  request.directory = folder.path();
  for (const char* name : {"a.json", "fifo", "absent", "."}) {
    request.paths.push_back({name, FileDescriptor()});
  }
  const VerbRequest received = Cross(pair, request);
  ASSERT_EQ(received.paths.size(), 4U);
  EXPECT_EQ(received.paths[0].shown, "a.json");
  EXPECT_EQ(ReadAll(received.paths[0].descriptor), "a");
  EXPECT_FALSE(received.paths[1].descriptor.is_open());
  EXPECT_FALSE(received.paths[2].descriptor.is_open());
  EXPECT_EQ(received.paths[3].shown, ".");
  EXPECT_TRUE(received.paths[3].descriptor.is_open());
}

TEST(VerbRequestTest, MorePathsThanOneFrameHolds) {
  const ScratchFolder folder;
  std::ofstream(folder.File("a.json")) << "a";
  Pair pair;
  VerbRequest request;
  request.directory = folder.path();
  for (int i = 0; i < 600; ++i) {
    request.paths.push_back({"a.json", FileDescriptor()});
  }
  const VerbRequest received = Cross(pair, request);
  ASSERT_EQ(received.paths.size(), 600U);
  EXPECT_EQ(ReadAll(received.paths.back().descriptor), "a");
}

TEST(VerbRequestTest, WhatIsBeyondTheLimitsIsRefused) {
  Pair pair;
  VerbRequest request;
  request.args.assign(100, std::string(100, 'a'));
  ASSERT_TRUE(SendRequest(*pair.client, request));
  VerbRequest received;
  EXPECT_EQ(ReceiveRequest(*pair.owner, RequestLimits{.bytes_max = 1000}, received), RequestFault::kTooLarge);
}

TEST(VerbRequestTest, CutPayloadIsMalformed) {
  Pair pair;
  PayloadWriter writer;
  const std::string payload = writer.Text("a text that is cut").Take();
  ASSERT_TRUE(pair.client->Send(FrameType::kArguments, payload.substr(0, payload.size() - 1)));
  VerbRequest received;
  EXPECT_EQ(ReceiveRequest(*pair.owner, RequestLimits(), received), RequestFault::kMalformed);
}

TEST(VerbRequestTest, ClientThatGoesIsGone) {
  Pair pair;
  pair.client.reset();
  VerbRequest received;
  EXPECT_EQ(ReceiveRequest(*pair.owner, RequestLimits(), received), RequestFault::kGone);
}

}  // namespace
}  // namespace pluginlake::net
