// Turns the embedded list of demo concepts into the tables of a bundle.
#include "app/demo/vocabulary.h"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string_view>
#include <vector>

#include "app/demo/csv_table.h"
#include "app/demo/data.h"
#include "app/demo/inbox_file.h"

namespace pluginlake::app::demo {
namespace {

constexpr std::int64_t kFirstConceptId = 2'000'000'000;
constexpr int kVocabularyNumber = 1;
constexpr int kEnglishNumber = 61;
constexpr std::string_view kRelease = "DEMO 1";
constexpr std::string_view kFirstDay = "19700101";
constexpr std::string_view kLastDay = "20991231";

// A line of data/vocabulary.csv. A source ".Name" means that the concept stands for that domain, class or relationship;
// "VOCABULARY:code" that the code maps to it.
struct Entry {
  int number = 0;
  int parent = 0;  // 0 = none
  std::string domain;
  std::string concept_class;
  std::string name;
  std::string synonym;
  std::vector<std::string> sources;

  std::int64_t concept_id() const { return kFirstConceptId + number; }
  bool is_metadata() const { return domain == "Metadata" || domain == "Language"; }
};

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

// The codes that mean a concept; a kind of metadata has one, behind a point, which may hold blanks.
std::vector<std::string> SourcesOf(const std::string& text) {
  return text.starts_with('.') ? std::vector{text} : Words(text);
}

std::vector<Entry> ReadEntries() {
  const CsvTable table(data::kVocabulary);
  std::vector<Entry> entries;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    entries.push_back({.number = table.Integer(row, "number", 0),
                       .parent = table.Integer(row, "parent", 0),
                       .domain = table.Text(row, "domain"),
                       .concept_class = table.Text(row, "class"),
                       .name = table.Text(row, "name"),
                       .synonym = table.Text(row, "synonym"),
                       .sources = SourcesOf(std::string(table.Text(row, "sources")))});
  }
  return entries;
}

class VocabularyWriter {
 public:
  explicit VocabularyWriter(std::string folder) : folder_(std::move(folder)), entries_(ReadEntries()) {
    for (const Entry& entry : entries_) {
      by_number_[entry.number] = &entry;
    }
  }

  void Write() {
    std::filesystem::create_directories(folder_);
    WriteConcepts();
    WriteNames();
    WriteMetadata();
    WriteRelationships();
    WriteAncestors();
    WriteMap();
    InboxFile strength(folder_, "DRUG_STRENGTH.csv", {});
    strength.Line(
        "drug_concept_id\tingredient_concept_id\tamount_value\tamount_unit_concept_id\tnumerator_value\t"
        "numerator_unit_concept_id\tdenominator_value\tdenominator_unit_concept_id\tbox_size\tvalid_start_date\t"
        "valid_end_date\tinvalid_reason");
    strength.Close();
  }

 private:
  std::int64_t IdOf(std::string_view concept_class, std::string_view name) const {
    for (const Entry& entry : entries_) {
      if (entry.concept_class == concept_class && entry.sources == std::vector{"." + std::string(name)}) {
        return entry.concept_id();
      }
    }
    return kFirstConceptId;
  }

  void WriteConcepts() const {
    InboxFile file(folder_, "CONCEPT.csv", {});
    file.Line(
        "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\t"
        "valid_start_date\tvalid_end_date\tinvalid_reason");
    file.Line(fmt::format("0\tNo matching concept\tMetadata\tNone\tUndefined\t\tNo matching concept\t{}\t{}\t",
                          kFirstDay, kLastDay));
    for (const Entry& entry : entries_) {
      file.Line(fmt::format("{}\t{}\t{}\tDEMO\t{}\t{}\tD{}\t{}\t{}\t", entry.concept_id(), entry.name, entry.domain,
                            entry.concept_class, entry.is_metadata() ? "" : "S", entry.number, kFirstDay, kLastDay));
    }
    file.Close();
  }

  void WriteNames() const {
    InboxFile file(folder_, "CONCEPT_SYNONYM.csv", {});
    file.Line("concept_id\tconcept_synonym_name\tlanguage_concept_id");
    for (const Entry& entry : entries_) {
      if (!entry.synonym.empty()) {
        file.Line(fmt::format("{}\t{}\t{}", entry.concept_id(), entry.synonym, kFirstConceptId + kEnglishNumber));
      }
    }
    file.Close();
  }

