// Walks the parsed TOML; each name it may hold is read by one small function.
#include "pluginlake/assets/declaration.h"

// A parse error is a value here, and the parser is part of this file: no shared library to install.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <span>

#include "pluginlake/core/nearest_name.h"

namespace pluginlake::assets {
namespace {

class Reader {
 public:
  static std::vector<DeclaredName> Names() {
    std::vector<DeclaredName> names;
    for (const Known& known : Members()) {
      names.push_back({known.name, known.what});
    }
    return names;
  }

  Reader(std::string path, Asset& asset, std::vector<Problem>& problems)
      : path_(std::move(path)), asset_(asset), problems_(problems) {}

  void Read(const toml::table& table) {
    for (const auto& [name, node] : table) {
      ReadMember(std::string(name.str()), node);
    }
    CheckKey();
  }

  void Complain(const toml::source_region& where, std::string what, std::string hint) {
    problems_.push_back({fmt::format("{}:{}", path_, where.begin.line), std::move(what), std::move(hint)});
  }

 private:
  using Member = void (Reader::*)(const toml::node&);
  struct Known {
    std::string_view name;
    Member read;
    std::string_view what;
  };

  static std::span<const Known> Members();

  void ReadMember(const std::string& name, const toml::node& node) {
    for (const Known& known : Members()) {
      if (known.name == name) {
        (this->*known.read)(node);
        return;
      }
    }
    std::vector<std::string> names;
    for (const Known& known : Members()) {
      names.emplace_back(known.name);
    }
    const auto nearest = core::NearestName(name, names);
    Complain(
        node.source(), fmt::format("unknown name: {}", name),
        nearest ? fmt::format("Did you mean {}?", *nearest) : "'pluginlake help assets' lists what may stand here.");
  }

  std::string Text(const toml::node& node) {
    if (const auto* text = node.as_string()) {
      return text->get();
    }
    Complain(node.source(), "a text is expected here", "Put it in quotes.");
    return {};
  }

  std::vector<std::string> Texts(const toml::node& node) {
    std::vector<std::string> texts;
    const toml::array* array = node.as_array();
    if (array == nullptr) {
      Complain(node.source(), "a list of texts is expected here", "Write it as [\"one\", \"two\"].");
      return texts;
    }
    for (const toml::node& item : *array) {
      texts.push_back(Text(item));
    }
    return texts;
  }

  template <typename Enum>
  struct Word {
    std::string_view word;
    Enum value;
  };

  template <typename Enum, std::size_t kCount>
  Enum OneOf(const toml::node& node, const std::array<Word<Enum>, kCount>& words) {
    const std::string text = Text(node);
    std::string all;
    for (const Word<Enum>& word : words) {
      if (word.word == text) {
        return word.value;
      }
      all += (all.empty() ? "" : ", ") + std::string(word.word);
    }
    Complain(node.source(), fmt::format("unknown value: {}", text), fmt::format("It is one of: {}.", all));
    return words.front().value;
  }

  void Description(const toml::node& node) { asset_.description = Text(node); }
  void Owner(const toml::node& node) { asset_.owner = Text(node); }
  void KeyColumn(const toml::node& node) { asset_.key_column = Text(node); }
  void Tags(const toml::node& node) { asset_.tags = Texts(node); }
  void Volatile(const toml::node& node) { asset_.volatile_columns = Texts(node); }

  void IncrementalWord(const toml::node& node) {
    asset_.incremental = OneOf<Incremental, 3>(
        node, {{{"full", Incremental::kFull}, {"by_key", Incremental::kByKey}, {"append", Incremental::kAppend}}});
    incremental_at_ = node.source();
  }

  void KeepWord(const toml::node& node) {
    asset_.keep =
        OneOf<Keep, 3>(node, {{{"table", Keep::kTable}, {"staged", Keep::kStaged}, {"inline", Keep::kInline}}});
  }

  void Columns(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      Complain(node.source(), "columns is a table of names and comments", "Write it as [columns].");
      return;
    }
    for (const auto& [name, comment] : *table) {
      asset_.columns[std::string(name.str())] = Text(comment);
    }
  }

