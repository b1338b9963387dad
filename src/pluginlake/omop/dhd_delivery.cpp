// Recognizes the files by their names, and their columns by theirs.
#include "pluginlake/omop/dhd_delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string_view>
#include <utility>

#include "omop/data.h"
#include "omop/sql.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/clock.h"
#include "pluginlake/core/error.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/omop/csv_lines.h"
#include "pluginlake/omop/file_survey.h"
#include "pluginlake/omop/staging.h"

namespace pluginlake::omop {
namespace {

using core::Error;
using core::ErrorKind;

struct TableSpec {
  std::string name;
  std::string delivered;  // the end of the file's name, in small letters
  std::string system;     // of a derivation; empty = a column says
  bool required = false;
};

struct ColumnSpec {
  std::string name;
  std::vector<std::string> delivered;  // in small letters, without underscores
  bool required = false;
};

std::vector<TableSpec> TableSpecs() {
  std::vector<TableSpec> specs;
  for (const std::vector<std::string>& line : CsvLines(data::kDhdTable)) {
    specs.push_back({.name = line[0], .delivered = line[1], .system = line[2], .required = line[3] == "yes"});
  }
  return specs;
}

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::vector<ColumnSpec> ColumnSpecs(const std::string& table) {
  std::vector<ColumnSpec> specs;
  for (const std::vector<std::string>& line : CsvLines(data::kDhdColumn)) {
    if (line[0] == table) {
      specs.push_back({.name = line[1], .delivered = Words(line[2]), .required = line[3] == "yes"});
    }
  }
  return specs;
}

// "DBC_ID" and "dbc id" are one name.
std::string Plain(std::string name) {
  std::erase_if(name, [](char c) { return c == '_' || c == ' '; });
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return name;
}

std::string Small(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return name;
}

// Returns "DT" or "VT" by the names of file and folders; empty if they do not say.
std::string ThesaurusOf(const std::string& name) {
  const std::string small = "/" + Small(name);
  if (small.find("diagnosethesaurus") != std::string::npos || small.find("/dt/") != std::string::npos) {
    return "DT";
  }
  const bool procedures =
      small.find("verrichtingenthesaurus") != std::string::npos || small.find("/vt/") != std::string::npos;
  return procedures ? "VT" : "";
}

std::string Today() { return core::FormatUtc(core::SystemClock().NowMicros()).substr(0, 10); }

// Reads version, format and day from "20250815_120000_Diagnosethesaurus_3.44_uitleverformaat4.3/…".
void ReadName(const std::string& name, DhdThesaurus& thesaurus) {
  std::smatch match;
  if (std::regex_search(name, match, std::regex(R"(thesaurus_(\d+(?:\.\d+)*))", std::regex::icase))) {
    thesaurus.version = match[1];
  }
  if (std::regex_search(name, match, std::regex(R"(uitleverformaat[-_ ]?v?(\d+(?:\.\d+)*))", std::regex::icase))) {
    thesaurus.format = match[1];
  }
  if (std::regex_search(name, match, std::regex(R"((?:^|/)(\d{4})(\d\d)(\d\d)_)"))) {
    thesaurus.delivered_on = fmt::format("{}-{}-{}", match[1].str(), match[2].str(), match[3].str());
  }
}

class DhdReader {
 public:
  DhdReader(Delivery& delivery, Staging& staging, const core::Cancellation& cancellation)
      : delivery_(delivery), staging_(staging), cancellation_(cancellation) {}

  DhdDelivery Read(const std::string& as_of) {
    FindFiles();
    for (auto& [name, thesaurus] : thesauri_) {
      CheckFormat(thesaurus);
      thesaurus.as_of = !as_of.empty() ? as_of : !thesaurus.delivered_on.empty() ? thesaurus.delivered_on : Today();
      for (const TableSpec& table : TableSpecs()) {
        ReadTable(name, table);
      }
      result_.thesauri.push_back(thesaurus);
    }
    return std::move(result_);
  }

