// Tests that frames cross a socket whole, with their descriptors, and that a peer that is gone is no accident.
#include "pluginlake/net/frame_channel.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <thread>

namespace pluginlake::net {
namespace {

struct Pair {
  Pair() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    left = std::make_unique<FrameChannel>(FileDescriptor(ends[0]));
    right = std::make_unique<FrameChannel>(FileDescriptor(ends[1]));
  }
  std::unique_ptr<FrameChannel> left;
  std::unique_ptr<FrameChannel> right;
};

TEST(FrameChannelTest, FrameArrivesAsSent) {
  Pair pair;
  ASSERT_TRUE(pair.left->Send(FrameType::kOut, std::string_view("a\0b", 3)));
  ASSERT_TRUE(pair.left->Send(FrameType::kAccepted, ""));
  const auto first = pair.right->Receive();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->type, FrameType::kOut);
  EXPECT_EQ(first->payload, std::string("a\0b", 3));
  EXPECT_EQ(pair.right->Receive()->type, FrameType::kAccepted);
}

TEST(FrameChannelTest, LongBytesArriveInOrderWhileTheReaderIsSlow) {
  Pair pair;
  std::string sent(5U << 20, 'x');
  sent.back() = 'y';
  std::thread writer([&] {
    EXPECT_TRUE(pair.left->SendBytes(FrameType::kOut, sent));
    pair.left->Shutdown();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  std::string got;
  while (const auto frame = pair.right->Receive()) {
    got += frame->payload;
  }
  writer.join();
  EXPECT_EQ(got, sent);
}

TEST(FrameChannelTest, DescriptorsArriveOpen) {
  Pair pair;
  std::vector<FileDescriptor> sent;
  for (std::size_t i = 0; i < kFrameDescriptorsMax; ++i) {
    sent.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  }
  ASSERT_TRUE(pair.left->SendWithDescriptors(FrameType::kPaths, std::string(100'000, 'p'), sent));
  const auto frame = pair.right->Receive();
  ASSERT_TRUE(frame);
  ASSERT_EQ(frame->descriptors.size(), kFrameDescriptorsMax);
  for (const FileDescriptor& each : frame->descriptors) {
    EXPECT_GE(::fcntl(each.get(), F_GETFD), 0);
    EXPECT_NE(::fcntl(each.get(), F_GETFD) & FD_CLOEXEC, 0);
  }
}

TEST(FrameChannelTest, PeerThatIsGoneIsAnOrdinaryOutcome) {
  Pair pair;
  pair.right.reset();
  EXPECT_FALSE(pair.left->Send(FrameType::kOut, "nobody reads this"));
  EXPECT_FALSE(pair.left->Receive());
}

TEST(FrameChannelTest, FrameBeyondTheBoundEndsTheConnection) {
  Pair pair;
  const std::uint32_t length = kFrameBytesMax + 1;
  char header[5] = {};
  std::memcpy(header, &length, sizeof(length));
  ASSERT_EQ(::send(pair.left->socket().get(), header, sizeof(header), 0), 5);
  EXPECT_FALSE(pair.right->Receive());
  EXPECT_FALSE(pair.left->Receive());
}

TEST(FrameChannelTest, ShutdownWakesASenderThatWaits) {
  Pair pair;
  std::thread writer([&] { EXPECT_FALSE(pair.left->SendBytes(FrameType::kOut, std::string(50U << 20, 'x'))); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  pair.left->Shutdown();
  writer.join();
}

TEST(FrameChannelTest, TrySendNeverWaits) {
  Pair pair;
  const std::string payload(1000, 'x');
  int sent = 0;
  while (pair.left->TrySend(FrameType::kProgress, payload)) {
    ASSERT_LT(++sent, 1'000'000);
  }
  EXPECT_GT(sent, 0);
  ASSERT_TRUE(pair.right->Receive());
}

TEST(FrameChannelTest, SilentPeerTimesOut) {
  Pair pair;
  pair.right->SetTimeout(20);
  EXPECT_FALSE(pair.right->Receive());
}

}  // namespace
}  // namespace pluginlake::net
