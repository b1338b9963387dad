// Tells the formats apart by their columns, and reads SSSOM's comment lines.
#include "pluginlake/omop/map_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pluginlake/core/error.h"

namespace pluginlake::omop {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

std::string Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '"' || text.front() == '\'')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '"' || text.back() == '\'')) text.remove_suffix(1);
  return std::string(text);
}

std::string Small(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return text;
}

// "# curie_map:", "#   LAB: https://…", "# license: …": one key a line, those further in belong to curie_map.
class CommentReader {
 public:
  void Read(std::string_view line, MapFile& file) {
    line.remove_prefix(1);  // '#'
    const std::size_t indent = line.find_first_not_of(' ');
    const std::size_t colon = line.find(':');
    if (indent == std::string_view::npos || colon == std::string_view::npos) {
      return;
    }
    const std::string key = Trimmed(line.substr(0, colon));
    const std::string value = Trimmed(line.substr(colon + 1));
    if (value.empty()) {
      in_prefixes_ = key == "curie_map";
      section_indent_ = indent;
      return;
    }
    if (in_prefixes_ && indent > section_indent_) {
      file.prefixes[Small(key)] = value;
      return;
    }
    in_prefixes_ = false;
    file.metadata[key] = value;
  }

 private:
  bool in_prefixes_ = false;
  std::size_t section_indent_ = 0;
};

char DelimiterOf(std::string_view head) {
  char best = ',';
  for (const char candidate : {'\t', ';'}) {
    if (std::ranges::count(head, candidate) > std::ranges::count(head, best)) {
      best = candidate;
    }
  }
  return best;
}

std::vector<std::string> ColumnsOf(std::string_view head, char delimiter) {
  std::vector<std::string> columns;
  while (true) {
    const std::size_t end = head.find(delimiter);
    std::string name = Small(Trimmed(head.substr(0, end)));
    std::erase_if(name, [](char c) { return c == '_' || c == ' '; });
    columns.push_back(std::move(name));
    if (end == std::string_view::npos) {
      return columns;
    }
    head.remove_prefix(end + 1);
  }
}

bool HasAll(const MapFile& file, std::initializer_list<std::string_view> names) {
  return std::ranges::all_of(
      names, [&](std::string_view name) { return std::ranges::find(file.columns, name) != file.columns.end(); });
}

}  // namespace

std::string_view NameOf(MapFormat format) {
  switch (format) {
    case MapFormat::kSourceToConceptMap:
      return "source_to_concept_map";
    case MapFormat::kUsagi:
      return "usagi";
    case MapFormat::kSssom:
      return "sssom";
    case MapFormat::kWorkList:
      return "work_list";
  }
  return "";
}

MapFile ReadMapHead(std::string_view text, const std::string& shown) {
  if (text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
  }
  MapFile file;
  CommentReader comments;
  std::string_view head = TakeLine(text);
  while (head.starts_with('#')) {
    comments.Read(head, file);
    head = TakeLine(text);
    ++file.head_line;
  }
  file.delimiter = DelimiterOf(head);
  file.columns = ColumnsOf(head, file.delimiter);
  if (HasAll(file, {"subjectid", "predicateid", "objectid"})) {
    file.format = MapFormat::kSssom;
  } else if (HasAll(file, {"sourcecode", "conceptid", "mappingstatus"})) {
    file.format = MapFormat::kUsagi;
  } else if (HasAll(file, {"sourcecode", "sourcevocabularyid", "targetconceptid"})) {
    file.format = MapFormat::kSourceToConceptMap;
  } else if (HasAll(file, {"system", "code", "targetconceptid"})) {
    file.format = MapFormat::kWorkList;
  } else {
    throw core::Error(
        core::ErrorKind::kInvalidInput, "PL-1060", fmt::format("The file is no map that can be read: {}", shown),
        "Its head line must be that of source_to_concept_map, of a Usagi export (sourceCode, conceptId, "
        "mappingStatus), of SSSOM (subject_id, predicate_id, object_id), or of `vocab unmapped --format csv`.");
  }
  return file;
}

}  // namespace pluginlake::omop
