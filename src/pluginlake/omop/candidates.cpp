// Searches with all words of a name, and with ever fewer while nothing is found.
#include "pluginlake/omop/candidates.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

namespace pluginlake::omop {
namespace {

constexpr std::size_t kHitsMax = 20;
constexpr std::size_t kWordsMax = 8;        // of longer names no word is left out: one of many says little
constexpr std::size_t kWordLettersMin = 5;  // a shorter word alone says nothing

std::vector<std::string> WordsOf(const std::string& name) {
  std::istringstream in(name);
  std::vector<std::string> words;
  for (std::string word; in >> word;) {
    words.push_back(std::move(word));
  }
  return words;
}

// The texts to search for, the best first: all words; all but one; one.
std::vector<std::vector<std::string>> TextsOf(const std::string& name) {
  std::vector<std::vector<std::string>> texts{{name}};
  std::vector<std::string> words = WordsOf(name);
  if (words.size() < 2 || words.size() > kWordsMax) {
    return texts;
  }
  texts.emplace_back();
  for (std::size_t left_out = 0; words.size() > 2 && left_out < words.size(); ++left_out) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
      text += i == left_out ? "" : words[i] + " ";
    }
    texts.back().push_back(text);
  }
  std::ranges::stable_sort(words, std::greater{}, &std::string::size);
  for (std::string& word : words) {
    if (word.size() >= kWordLettersMin) {
      texts.push_back({std::move(word)});
    }
  }
  return texts;
}

void Add(ConceptSummary summary, std::vector<ConceptSummary>& candidates) {
  const bool is_new = std::ranges::none_of(
      candidates, [&](const ConceptSummary& each) { return each.concept_id == summary.concept_id; });
  if (is_new) {
    candidates.push_back(std::move(summary));
  }
}

void AddStandardOf(LookupFile& file, SearchHit hit, std::vector<ConceptSummary>& candidates) {
  if (hit.summary.standard && hit.summary.invalid_reason.empty()) {
    Add(std::move(hit.summary), candidates);
    return;
  }
  std::optional<CodeMeaning> meaning = file.LookUp(hit.summary.vocabulary_id, hit.summary.code);
  if (meaning) {
    for (CodeTarget& target : meaning->targets) {
      Add(std::move(target.meaning), candidates);
    }
  }
}

}  // namespace

std::vector<ConceptSummary> FindCandidates(LookupFile& file, const std::string& name, const std::string& domain_id,
                                           std::size_t concepts_max) {
  std::vector<ConceptSummary> candidates;
  for (const std::vector<std::string>& texts : TextsOf(name)) {
    for (const std::string& text : texts) {
      for (SearchHit& hit : file.Search(text, kHitsMax)) {
        AddStandardOf(file, std::move(hit), candidates);
      }
    }
    if (!candidates.empty()) {
      break;
    }
  }
  std::ranges::stable_partition(candidates, [&](const ConceptSummary& each) { return each.domain_id == domain_id; });
  candidates.resize(std::min(candidates.size(), concepts_max));
  return candidates;
}

}  // namespace pluginlake::omop