  void WriteMetadata() const {
    InboxFile vocabularies(folder_, "VOCABULARY.csv", {});
    vocabularies.Line(
        "vocabulary_id\tvocabulary_name\tvocabulary_reference\tvocabulary_version\tvocabulary_concept_id");
    vocabularies.Line(fmt::format("DEMO\tFictional vocabulary of the demo\tpluginlake\t{}\t{}", kRelease,
                                  kFirstConceptId + kVocabularyNumber));
    vocabularies.Line(fmt::format("None\tNo vocabulary\tpluginlake\t{}\t{}", kRelease, kFirstConceptId));
    vocabularies.Close();
    WriteKind("DOMAIN.csv", "domain_id\tdomain_name\tdomain_concept_id", "Domain", "");
    WriteKind("CONCEPT_CLASS.csv", "concept_class_id\tconcept_class_name\tconcept_class_concept_id", "Concept Class",
              "Undefined");
    InboxFile relationships(folder_, "RELATIONSHIP.csv", {});
    relationships.Line(
        "relationship_id\trelationship_name\tis_hierarchical\tdefines_ancestry\treverse_relationship_id\t"
        "relationship_concept_id");
    relationships.Line(fmt::format("Maps to\tMaps to\t0\t0\tMapped from\t{}", IdOf("Relationship", "Maps to")));
    relationships.Line(fmt::format("Mapped from\tMapped from\t0\t0\tMaps to\t{}", IdOf("Relationship", "Mapped from")));
    relationships.Line(fmt::format("Is a\tIs a\t1\t0\tSubsumes\t{}", IdOf("Relationship", "Is a")));
    relationships.Line(fmt::format("Subsumes\tSubsumes\t1\t1\tIs a\t{}", IdOf("Relationship", "Subsumes")));
    relationships.Close();
  }

  // Writes the table of domains or of classes: one row an entry of that class, and one for `other` if it has a name.
  void WriteKind(const std::string& name, std::string_view head, std::string_view concept_class,
                 std::string_view other) const {
    InboxFile file(folder_, name, {});
    file.Line(head);
    for (const Entry& entry : entries_) {
      if (entry.concept_class == concept_class) {
        const std::string_view id = std::string_view(entry.sources.front()).substr(1);
        file.Line(fmt::format("{}\t{}\t{}", id, id, entry.concept_id()));
      }
    }
    if (!other.empty()) {
      file.Line(fmt::format("{}\t{}\t{}", other, other, kFirstConceptId));
    }
    file.Close();
  }

  void WriteRelationships() const {
    InboxFile file(folder_, "CONCEPT_RELATIONSHIP.csv", {});
    file.Line("concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date\tvalid_end_date\tinvalid_reason");
    const auto relate = [&file](std::int64_t one, std::int64_t two, std::string_view how) {
      file.Line(fmt::format("{}\t{}\t{}\t{}\t{}\t", one, two, how, kFirstDay, kLastDay));
    };
    for (const Entry& entry : entries_) {
      if (entry.is_metadata()) {
        continue;
      }
      relate(entry.concept_id(), entry.concept_id(), "Maps to");
      relate(entry.concept_id(), entry.concept_id(), "Mapped from");
      if (entry.parent > 0) {
        relate(entry.concept_id(), kFirstConceptId + entry.parent, "Is a");
        relate(kFirstConceptId + entry.parent, entry.concept_id(), "Subsumes");
      }
    }
    file.Close();
  }

  void WriteAncestors() const {
    InboxFile file(folder_, "CONCEPT_ANCESTOR.csv", {});
    file.Line("ancestor_concept_id\tdescendant_concept_id\tmin_levels_of_separation\tmax_levels_of_separation");
    for (const Entry& entry : entries_) {
      int levels = 0;
      for (const Entry* ancestor = entry.is_metadata() ? nullptr : &entry; ancestor != nullptr;
           ancestor = ancestor->parent > 0 ? by_number_.at(ancestor->parent) : nullptr) {
        file.Line(fmt::format("{}\t{}\t{}\t{}", ancestor->concept_id(), entry.concept_id(), levels, levels));
        ++levels;
      }
    }
    file.Close();
  }

  void WriteMap() const {
    InboxFile file(folder_, "SOURCE_TO_CONCEPT_MAP.csv", {});
    file.Line(
        "source_code\tsource_concept_id\tsource_vocabulary_id\tsource_code_description\ttarget_concept_id\t"
        "target_vocabulary_id\tvalid_start_date\tvalid_end_date\tinvalid_reason");
    for (const Entry& entry : entries_) {
      for (const std::string& source : entry.sources) {
        const std::size_t colon = source.find(':');
        if (!source.starts_with('.') && colon != std::string::npos) {
          file.Line(fmt::format("{}\t0\t{}\t{}\t{}\tDEMO\t{}\t{}\t", source.substr(colon + 1), source.substr(0, colon),
                                entry.name, entry.concept_id(), kFirstDay, kLastDay));
        }
      }
    }
    file.Close();
  }

  std::string folder_;
  std::vector<Entry> entries_;
  std::map<int, const Entry*> by_number_;
};

}  // namespace

void WriteVocabulary(const std::string& folder) { VocabularyWriter(folder).Write(); }

}  // namespace pluginlake::app::demo