 private:
  void FindFiles() {
    const std::vector<TableSpec> tables = TableSpecs();
    for (const DeliveredFile& file : delivery_.files()) {
      std::string base = SmallBaseName(file.name);
      if (!base.ends_with(".csv")) {
        continue;
      }
      base.resize(base.size() - 4);
      const auto table =
          std::ranges::find_if(tables, [&](const TableSpec& each) { return base.ends_with(each.delivered); });
      const std::string thesaurus = ThesaurusOf(file.name);
      if (table == tables.end() || thesaurus.empty()) {
        continue;
      }
      thesauri_[thesaurus].name = thesaurus;
      ReadName(file.name, thesauri_[thesaurus]);
      files_[{thesaurus, table->name}].push_back(&file);
    }
    if (thesauri_.empty()) {
      throw Error(ErrorKind::kInvalidInput, "PL-1040", "Nothing in the delivery is a table of a DHD thesaurus",
                  "Name the folder or zip file as Mijn DHD delivers it: its names tell Diagnosethesaurus from "
                  "Verrichtingenthesaurus.");
    }
  }

  static void CheckFormat(const DhdThesaurus& thesaurus) {
    if (!thesaurus.format.empty() && !thesaurus.format.starts_with("4.") && !thesaurus.format.starts_with("5.")) {
      throw Error(
          ErrorKind::kInvalidInput, "PL-1040",
          fmt::format("The delivery format of a DHD thesaurus is not one that can be read: {}", thesaurus.format),
          "Formats 4.x and 5.x are read; ask DHD for one of them, or a newer release of pluginlake.");
    }
  }

  void ReadTable(const std::string& thesaurus, const TableSpec& table) {
    const auto found = files_.find({thesaurus, table.name});
    if (found == files_.end()) {
      if (table.required) {
        result_.problems.push_back({.code = "missing_file",
                                    .table = "dhd_" + table.name,
                                    .message = fmt::format("The {} has no table {}", thesaurus, table.delivered)});
      }
      return;
    }
    if (found->second.size() > 1) {
      Problem problem{.code = "file_twice",
                      .table = "dhd_" + table.name,
                      .count = found->second.size(),
                      .message = fmt::format("The {} has the table {} more than once", thesaurus, table.delivered)};
      for (const DeliveredFile* file : found->second) {
        problem.examples.push_back(file->name);
      }
      result_.problems.push_back(std::move(problem));
      return;
    }
    const DeliveredFile& file = *found->second.front();
    const std::string path = delivery_.Fetch(file, result_.problems);
    const FileSurvey survey = SurveyFile(path, delivery_.Shown(file), [this](std::uint64_t) {
      if (cancellation_.is_requested()) {
        throw core::Interrupted{};
      }
    });
    result_.files.push_back({.thesaurus = thesaurus,
                             .table = table.name,
                             .shown = delivery_.Shown(file),
                             .sha256 = survey.sha256,
                             .bytes = survey.bytes,
                             .lines = survey.lines});
    if (CheckFile(survey, table, result_.files.back())) {
      StageRows(path, survey, thesaurus, table);
    }
  }

  // Returns whether the rows can be read.
  bool CheckFile(const FileSurvey& survey, const TableSpec& table, const DhdFile& file) {
    const auto add = [&](std::string code, std::string message) {
      result_.problems.push_back({.code = std::move(code),
                                  .table = "dhd_" + table.name,
                                  .message = std::move(message),
                                  .examples = {file.shown}});
    };
    if (survey.has_zero_bytes || survey.first_misencoded_byte) {
      add("wrong_encoding", "The file is not UTF-8");
      return false;
    }
    if (survey.bytes == 0) {
      add("empty_file", "The file is empty, without a head line");
      return false;
    }
    bool complete = true;
    for (const ColumnSpec& column : ColumnSpecs(table.name)) {
      if (column.required && !Delivered(survey, column)) {
        add("missing_column", fmt::format("The column {} is missing", column.delivered.front()));
        complete = false;
      }
    }
    return complete;
  }

  // Returns the column's own name in the file; nullopt if it is not there.
  static std::optional<std::string> Delivered(const FileSurvey& survey, const ColumnSpec& column) {
    for (const std::string& name : survey.columns) {
      if (std::ranges::find(column.delivered, Plain(name)) != column.delivered.end()) {
        return name;
      }
    }
    return std::nullopt;
  }

