// Tests owner and client together: output, exit codes, interrupts, slow and lost clients, the end of the owner.
#include "pluginlake/net/owner_server.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <thread>

#include "pluginlake/core/error.h"
#include "pluginlake/net/local_socket.h"
#include "pluginlake/net/payload.h"
#include "pluginlake/net/verb_forward.h"
#include "scratch_folder.h"

namespace pluginlake::net {
namespace {

using std::chrono::milliseconds;

// Keeps what a forwarded verb writes.
class Kept final : public ForwardedOutput {
 public:
  void Out(std::string_view bytes) override { out += bytes; }
  void Err(std::string_view bytes) override { err += bytes; }
  void Progress(const core::ProgressStep& step) override { phase = step.phase; }
  void Committed(std::int64_t snapshot_id, const std::string&) override { snapshot = snapshot_id; }

  std::string out, err, phase;
  std::int64_t snapshot = 0;
};

class OwnerServerTest : public ::testing::Test {
 protected:
  void Listen(OwnerServer::Handler handler, std::uint32_t verbs_max = 16) {
    OwnerServerSettings settings;
    settings.socket_path = folder_.File("s");
    settings.program_version = "1";
    settings.verbs_max = verbs_max;
    settings.stop_ms_max = 100;
    settings.interrupt_descriptor = interrupt_.descriptor();
    server_ = std::make_unique<OwnerServer>(settings, std::move(handler));
  }

  ForwardOutcome Forward(Kept& kept, int interrupt_descriptor = -1, const std::string& version = "1") {
    VerbRequest request;
    request.args = {"verb"};
    request.directory = "/";
    const ForwardSettings settings{
        .program_version = version, .accept_ms_max = 2000, .interrupt_descriptor = interrupt_descriptor};
    return ForwardVerb(TryConnect(folder_.File("s")), settings, request, kept);
  }

  void WaitFor(const std::function<bool()>& condition) {
    for (int i = 0; i < 500 && !condition(); ++i) {
      std::this_thread::sleep_for(milliseconds(10));
    }
    ASSERT_TRUE(condition());
  }

  ScratchFolder folder_;
  WakeEvent interrupt_;
  std::unique_ptr<OwnerServer> server_;
};

int UntilCancelled(ForwardedVerb& verb) {
  while (!verb.cancellation().is_requested()) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  return 130;
}

TEST_F(OwnerServerTest, OutputProgressAndExitCodeComeBack) {
  Listen([](ForwardedVerb& verb) {
    verb.SendOut(verb.request().args.front());
    verb.SendErr("problem");
    verb.SendProgress({.phase = "reading", .done = 1, .total = 2, .unit = "files"});
    verb.SendCommitted(7, "batch");
    return 5;
  });
  Kept kept;
  const ForwardOutcome outcome = Forward(kept);
  EXPECT_EQ(outcome.end, ForwardEnd::kExited);
  EXPECT_EQ(outcome.exit_code, 5);
  EXPECT_EQ(kept.out, "verb");
  EXPECT_EQ(kept.err, "problem");
  EXPECT_EQ(kept.phase, "reading");
  EXPECT_EQ(kept.snapshot, 7);
  server_->StopWhenIdle();
  EXPECT_FALSE(TryConnect(folder_.File("s")).is_open());
}

TEST_F(OwnerServerTest, ManyVerbsAtOnce) {
  Listen([](ForwardedVerb& verb) { return verb.SendOut(std::string(1U << 20, 'x')) ? 0 : 1; });
  std::vector<std::thread> clients;
  std::atomic<int> ended{0};
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      Kept kept;
      ended += Forward(kept).end == ForwardEnd::kExited && kept.out.size() == 1U << 20 ? 1 : 0;
    });
  }
  for (std::thread& client : clients) {
    client.join();
  }
  EXPECT_EQ(ended, 8);
}

TEST_F(OwnerServerTest, MoreVerbsThanAllowedAreRefused) {
  Listen(UntilCancelled, /*verbs_max=*/1);
  WakeEvent stop;
  std::thread first([&] {
    Kept kept;
    EXPECT_EQ(Forward(kept, stop.descriptor()).exit_code, 130);
  });
  WaitFor([&] { return server_->active() == 1; });
  Kept kept;
  try {
    Forward(kept);
    ADD_FAILURE() << "not refused";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::kUnavailable);
    EXPECT_EQ(error.code(), "PL-0604");
  }
  std::this_thread::sleep_for(milliseconds(50));
  stop.Signal();
  first.join();
}

TEST_F(OwnerServerTest, ClientsInterruptCancelsItsVerb) {
  Listen(UntilCancelled);
  WakeEvent stop;
  std::thread later([&] {
    WaitFor([&] { return server_->active() == 1; });
    std::this_thread::sleep_for(milliseconds(50));
    stop.Signal();
  });
  Kept kept;
  const ForwardOutcome outcome = Forward(kept, stop.descriptor());
  later.join();
  EXPECT_EQ(outcome.end, ForwardEnd::kExited);
  EXPECT_EQ(outcome.exit_code, 130);
}

