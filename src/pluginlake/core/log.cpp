// Formats log lines; spdlog rotates the file.
#include "pluginlake/core/log.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>

#include "pluginlake/core/clock.h"

namespace pluginlake::core {
namespace {

constexpr std::size_t kFileBytesMax = 16 * 1024 * 1024;
constexpr std::size_t kFilesMax = 5;

std::string_view NameOf(LogLevel level) {
  constexpr std::string_view kNames[] = {"debug", "info", "warning", "error"};
  return kNames[static_cast<std::size_t>(level)];
}

struct Line {
  LogLevel level;
  std::string_view room;
  std::string_view event;
  std::initializer_list<LogField> fields;
};

std::string JsonLine(const Line& line) {
  nlohmann::ordered_json document{{"time", FormatUtc(SystemClock().NowMicros())},
                                  {"level", NameOf(line.level)},
                                  {"room", line.room},
                                  {"event", line.event}};
  for (const LogField& field : line.fields) {
    document[std::string(field.name)] = field.value;
  }
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string TextLine(const Line& line) {
  std::string text = fmt::format("{}: {}: {}", NameOf(line.level), line.room, line.event);
  for (const LogField& field : line.fields) {
    text += fmt::format(" {}={}", field.name, field.value);
  }
  return text + "\n";
}

}  // namespace

struct Log::Impl {
  LogSettings settings;
  std::unique_ptr<spdlog::logger> file;
  Log* next = nullptr;
};

LogLevel LogLevelOf(std::string_view name) {
  if (name == "debug") {
    return LogLevel::kDebug;
  }
  if (name == "info") {
    return LogLevel::kInfo;
  }
  return name == "error" ? LogLevel::kError : LogLevel::kWarning;
}

Log::Log(const LogSettings& settings) : impl_(std::make_unique<Impl>(Impl{settings, nullptr, nullptr})) {
  if (settings.file.empty()) {
    return;
  }
  // spdlog's own type of shared ownership: a sink may serve several loggers.
  auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(settings.file, kFileBytesMax, kFilesMax);
  impl_->file = std::make_unique<spdlog::logger>("pluginlake", sink);
  impl_->file->set_pattern("%v");
  impl_->file->flush_on(spdlog::level::info);
  impl_->file->set_error_handler([](const std::string&) {});  // a full disk must not stop work that needs no log
}

Log::~Log() = default;

void Log::SetNext(Log* next) { impl_->next = next; }

void Log::Write(LogLevel level, std::string_view room, std::string_view event, std::initializer_list<LogField> fields) {
  Line line{level, room, event, fields};
  if (impl_->settings.write && level >= impl_->settings.level) {
    impl_->settings.write(impl_->settings.json ? JsonLine(line) : TextLine(line));
  }
  if (impl_->file && level >= LogLevel::kInfo) {
    std::string text = JsonLine(line);
    text.pop_back();
    impl_->file->info("{}", text);
  }
  if (impl_->next != nullptr) {
    impl_->next->Write(level, room, event, fields);
  }
}

}  // namespace pluginlake::core
