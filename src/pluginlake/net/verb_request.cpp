// Sends and receives a VerbRequest, in frames that each stay below the frame's bounds.
#include "pluginlake/net/verb_request.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "pluginlake/net/frame_channel.h"
#include "pluginlake/net/payload.h"

namespace pluginlake::net {
namespace {

constexpr std::size_t kBatchBytes = 256U << 10;

// Gathers texts into frames of one type.
class TextSender {
 public:
  TextSender(FrameChannel& channel, FrameType type) : channel_(channel), type_(type) {}

  bool Add(std::string_view text) {
    payload_.Text(text);
    return payload_.size() < kBatchBytes || Flush();
  }

  bool Flush() { return payload_.size() == 0 || channel_.Send(type_, payload_.Take()); }

 private:
  FrameChannel& channel_;
  FrameType type_;
  PayloadWriter payload_;
};

std::string AbsoluteOf(const std::string& directory, const std::string& path) {
  return path.starts_with('/') ? path : directory + "/" + path;
}

// One frame of paths: each text, then whether its descriptor is beside the frame.
class PathSender {
 public:
  PathSender(FrameChannel& channel, const std::string& directory) : channel_(channel), directory_(directory) {}

  bool Add(const std::string& shown) {
    FileDescriptor opened = OpenInput(AbsoluteOf(directory_, shown));
    payload_.Text(shown).Number(opened.is_open() ? 1 : 0);
    if (opened.is_open()) {
      descriptors_.push_back(std::move(opened));
    }
    return (descriptors_.size() < kFrameDescriptorsMax && payload_.size() < kBatchBytes) || Flush();
  }

  bool Flush() {
    const bool sent =
        payload_.size() == 0 || channel_.SendWithDescriptors(FrameType::kPaths, payload_.Take(), descriptors_);
    descriptors_.clear();
    return sent;
  }

 private:
  FrameChannel& channel_;
  const std::string& directory_;
  PayloadWriter payload_;
  std::vector<FileDescriptor> descriptors_;
};

bool SendTexts(FrameChannel& channel, const VerbRequest& request) {
  TextSender arguments(channel, FrameType::kArguments);
  for (const std::string& argument : request.args) {
    if (!arguments.Add(argument)) {
      return false;
    }
  }
  TextSender environment(channel, FrameType::kEnvironment);
  for (const auto& [name, value] : request.environment) {
    PayloadWriter pair;
    if (!environment.Add(pair.Text(name).Text(value).Take())) {
      return false;
    }
  }
  return arguments.Flush() && environment.Flush();
}

bool ReadArguments(const Frame& frame, VerbRequest& request) {
  PayloadReader reader(frame.payload);
  while (reader.ok() && !reader.is_at_end()) {
    request.args.emplace_back(reader.Text());
  }
  return reader.ok();
}

bool ReadEnvironment(const Frame& frame, VerbRequest& request) {
  PayloadReader reader(frame.payload);
  while (reader.ok() && !reader.is_at_end()) {
    PayloadReader pair(reader.Text());
    const std::string name(pair.Text());
    request.environment[name] = pair.Text();
    if (!pair.ok()) {
      return false;
    }
  }
  return reader.ok();
}

// Fewer descriptors than told means that this process may open no more files.
RequestFault ReadPaths(Frame& frame, VerbRequest& request) {
  PayloadReader reader(frame.payload);
  std::size_t used = 0;
  while (reader.ok() && !reader.is_at_end()) {
    ForwardedPath path{std::string(reader.Text()), FileDescriptor()};
    if (reader.Number() == 1) {
      if (used == frame.descriptors.size()) {
        return RequestFault::kTooLarge;
      }
      path.descriptor = std::move(frame.descriptors[used++]);
    }
    request.paths.push_back(std::move(path));
  }
  return reader.ok() ? RequestFault::kNone : RequestFault::kMalformed;
}

RequestFault ReadPart(Frame& frame, VerbRequest& request) {
  bool ok = false;
  switch (frame.type) {
    case FrameType::kArguments:
      ok = ReadArguments(frame, request);
      break;
    case FrameType::kEnvironment:
      ok = ReadEnvironment(frame, request);
      break;
    case FrameType::kPaths:
      return ReadPaths(frame, request);
    default:
      break;
  }
  return ok ? RequestFault::kNone : RequestFault::kMalformed;
}

RequestFault ReadRun(const Frame& frame, VerbRequest& request) {
  PayloadReader reader(frame.payload);
  request.directory = reader.Text();
  request.terminal.out_is_terminal = reader.Number() == 1;
  request.terminal.err_is_terminal = reader.Number() == 1;
  return reader.ok() ? RequestFault::kNone : RequestFault::kMalformed;
}

}  // namespace

FileDescriptor OpenInput(const std::string& path) {
  const FileDescriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
  struct stat status{};
  if (!place.is_open() || ::fstat(place.get(), &status) != 0 ||
      (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))) {
    return FileDescriptor();
  }
  const std::string opened = fmt::format("/proc/self/fd/{}", place.get());
  return FileDescriptor(::open(opened.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
}

bool SendRequest(FrameChannel& channel, const VerbRequest& request) {
  if (!SendTexts(channel, request)) {
    return false;
  }
  PathSender paths(channel, request.directory);
  for (const ForwardedPath& path : request.paths) {
    if (!paths.Add(path.shown)) {
      return false;
    }
  }
  PayloadWriter run;
  run.Text(request.directory)
      .Number(request.terminal.out_is_terminal ? 1 : 0)
      .Number(request.terminal.err_is_terminal ? 1 : 0);
  return paths.Flush() && channel.Send(FrameType::kRun, run.Take());
}

RequestFault ReceiveRequest(FrameChannel& channel, const RequestLimits& limits, VerbRequest& request) {
  std::uint64_t bytes = 0;
  while (true) {
    std::optional<Frame> frame = channel.Receive();
    if (!frame) {
      return RequestFault::kGone;
    }
    bytes += frame->payload.size();
    if (frame->type == FrameType::kRun) {
      return ReadRun(*frame, request);
    }
    if (const RequestFault fault = ReadPart(*frame, request); fault != RequestFault::kNone) {
      return fault;
    }
    if (bytes > limits.bytes_max || request.paths.size() > limits.paths_max) {
      return RequestFault::kTooLarge;
    }
  }
}

}  // namespace pluginlake::net