  // Copies the file into a table delivered_rows: our columns as text, and the whole row as JSON.
  void StageRows(const std::string& path, const FileSurvey& survey, const std::string& thesaurus,
                 const TableSpec& table) {
    std::string columns;
    std::string whole;
    std::set<std::string> seen;
    for (std::string name : survey.columns) {
      while (!seen.insert(name).second) {
        name += '_';
      }
      columns += fmt::format("{}{}: 'VARCHAR'", columns.empty() ? "" : ", ", duck::QuoteLiteral(name));
      whole +=
          fmt::format("{}{}, {}", whole.empty() ? "" : ", ", duck::QuoteLiteral(name), duck::QuoteIdentifier(name));
    }
    std::string select = fmt::format("{} AS thesaurus, {} AS fixed_system", duck::QuoteLiteral(thesaurus),
                                     table.system.empty() ? "NULL::VARCHAR" : duck::QuoteLiteral(table.system));
    for (const ColumnSpec& column : ColumnSpecs(table.name)) {
      const std::optional<std::string> name = Delivered(survey, column);
      select += fmt::format(", nullif(trim({}), '') AS {}", name ? duck::QuoteIdentifier(*name) : "NULL::VARCHAR",
                            duck::QuoteIdentifier(column.name));
    }
    staging_.Run(sql::kMakeDhdDate, {}, cancellation_);
    staging_.Run(
        fmt::format("CREATE OR REPLACE TABLE delivered_rows AS SELECT {}, json_object({}) AS delivered FROM "
                    "read_csv({}, auto_detect = false, header = true, delim = {}, quote = '\"', escape = '\"', "
                    "strict_mode = false, null_padding = true, columns = {{{}}})",
                    select, whole, duck::QuoteLiteral(path), duck::QuoteLiteral(std::string(1, survey.delimiter)),
                    columns),
        {}, cancellation_);
    CheckRows(table, result_.files.back());
    staging_.Run(StatementOf(table.name), {staging_.PathOf(FileNameOf(table.name, thesaurus))}, cancellation_);
  }

  void CheckRows(const TableSpec& table, const DhdFile& file) {
    const std::int64_t bad = staging_.Run(sql::kDhdBadDates, {}, cancellation_).Fetch().value().Int64(0, 0);
    if (bad > 0) {
      result_.problems.push_back({.code = "bad_value",
                                  .table = "dhd_" + table.name,
                                  .count = static_cast<std::uint64_t>(bad),
                                  .message = "Rows with a date that is none, or without a value they must have",
                                  .examples = {file.shown}});
    }
  }

  static std::string FileNameOf(const std::string& table, const std::string& thesaurus) {
    const bool is_derivation = table != "concept" && table != "term" && table != "relation";
    return fmt::format("dhd_{}{}_{}", is_derivation ? "derivation_" : "", table, thesaurus);
  }

  static std::string_view StatementOf(const std::string& table) {
    if (table == "concept") return sql::kDhdStageConcept;
    if (table == "term") return sql::kDhdStageTerm;
    if (table == "relation") return sql::kDhdStageRelation;
    if (table == "codemapping") return sql::kDhdStageCodeMapping;
    if (table == "dbc") return sql::kDhdStageDbc;
    return table == "icd10" || table == "za" ? sql::kDhdStageOrdered : sql::kDhdStageDerivation;
  }

  Delivery& delivery_;
  Staging& staging_;
  const core::Cancellation& cancellation_;
  std::map<std::string, DhdThesaurus> thesauri_;
  std::map<std::pair<std::string, std::string>, std::vector<const DeliveredFile*>> files_;  // by thesaurus and table
  DhdDelivery result_;
};

}  // namespace

DhdDelivery ReadDhdDelivery(Delivery& delivery, Staging& staging, const std::string& as_of,
                            const core::Cancellation& cancellation) {
  return DhdReader(delivery, staging, cancellation).Read(as_of);
}

}  // namespace pluginlake::omop