  void Lookups(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      Complain(node.source(), "lookups is a table of asset keys", "Write it as [lookups].");
      return;
    }
    for (const auto& [name, reach] : *table) {
      const std::string text = Text(reach);
      Lookup lookup{.reach = Lookup::Reach::kKeys, .sql = text};
      if (text == "all" || text == "none") {
        lookup = {.reach = text == "all" ? Lookup::Reach::kAll : Lookup::Reach::kNone, .sql = {}};
      }
      asset_.lookups[std::string(name.str())] = lookup;
    }
  }

  void ReadCheck(const toml::table& table) {
    Check check;
    for (const auto& [name, node] : table) {
      const std::string_view member = name.str();
      if (member == "name") {
        check.name = Text(node);
      } else if (member == "sql") {
        check.sql = Text(node);
      } else if (member == "description") {
        check.description = Text(node);
      } else if (member == "whole") {
        check.whole = node.is_boolean() && node.as_boolean()->get();
      } else if (member == "severity") {
        check.severity = OneOf<Severity, 2>(node, {{{"error", Severity::kError}, {"warn", Severity::kWarn}}});
      } else {
        Complain(node.source(), fmt::format("unknown name in a check: {}", member),
                 "A check has name, severity, sql, whole, description.");
      }
    }
    if (check.name.empty() || check.sql.empty()) {
      Complain(table.source(), "a check needs name and sql", "sql returns the rows that break the rule.");
      return;
    }
    asset_.checks.push_back(std::move(check));
  }

  void Checks(const toml::node& node) {
    const toml::array* checks = node.as_array();
    if (checks == nullptr || !checks->is_array_of_tables()) {
      Complain(node.source(), "checks is a list of tables", "Write each as [[checks]].");
      return;
    }
    for (const toml::node& check : *checks) {
      ReadCheck(*check.as_table());
    }
  }

  void CheckKey() {
    if (asset_.incremental == Incremental::kByKey && asset_.key_column.empty()) {
      Complain(incremental_at_, "incremental = \"by_key\" needs a key", "Name the column in key = \"…\".");
    }
  }

  std::string path_;
  Asset& asset_;
  std::vector<Problem>& problems_;
  toml::source_region incremental_at_;
};

std::span<const Reader::Known> Reader::Members() {
  static constexpr std::array kMembers = {
      Known{"description", &Reader::Description, "what one row is, in a line"},
      Known{"owner", &Reader::Owner, "who answers for it"},
      Known{"key", &Reader::KeyColumn, "the column by which rows are compared, narrowed and sorted"},
      Known{"incremental", &Reader::IncrementalWord, "\"full\" (default), \"by_key\" or \"append\""},
      Known{"keep", &Reader::KeepWord, "\"table\" (default), \"staged\" or \"inline\": a part, in no table"},
      Known{"volatile", &Reader::Volatile, "columns that are no reason to write a row anew"},
      Known{"tags", &Reader::Tags, "words to find it by"},
      Known{"columns", &Reader::Columns, "[columns]: what each column means"},
      Known{"lookups", &Reader::Lookups,
            "[lookups]: by an input's key \"all\", \"none\", or a SELECT of the keys that the rows in `changed` touch"},
      Known{"checks", &Reader::Checks,
            "[[checks]]: name, sql (returns the rows that break the rule), severity (\"error\" or \"warn\"), whole, "
            "description"},
  };
  return kMembers;
}

}  // namespace

std::vector<DeclaredName> DeclaredNames() { return Reader::Names(); }

void ReadDeclaration(std::string_view toml, const std::string& path, Asset& asset, std::vector<Problem>& problems) {
  asset.declaration = std::string(toml);
  const toml::parse_result parsed = toml::parse(toml);
  if (!parsed) {
    problems.push_back({fmt::format("{}:{}", path, parsed.error().source().begin.line),
                        fmt::format("this is not TOML: {}", parsed.error().description()),
                        "Mend the file; 'pluginlake assets list' says when it is right."});
    return;
  }
  Reader(path, asset, problems).Read(parsed.table());
}

}  // namespace pluginlake::assets
