// Reads a file in blocks and looks at each block several ways while it is warm.
#include "pluginlake/omop/file_survey.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>

#include "pluginlake/core/digest.h"
#include "pluginlake/core/error.h"
#include "pluginlake/sources/byte_stream.h"
#include "pluginlake/sources/file_descriptor.h"

namespace pluginlake::omop {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Returns the character that cuts the head line into most fields.
char DelimiterOf(std::string_view head) {
  char best = '\t';
  for (char candidate : {',', ';', '|'}) {
    if (std::ranges::count(head, candidate) > std::ranges::count(head, best)) {
      best = candidate;
    }
  }
  return best;
}

std::string SmallLetters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return small;
}

std::string_view WithoutQuotes(std::string_view field) {
  return field.size() >= 2 && field.front() == '"' && field.back() == '"' ? field.substr(1, field.size() - 2) : field;
}

std::vector<std::string> ColumnsOf(std::string_view head, char delimiter) {
  std::vector<std::string> columns;
  while (true) {
    const std::size_t end = head.find(delimiter);
    columns.push_back(SmallLetters(WithoutQuotes(head.substr(0, end))));
    if (end == std::string_view::npos) {
      return columns;
    }
    head.remove_prefix(end + 1);
  }
}

// Looks at the first block: head line, line ends, quotes.
void SurveyHead(std::string_view block, FileSurvey& survey) {
  if (block.starts_with(kByteOrderMark)) {
    survey.has_byte_order_mark = true;
    block.remove_prefix(kByteOrderMark.size());
  }
  const std::size_t end = block.find('\n');
  std::string_view head = block.substr(0, end);
  if (head.ends_with('\r')) {
    survey.has_crlf = true;
    head.remove_suffix(1);
  }
  survey.has_zero_bytes = head.find('\0') != std::string_view::npos;
  survey.delimiter = DelimiterOf(head);
  survey.columns = ColumnsOf(head, survey.delimiter);
  const std::string_view rows = end == std::string_view::npos ? std::string_view() : block.substr(end + 1);
  survey.has_quotes = head.starts_with('"') || rows.starts_with('"');
}

class Surveyor {
 public:
  void See(std::string_view block) {
    if (survey_.bytes == 0) {
      SurveyHead(block, survey_);
    }
    hash_.Update(block);
    line_feeds_ += static_cast<std::uint64_t>(std::ranges::count(block, '\n'));
    CheckEncoding(block);
    survey_.bytes += block.size();
    survey_.ends_in_line_feed = block.ends_with('\n');
  }

  FileSurvey Finish() {
    CheckEncoding({});
    survey_.sha256 = hash_.Hex();
    const std::uint64_t lines = line_feeds_ + (survey_.ends_in_line_feed ? 0 : 1);
    survey_.lines = lines > 0 ? lines - 1 : 0;
    return std::move(survey_);
  }

 private:
  // Checks whole lines only, so that no character is cut; what follows the last line feed waits for the next block.
  void CheckEncoding(std::string_view block) {
    if (survey_.first_misencoded_byte) {
      return;
    }
    const std::size_t last = block.rfind('\n');
    const bool at_end = block.empty();
    if (!at_end && last == std::string_view::npos) {
      unchecked_ += block;
      return;
    }
    unchecked_ += block.substr(0, at_end ? 0 : last + 1);
    if (!simdjson::validate_utf8(unchecked_)) {
      survey_.first_misencoded_byte = checked_bytes_;
      unchecked_.clear();
      return;
    }
    checked_bytes_ += unchecked_.size();
    unchecked_.assign(at_end ? std::string_view() : block.substr(last + 1));
  }

  FileSurvey survey_;
  core::Sha256 hash_;
  std::uint64_t line_feeds_ = 0;
  std::uint64_t checked_bytes_ = 0;
  std::string unchecked_;
};

}  // namespace

FileSurvey SurveyFile(const std::string& path, const std::string& shown, const BytesRead& bytes_read) {
  const sources::FileDescriptor file = sources::FileDescriptor::OpenForReading(path);
  if (!file.is_open()) {
    throw core::Error(core::ErrorKind::kDenied, "PL-1004",
                      fmt::format("A file of the bundle cannot be opened ({}): {}", std::strerror(errno), shown),
                      "Give the station's user read rights on it.");
  }
  const std::unique_ptr<sources::ByteStream> stream =
      sources::OpenPlainStream({.descriptor = file.get(), .shown = shown});
  Surveyor surveyor;
  std::vector<char> block(kBlockBytes);
  while (const std::size_t count = stream->Read(block.data(), block.size())) {
    surveyor.See({block.data(), count});
    bytes_read(stream->bytes_read());
  }
  return surveyor.Finish();
}

}  // namespace pluginlake::omop
