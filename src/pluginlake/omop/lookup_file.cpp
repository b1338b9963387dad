// Asks the hot copy.
#include "pluginlake/omop/lookup_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <set>
#include <utility>

#include "pluginlake/core/error.h"

namespace pluginlake::omop {
namespace {

// One relative in a packed list: concept id, then the level.
constexpr std::size_t kRelativeBytes = 5;

// A last word of so many letters may be the beginning of one.
constexpr std::size_t kPrefixLettersMin = 3;

constexpr std::size_t kWordsTypedMax = 3;

constexpr std::string_view kColumns = "concept_id, name, vocabulary, code, domain, class, standard, invalid_reason";

std::string Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    return {};
  }
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string Upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

// Says whether a character beyond ASCII separates words: dashes, quotes, signs.
bool Separates(std::uint32_t character) {
  return character < 0xC0 || character == 0xD7 || character == 0xF7 || (character >= 0x2000 && character < 0x2C00) ||
         (character >= 0x3000 && character < 0x3040);
}

// Returns the character that begins at `at`, and its bytes; a stray byte is one that separates.
std::pair<std::uint32_t, std::size_t> CharacterAt(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t bytes = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  if (bytes == 1 || at + bytes > text.size()) {
    return {first, 1};
  }
  std::uint32_t character = first & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    character = (character << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  return {character, bytes};
}

// Cuts where the index does, so that each is one word of it.
std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    const auto [character, bytes] = CharacterAt(text, at);
    const bool in_word = character < 0x80 ? std::isalnum(static_cast<int>(character)) != 0 : !Separates(character);
    if (in_word) {
      word += text.substr(at, bytes);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
    at += bytes;
  }
  if (!word.empty()) {
    words.push_back(std::move(word));
  }
  return words;
}

std::string Expression(const std::vector<std::string>& words, bool last_is_prefix) {
  std::string expression;
  for (const std::string& word : words) {
    expression += fmt::format("{}\"{}\"", expression.empty() ? "" : " ", word);
  }
  return expression + (last_is_prefix ? "*" : "");
}

bool LooksLikeCode(std::string_view text) {
  return text.find(' ') == std::string_view::npos &&
         std::ranges::any_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool Holds(const std::vector<SearchHit>& hits, std::int64_t concept_id) {
  return std::ranges::any_of(hits, [&](const SearchHit& hit) { return hit.summary.concept_id == concept_id; });
}

}  // namespace

std::string NormalCode(std::string_view code, bool undotted) {
  std::string normal = Trimmed(code);
  if (!undotted) {
    return normal;
  }
  std::erase(normal, '.');
  normal = Upper(std::move(normal));
  constexpr std::string_view kDagger = "†";
  while (!normal.empty()) {
    if (normal.ends_with(kDagger)) {
      normal.resize(normal.size() - kDagger.size());
    } else if (normal.ends_with('*') || normal.ends_with('+') || normal.ends_with('!')) {
      normal.pop_back();
    } else {
      break;
    }
  }
  return normal;
}

LookupFile::LookupFile(const std::string& path) : file_(path, SqliteMode::kRead) {
  const std::optional<std::string> layout = file_.QueryText("SELECT value FROM meta WHERE key = 'layout'");
  if (layout != std::to_string(kLookupLayout)) {
    throw core::Error(core::ErrorKind::kInternal, "PL-1030",
                      fmt::format("The file of look-ups is of another release: {}", path),
                      "Remove that file: it is made anew from the lake at the next look-up.");
  }
  snapshot_id_ = std::stoll(file_.QueryText("SELECT value FROM meta WHERE key = 'snapshot_id'").value_or("0"));
  SqliteStatement terms(file_, "SELECT number, text FROM term");
  while (terms.Step()) {
    terms_.emplace(terms.Int64(0), terms.Text(1));
  }
  const auto prepare = [this](const std::string& sql) { return std::make_unique<SqliteStatement>(file_, sql); };
  system_ = prepare("SELECT vocabulary, undotted FROM system WHERE uri = ?1");
  code_ = prepare(
      "SELECT source_id, target_id, value_id, mapping_set FROM code WHERE code = ?1 AND vocabulary = ?2 ORDER BY "
      "ordinal");
  codes_like_ =
      prepare("SELECT DISTINCT source_id, code FROM code WHERE code >= ?1 AND code < ?2 AND source_id > 0 LIMIT ?3");
  by_id_ = prepare(fmt::format("SELECT {} FROM concept WHERE concept_id = ?1", kColumns));
  by_rank_ = prepare(fmt::format("SELECT {} FROM concept WHERE rank = ?1", kColumns));
  named_ = prepare("SELECT rowid FROM name WHERE name MATCH ?1 ORDER BY rowid LIMIT ?2");
  ancestors_ = prepare("SELECT relatives FROM ancestor WHERE concept_id = ?1");
  descendants_ = prepare("SELECT relatives FROM descendant WHERE concept_id = ?1");
}

std::string LookupFile::TermOf(std::int64_t number) const {
  const auto term = terms_.find(number);
  return term == terms_.end() ? std::string() : term->second;
}

ConceptSummary LookupFile::SummaryOf(const SqliteStatement& row) const {
  return {.concept_id = row.Int64(0),
          .name = row.TextOrEmpty(1),
          .vocabulary_id = TermOf(row.Int64(2)),
          .code = row.TextOrEmpty(3),
          .domain_id = TermOf(row.Int64(4)),
          .concept_class_id = TermOf(row.Int64(5)),
          .standard = row.Int64(6) == 1,
          .invalid_reason = row.TextOrEmpty(7)};
}

// Returns a summary with the id alone if the vocabularies do not have the concept.
ConceptSummary LookupFile::SummaryById(std::int64_t concept_id) {
  by_id_->Bind(1, concept_id);
  ConceptSummary summary{.concept_id = concept_id};
  if (concept_id != 0 && by_id_->Step()) {
    summary = SummaryOf(*by_id_);
  }
  by_id_->Reset();
  return summary;
}

std::optional<ConceptSummary> LookupFile::Concept(std::int64_t concept_id) {
  const std::lock_guard lock(mutex_);
  ConceptSummary summary = SummaryById(concept_id);
  return summary.vocabulary_id.empty() ? std::nullopt : std::optional(std::move(summary));
}

std::optional<CodeMeaning> LookupFile::LookUp(std::string_view system, std::string_view code) {
  const std::lock_guard lock(mutex_);
  system_->Bind(1, system);
  if (!system_->Step()) {
    system_->Reset();
    return std::nullopt;
  }
  const std::int64_t vocabulary = system_->Int64(0);
  CodeMeaning meaning{.vocabulary_id = TermOf(vocabulary), .code = NormalCode(code, system_->Int64(1) == 1)};
  system_->Reset();
  bool found = false;
  code_->Bind(1, std::string_view(meaning.code));
  code_->Bind(2, vocabulary);
  while (code_->Step()) {
    if (!found) {
      meaning.source = SummaryById(code_->Int64(0));
      found = true;
    }
    if (!code_->IsNull(1)) {
      CodeTarget target{.meaning = SummaryById(code_->Int64(1)), .mapping_set_id = code_->TextOrEmpty(3)};
      if (!code_->IsNull(2)) {
        target.value = SummaryById(code_->Int64(2));
      }
      meaning.targets.push_back(std::move(target));
    }
  }
  code_->Reset();
  return found ? std::optional(std::move(meaning)) : std::nullopt;
}

void LookupFile::AddCodes(std::string_view text, std::size_t concepts_max, std::vector<SearchHit>& hits) {
  for (const std::string& code :
       std::set<std::string>{NormalCode(text, false), Upper(NormalCode(text, false)), NormalCode(text, true)}) {
    const std::string end = code + '\1';
    codes_like_->Bind(1, std::string_view(code));
    codes_like_->Bind(2, std::string_view(end));
    codes_like_->Bind(3, static_cast<std::int64_t>(concepts_max));
    while (codes_like_->Step() && hits.size() < concepts_max) {
      if (codes_like_->Text(1) == code && !Holds(hits, codes_like_->Int64(0))) {
        hits.push_back({.summary = SummaryById(codes_like_->Int64(0)), .match = Match::kCode});
      }
    }
    codes_like_->Reset();
  }
}

void LookupFile::AddCodePrefixes(std::string_view text, std::size_t concepts_max, std::vector<SearchHit>& hits) {
  const std::string code = NormalCode(text, true);
  const std::string end = code + "\xF4\x8F\xBF\xBF";
  codes_like_->Bind(1, std::string_view(code));
  codes_like_->Bind(2, std::string_view(end));
  codes_like_->Bind(3, static_cast<std::int64_t>(concepts_max));
  while (codes_like_->Step() && hits.size() < concepts_max) {
    if (!Holds(hits, codes_like_->Int64(0))) {
      hits.push_back({.summary = SummaryById(codes_like_->Int64(0)), .match = Match::kCodePrefix});
    }
  }
  codes_like_->Reset();
}

void LookupFile::AddNamed(const std::string& expression, std::size_t concepts_max, std::vector<SearchHit>& hits) {
  named_->Bind(1, std::string_view(expression));
  named_->Bind(2, static_cast<std::int64_t>(concepts_max + hits.size()));
  while (named_->Step() && hits.size() < concepts_max) {
    by_rank_->Bind(1, named_->Int64(0));
    if (by_rank_->Step() && !Holds(hits, by_rank_->Int64(0))) {
      hits.push_back({.summary = SummaryOf(*by_rank_), .match = Match::kWords});
    }
    by_rank_->Reset();
  }
  named_->Reset();
}

std::vector<SearchHit> LookupFile::Search(std::string_view text, std::size_t concepts_max) {
  const std::lock_guard lock(mutex_);
  std::vector<SearchHit> hits;
  const std::string trimmed = Trimmed(text);
  const bool is_code = LooksLikeCode(trimmed);
  if (is_code) {
    AddCodes(trimmed, concepts_max, hits);
    AddCodePrefixes(trimmed, concepts_max, hits);
  }
  const std::vector<std::string> words = WordsOf(trimmed);
  if (!words.empty() && hits.size() < concepts_max) {
    AddNamed(Expression(words, false), concepts_max, hits);
  }
  // Of many words that have found something, the last one is hardly the beginning of another.
  const bool may_be_typing = words.size() <= kWordsTypedMax || hits.empty();
  if (!words.empty() && hits.size() < concepts_max && may_be_typing && words.back().size() >= kPrefixLettersMin) {
    AddNamed(Expression(words, true), concepts_max, hits);
  }
  return hits;
}

RelatedConcepts LookupFile::Related(SqliteStatement& statement, std::int64_t concept_id, std::size_t concepts_max) {
  const std::lock_guard lock(mutex_);
  RelatedConcepts related;
  statement.Bind(1, concept_id);
  if (statement.Step()) {
    const std::string_view packed = statement.Text(0);
    related.count = packed.size() / kRelativeBytes;
    for (std::size_t i = 0; i < std::min<std::size_t>(related.count, concepts_max); ++i) {
      std::uint32_t id = 0;
      std::memcpy(&id, packed.data() + i * kRelativeBytes, sizeof id);
      related.nearest.push_back(
          {.summary = SummaryById(id), .levels = static_cast<unsigned char>(packed[i * kRelativeBytes + sizeof id])});
    }
  }
  statement.Reset();
  return related;
}

RelatedConcepts LookupFile::Ancestors(std::int64_t concept_id, std::size_t concepts_max) {
  return Related(*ancestors_, concept_id, concepts_max);
}

RelatedConcepts LookupFile::Descendants(std::int64_t concept_id, std::size_t concepts_max) {
  return Related(*descendants_, concept_id, concepts_max);
}

}  // namespace pluginlake::omop