TEST_F(OwnerServerTest, LostClientCancelsItsVerb) {
  std::atomic<bool> ended{false};
  Listen([&](ForwardedVerb& verb) {
    const int exit_code = UntilCancelled(verb);
    ended = true;
    return exit_code;
  });
  {
    FrameChannel client(TryConnect(folder_.File("s")));
    PayloadWriter hello;
    client.Send(FrameType::kHello, hello.Number(kProtocolVersion).Text("1").Take());
    SendRequest(client, VerbRequest());
    ASSERT_EQ(client.Receive()->type, FrameType::kAccepted);
  }
  WaitFor([&] { return ended.load(); });
  server_->StopWhenIdle();
}

TEST_F(OwnerServerTest, LostClientFreesAVerbThatWaitsToWrite) {
  Listen([](ForwardedVerb& verb) { return verb.SendOut(std::string(50U << 20, 'x')) ? 0 : 130; });
  {
    FrameChannel client(TryConnect(folder_.File("s")));
    PayloadWriter hello;
    client.Send(FrameType::kHello, hello.Number(kProtocolVersion).Text("1").Take());
    SendRequest(client, VerbRequest());
    ASSERT_EQ(client.Receive()->type, FrameType::kAccepted);
    std::this_thread::sleep_for(milliseconds(50));
  }
  server_->StopWhenIdle();
}

TEST_F(OwnerServerTest, OwnersInterruptEndsVerbsWithUnavailable) {
  Listen(UntilCancelled);
  std::thread later([&] {
    WaitFor([&] { return server_->active() == 1; });
    std::this_thread::sleep_for(milliseconds(50));
    interrupt_.Signal();
  });
  Kept kept;
  const ForwardOutcome outcome = Forward(kept);
  later.join();
  EXPECT_EQ(outcome.end, ForwardEnd::kExited);
  EXPECT_EQ(outcome.exit_code, 7);
  EXPECT_NE(kept.err.find("PL-0610"), std::string::npos);
  EXPECT_FALSE(TryConnect(folder_.File("s")).is_open());
  server_->StopWhenIdle();
}

TEST_F(OwnerServerTest, InterruptedOwnerDropsAClientThatReadsNothing) {
  Listen([](ForwardedVerb& verb) { return verb.SendOut(std::string(50U << 20, 'x')) ? 0 : 130; });
  FrameChannel client(TryConnect(folder_.File("s")));
  PayloadWriter hello;
  client.Send(FrameType::kHello, hello.Number(kProtocolVersion).Text("1").Take());
  SendRequest(client, VerbRequest());
  ASSERT_EQ(client.Receive()->type, FrameType::kAccepted);
  interrupt_.Signal();
  server_->StopWhenIdle();
}

TEST_F(OwnerServerTest, OtherVersionIsAConflict) {
  Listen([](ForwardedVerb&) { return 0; });
  Kept kept;
  try {
    Forward(kept, -1, "2");
    ADD_FAILURE() << "not refused";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::kConflict);
  }
}

TEST_F(OwnerServerTest, OwnerThatDiesUnderAVerbIsTold) {
  const FileDescriptor listener = ListenAt(folder_.File("s"));
  std::thread dying([&] {
    FileDescriptor socket;
    WaitFor([&] {
      if (!socket.is_open()) {
        socket = FileDescriptor(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
      }
      return socket.is_open();
    });
    FrameChannel channel(std::move(socket));
    channel.Receive();
    VerbRequest request;
    ReceiveRequest(channel, RequestLimits(), request);
    channel.Send(FrameType::kAccepted, "");
    channel.Send(FrameType::kErr, "last words");
  });
  Kept kept;
  EXPECT_EQ(Forward(kept).end, ForwardEnd::kOwnerDied);
  EXPECT_EQ(kept.err, "last words");
  dying.join();
}

TEST_F(OwnerServerTest, OwnerThatEndsBeforeItAcceptsRanNothing) {
  FileDescriptor listener = ListenAt(folder_.File("s"));
  std::thread ending([&] {
    std::this_thread::sleep_for(milliseconds(50));
    listener.Close();
  });
  Kept kept;
  EXPECT_EQ(Forward(kept).end, ForwardEnd::kNotAccepted);
  ending.join();
}

TEST_F(OwnerServerTest, DestructionEndsWhatRuns) {
  Listen(UntilCancelled);
  std::thread client([&] {
    Kept kept;
    EXPECT_EQ(Forward(kept).exit_code, 7);
  });
  WaitFor([&] { return server_->active() == 1; });
  std::this_thread::sleep_for(milliseconds(50));
  server_.reset();
  client.join();
}

}  // namespace
}  // namespace pluginlake::net
