// Asks DuckDB's parser, then walks the JSON it answers with.
#include "pluginlake/assets/sql_tree.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>

#include "pluginlake/duck/connection.h"

namespace pluginlake::assets {
namespace {

using nlohmann::json;

// Table functions that make rows of their arguments alone.
constexpr std::array<std::string_view, 7> kPureTableFunctions = {
    "unnest", "range", "generate_series", "generate_subscripts", "json_each", "json_tree", "repeat_row"};

constexpr std::size_t kStatementTextsMax = 256;

// What is no UTF-8, or has a byte of zero, cannot be part of a statement.
bool IsText(std::string_view sql) {
  return sql.find('\0') == std::string_view::npos && simdjson::validate_utf8(sql.data(), sql.size());
}

std::size_t LineOf(std::string_view sql, std::size_t position) {
  const std::string_view before = sql.substr(0, std::min(position, sql.size()));
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

class Walk {
 public:
  Walk(const SqlText& text, SqlTree& tree) : text_(text), tree_(tree) {}

  std::optional<Problem> Run() {
    GatherNames(tree_.node);
    Visit(tree_.node);
    return problem_;
  }

 private:
  // Common table expressions are seen by all parts of a statement here: a name that is one nowhere is a table.
  void GatherNames(const json& value) {
    if (value.is_object()) {
      if (const auto map = value.find("cte_map"); map != value.end() && map->contains("map")) {
        for (const json& entry : (*map)["map"]) {
          names_.insert(entry.value("key", ""));
        }
      }
      if (value.value("type", json()) == "RECURSIVE_CTE_NODE") {
        names_.insert(value.value("cte_name", ""));
      }
    }
    if (value.is_structured()) {
      for (const json& child : value) {
        GatherNames(child);
      }
    }
  }

  void Visit(const json& value) {
    if (value.is_object()) {
      const std::string type = value.value("type", json()).is_string() ? value["type"].get<std::string>() : "";
      if (type == "BASE_TABLE") {
        VisitTable(value);
      } else if (type == "TABLE_FUNCTION") {
        VisitTableFunction(value);
      } else if (type == "FUNCTION") {
        VisitFunction(value);
      }
    }
    if (value.is_structured()) {
      for (const json& child : value) {
        Visit(child);
      }
    }
  }

  void VisitTable(const json& table) {
    const std::string schema = table.value("schema_name", "");
    const std::string name = table.value("table_name", "");
    if (!table.value("catalog_name", "").empty()) {
      Complain(table, fmt::format("the table {} is named with its catalog", name), "Write schema.table.");
    } else if (!schema.empty()) {
      tree_.tables.insert({schema, name});
    } else if (!names_.contains(name) && name != text_.free_name) {
      Complain(table, fmt::format("the table {} is named without its schema", name),
               "Write schema.table: fhir.patient, omop.person, curated.beds.");
    }
  }

  void VisitTableFunction(const json& reference) {
    const std::string name = reference["function"].value("function_name", "");
    if (std::ranges::find(kPureTableFunctions, name) == kPureTableFunctions.end()) {
      Complain(reference, fmt::format("the function {} reads what lineage cannot see", name),
               "Bring files in with 'pluginlake ingest', and read the table.");
    }
  }

  void VisitFunction(const json& function) {
    if (function.value("function_name", "") != "getvariable" || function["children"].empty()) {
      return;
    }
    const json& argument = function["children"][0];
    if (argument.value("class", "") == "CONSTANT" && argument["value"].value("value", json()).is_string()) {
      tree_.variables.insert(argument["value"]["value"].get<std::string>());
    } else {
      Complain(function, "getvariable needs a constant name", "Write getvariable('name').");
    }
  }

  void Complain(const json& where, std::string what, std::string hint) {
    if (!problem_) {
      const std::size_t position = where.value("query_location", std::size_t{0});
      problem_ =
          Problem{fmt::format("{}:{}", text_.path, LineOf(text_.sql, position)), std::move(what), std::move(hint)};
    }
  }

  const SqlText& text_;
  SqlTree& tree_;
  std::set<std::string> names_;
  std::optional<Problem> problem_;
};

Problem ProblemOf(const SqlText& text, const json& answer) {
  const std::string position = answer.value("position", "0");
  const bool is_number =
      !position.empty() && std::ranges::all_of(position, [](char c) { return c >= '0' && c <= '9'; });
  const std::size_t line = LineOf(text.sql, is_number ? std::stoul(position) : 0);
  const bool other_kind = answer.value("error_type", "") == "not implemented";
  return {fmt::format("{}:{}", text.path, line),
          other_kind ? "this is no SELECT" : fmt::format("this is not SQL: {}", answer.value("error_message", "")),
          other_kind ? "An asset is one SELECT: its rows are the table." : "Mend the statement at that line."};
}

}  // namespace

void SelectParser::Announce(std::string_view sql) {
  if (IsText(sql)) {
    announced_.emplace_back(sql);
  }
}

void SelectParser::Serialize() {
  for (std::size_t begin = 0; begin < announced_.size(); begin += kStatementTextsMax) {
    const std::size_t end = std::min(begin + kStatementTextsMax, announced_.size());
    std::string rows;
    std::vector<duck::Value> values;
    for (std::size_t i = begin; i < end; ++i) {
      rows += fmt::format("{}({}, ${}::VARCHAR)", rows.empty() ? "" : ", ", i, i - begin + 1);
      values.emplace_back(std::string_view(announced_[i]));
    }
    duck::Result result = connection_.Query(
        fmt::format("SELECT i, json_serialize_sql(s)::VARCHAR FROM (VALUES {}) AS t(i, s)", rows), values);
    while (std::optional<duck::Chunk> chunk = result.Fetch()) {
      for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
        serialized_[announced_[static_cast<std::size_t>(chunk->Int64(0, row))]] = chunk->Text(1, row);
      }
    }
  }
  announced_.clear();
}

std::optional<Problem> SelectParser::Parse(const SqlText& text, SqlTree& tree) {
  if (!IsText(text.sql)) {
    return Problem{fmt::format("{}:1", text.path), "this is not text in UTF-8", "Save the file as UTF-8."};
  }
  if (!serialized_.contains(text.sql)) {
    Announce(text.sql);
    Serialize();
  }
  const auto answer = json::parse(serialized_.find(text.sql)->second, nullptr, false);
  if (!answer.is_object() || answer.value("error", true)) {
    return ProblemOf(text, answer.is_object() ? answer : json::object());
  }
  if (answer["statements"].size() != 1) {
    return Problem{fmt::format("{}:1", text.path), "there are several statements", "An asset is one SELECT."};
  }
  tree = SqlTree{.node = answer["statements"][0]["node"]};
  return Walk(text, tree).Run();
}

std::optional<Problem> ParseSelect(duck::Connection& connection, const SqlText& text, SqlTree& tree) {
  return SelectParser(connection).Parse(text, tree);
}

}  // namespace pluginlake::assets
