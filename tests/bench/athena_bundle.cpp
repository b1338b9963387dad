// Writes a made-up Athena bundle of any size: closed keys, mapped codes, names of common and rare words.
//
//   athena_bundle FOLDER [--concepts N] [--relationships N] [--ancestors N] [--release NAME] [--version N]
//
// The same arguments give the same bytes. No row is of a real vocabulary; the names of the vocabularies are, so that
// the checks and look-ups meet what they expect. 10000000, 50000000 and 90000000 are a full release. Another --version
// maps and names some concepts otherwise, as a next release does.
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::uint64_t kFirstId = 60'000'000;  // generated concepts; below are those that every release has
constexpr std::string_view kDates = "19700101\t20991231\t";

struct Options {
  std::string folder;
  std::uint64_t concepts = 100'000;
  std::uint64_t relationships = 500'000;
  std::uint64_t ancestors = 900'000;
  std::uint64_t version = 1;
  std::string release = "v5.0 made up";
};

struct Vocabulary {
  std::string_view id;
  int share;  // of 1,000
  bool standard;
  std::array<std::string_view, 4> domains;
  std::string_view concept_class;
};

constexpr std::array kVocabularies = {
    Vocabulary{"SNOMED", 100, true, {"Condition", "Procedure", "Observation", "Measurement"}, "Clinical Finding"},
    Vocabulary{"RxNorm", 30, true, {"Drug", "Drug", "Drug", "Drug"}, "Clinical Drug"},
    Vocabulary{"RxNorm Extension", 230, true, {"Drug", "Drug", "Drug", "Drug"}, "Marketed Product"},
    Vocabulary{"LOINC", 30, true, {"Measurement", "Measurement", "Observation", "Measurement"}, "Lab Test"},
    Vocabulary{"UCUM", 1, true, {"Unit", "Unit", "Unit", "Unit"}, "Unit"},
    Vocabulary{"CVX", 1, true, {"Drug", "Drug", "Drug", "Drug"}, "CVX"},
    Vocabulary{"ICD10PCS", 28, true, {"Procedure", "Procedure", "Procedure", "Procedure"}, "ICD10PCS"},
    Vocabulary{"ICD10CM", 20, false, {"Condition", "Condition", "Observation", "Condition"}, "5-char billing code"},
    Vocabulary{"ICD10", 4, false, {"Condition", "Condition", "Observation", "Condition"}, "ICD10 code"},
    Vocabulary{"ATC", 1, false, {"Drug", "Drug", "Drug", "Drug"}, "ATC 5th"},
    Vocabulary{"NDC", 255, false, {"Drug", "Drug", "Drug", "Drug"}, "11-digit NDC"},
    Vocabulary{"SPL", 150, false, {"Drug", "Drug", "Drug", "Drug"}, "Prescription Drug"},
    Vocabulary{"dm+d", 150, false, {"Drug", "Drug", "Device", "Drug"}, "AMPP"},
};

struct Fixed {
  std::uint64_t id;
  std::string_view name, domain, vocabulary, concept_class, standard;
};

// What rules of conversion name by number, and what the small tables stand on.
constexpr std::array kFixed = {
    Fixed{0, "No matching concept", "Metadata", "None", "Undefined", ""},
    Fixed{1, "Made-up vocabulary", "Metadata", "Vocabulary", "Vocabulary", ""},
    Fixed{2, "Made-up domain", "Metadata", "Domain", "Domain", ""},
    Fixed{3, "Made-up class", "Metadata", "Concept Class", "Concept Class", ""},
    Fixed{4, "Made-up relationship", "Metadata", "Relationship", "Relationship", ""},
    Fixed{8507, "MALE", "Gender", "Gender", "Gender", "S"},
    Fixed{8532, "FEMALE", "Gender", "Gender", "Gender", "S"},
    Fixed{9201, "Inpatient stay", "Visit", "Visit", "Visit", "S"},
    Fixed{9202, "Outpatient contact", "Visit", "Visit", "Visit", "S"},
    Fixed{9203, "Emergency contact", "Visit", "Visit", "Visit", "S"},
    Fixed{32817, "Health record", "Type Concept", "Type Concept", "Type Concept", "S"},
    Fixed{32818, "Administration record", "Type Concept", "Type Concept", "Type Concept", "S"},
    Fixed{32827, "Encounter record", "Type Concept", "Type Concept", "Type Concept", "S"},
    Fixed{32833, "Order", "Type Concept", "Type Concept", "Type Concept", "S"},
    Fixed{32838, "Prescription", "Type Concept", "Type Concept", "Type Concept", "S"},
    Fixed{32840, "Problem list", "Type Concept", "Type Concept", "Type Concept", "S"},
    Fixed{32856, "Laboratory", "Type Concept", "Type Concept", "Type Concept", "S"},
    Fixed{32865, "Self-report", "Type Concept", "Type Concept", "Type Concept", "S"},
    Fixed{32893, "Confirmed", "Condition Status", "Condition Status", "Condition Status", "S"},
    Fixed{4180186, "English", "Language", "SNOMED", "Qualifier Value", "S"},
    Fixed{4182503, "Dutch", "Language", "SNOMED", "Qualifier Value", "S"},
    Fixed{4188539, "Yes", "Meas Value", "SNOMED", "Qualifier Value", "S"},
    Fixed{4188540, "No", "Meas Value", "SNOMED", "Qualifier Value", "S"},
};

std::uint64_t Mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

class File {
 public:
  File(const std::string& folder, const std::string& name, std::string_view head)
      : out_(std::fopen((folder + "/" + name).c_str(), "wb")) {
    if (out_ == nullptr) {
      std::perror(name.c_str());
      std::exit(1);
    }
    buffer_ += head;
    buffer_ += '\n';
  }
  ~File() {
    Flush();
    std::fclose(out_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  template <typename... Parts>
  void Line(fmt::format_string<Parts...> format, Parts&&... parts) {
    fmt::format_to(std::back_inserter(buffer_), format, std::forward<Parts>(parts)...);
    buffer_ += '\n';
    ++lines_;
    if (buffer_.size() > (1U << 20)) {
      Flush();
    }
  }
  std::uint64_t lines() const { return lines_; }

 private:
  void Flush() {
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), out_) != buffer_.size()) {
      std::perror("write");
      std::exit(1);
    }
    buffer_.clear();
  }

  std::FILE* out_;
  std::string buffer_;
  std::uint64_t lines_ = 0;
};

// Words as names have them: a few in every name, many in few.
class Words {
 public:
  Words() {
    constexpr std::array<std::string_view, 16> kSyllables = {"ka",  "lo",  "mi",  "ren", "tos", "ula", "vin", "dar",
                                                             "eph", "gon", "ile", "bri", "sul", "pha", "ox",  "yte"};
    for (std::uint64_t i = 0; i < 40'000; ++i) {
      const std::uint64_t bits = Mix(i);
      std::string word;
      for (std::uint64_t s = 0; s < 2 + bits % 3; ++s) {
        word += kSyllables[(bits >> (8 + 4 * s)) & 15];
      }
      words_.push_back(word + (i < 3'000 ? "" : fmt::format("{:x}", i & 0xFF)));
    }
  }

  std::string Name(std::uint64_t seed, bool product) const {
    std::string name;
    const std::uint64_t count = 2 + Mix(seed) % 5;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t bits = Mix(seed * 31 + i);
      // Squared twice: word 0 is in one name of a few, word 39,999 in one of many thousands.
      const double unit = static_cast<double>(bits >> 11) / 9007199254740992.0;
      const auto rank = static_cast<std::size_t>(unit * unit * unit * unit * static_cast<double>(words_.size()));
      name += (name.empty() ? "" : " ") + words_[rank];
    }
    return product ? fmt::format("{} {} MG Oral Tablet Box of {} by {}", name, 5 * (1 + seed % 100),
                                 10 * (1 + seed % 9), words_[Mix(seed) % 500])
                   : name;
  }

 private:
  std::vector<std::string> words_;
};

class Generator {
 public:
  explicit Generator(Options options) : options_(std::move(options)) {
    std::uint64_t start = 0;
    for (const Vocabulary& vocabulary : kVocabularies) {
      starts_.push_back(start);
      start += options_.concepts * static_cast<std::uint64_t>(vocabulary.share) / 1000;
      if (vocabulary.standard) {
        standards_ = start;  // standard vocabularies come first
      }
    }
    starts_.push_back(options_.concepts);
    // An odd step without a common factor visits every concept once, in no order.
    step_ = options_.concepts / 2 + 1;
    while (Gcd(step_, options_.concepts) != 1) {
      ++step_;
    }
  }

  void Write() {
    std::filesystem::create_directories(options_.folder);
    WriteConcepts();
    WriteRelationships();
    WriteAncestors();
    WriteSynonyms();
    WriteStrengths();
    WriteSmallTables();
  }

 private:
  static std::uint64_t Gcd(std::uint64_t a, std::uint64_t b) { return b == 0 ? a : Gcd(b, a % b); }
  static std::uint64_t IdOf(std::uint64_t index) { return kFirstId + index * 4 + Mix(index) % 4; }

  // Calls `take` with every generated concept's index, in no order.
  template <typename Take>
  void ForEach(const Take& take) const {
    std::uint64_t index = 0;
    for (std::uint64_t i = 0; i < options_.concepts; ++i) {
      take(index);
      index += step_;
      index -= index >= options_.concepts ? options_.concepts : 0;
    }
  }

  std::size_t VocabularyOf(std::uint64_t index) const {
    std::size_t found = 0;
    while (starts_[found + 1] <= index) {
      ++found;
    }
    return found;
  }

  // Some concepts change with the version: another name, another target.
  std::uint64_t Changed(std::uint64_t index) const { return Mix(index) % 50 == 0 ? options_.version : 1; }

  // The standard concept that a source concept maps to; 5 of 100 have none.
  bool HasTarget(std::uint64_t index) const { return index < standards_ || Mix(index + 7) % 20 != 0; }
  std::uint64_t TargetOf(std::uint64_t index) const {
    return index < standards_ ? index : Mix(index * 3 + Changed(index)) % standards_;
  }

  static std::string CodeOf(std::string_view vocabulary, std::uint64_t index) {
    if (vocabulary.starts_with("ICD10")) {
      return fmt::format("{:c}{:02}.{}", static_cast<char>('A' + index % 26), index / 26 % 100, index / 2600);
    }
    if (vocabulary == "LOINC") {
      return fmt::format("{}-{}", 1000 + index, index % 10);
    }
    return fmt::format("{}", 100'000 + index * 7);
  }

  void WriteConcepts() {
    File file(options_.folder, "CONCEPT.csv",
              "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\t"
              "valid_start_date\tvalid_end_date\tinvalid_reason");
    for (const Fixed& fixed : kFixed) {
      file.Line("{}\t{}\t{}\t{}\t{}\t{}\tOMOP{}\t{}", fixed.id, fixed.name, fixed.domain, fixed.vocabulary,
                fixed.concept_class, fixed.standard, fixed.id, kDates);
    }
    ForEach([&](std::uint64_t index) {
      const Vocabulary& vocabulary = kVocabularies[VocabularyOf(index)];
      const bool invalid = !vocabulary.standard && Mix(index + 1) % 12 == 0;
      file.Line("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", IdOf(index),
                words_.Name(index * 64 + Changed(index), vocabulary.id == "RxNorm Extension" || vocabulary.id == "NDC"),
                vocabulary.domains[index % 4], vocabulary.id, vocabulary.concept_class, vocabulary.standard ? "S" : "",
                CodeOf(vocabulary.id, index), invalid ? "20020101\t20201231\tD" : kDates);
    });
  }

  void WriteRelationships() {
    File file(options_.folder, "CONCEPT_RELATIONSHIP.csv",
              "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date\tvalid_end_date\tinvalid_reason");
    const auto pair = [&file](std::uint64_t one, std::uint64_t two, std::string_view how, std::string_view back) {
      file.Line("{}\t{}\t{}\t{}", one, two, how, kDates);
      file.Line("{}\t{}\t{}\t{}", two, one, back, kDates);
    };
    for (const Fixed& fixed : kFixed) {
      if (fixed.standard == "S") {
        pair(fixed.id, fixed.id, "Maps to", "Mapped from");
      }
    }
    ForEach([&](std::uint64_t index) {
      if (HasTarget(index)) {
        pair(IdOf(index), IdOf(TargetOf(index)), "Maps to", "Mapped from");
      }
      if (index > 0 && index < standards_) {
        pair(IdOf(index), IdOf((index - 1) / 2), "Is a", "Subsumes");
      }
    });
    for (std::uint64_t i = 0; file.lines() + 1 < options_.relationships; ++i) {
      pair(IdOf(i % options_.concepts), IdOf((Mix(i % options_.concepts) + i / options_.concepts) % standards_),
           "Has ingredient", "Ingredient of");
    }
  }

  void WriteAncestors() {
    File file(options_.folder, "CONCEPT_ANCESTOR.csv",
              "ancestor_concept_id\tdescendant_concept_id\tmin_levels_of_separation\tmax_levels_of_separation");
    ForEach([&](std::uint64_t index) {
      if (index >= standards_ || file.lines() >= options_.ancestors) {
        return;
      }
      std::uint64_t ancestor = index;
      for (int levels = 0;; ++levels) {
        file.Line("{}\t{}\t{}\t{}", IdOf(ancestor), IdOf(index), levels, levels);
        if (ancestor == 0) {
          return;
        }
        ancestor = (ancestor - 1) / 2;
      }
    });
  }

  void WriteSynonyms() {
    File file(options_.folder, "CONCEPT_SYNONYM.csv", "concept_id\tconcept_synonym_name\tlanguage_concept_id");
    ForEach([&](std::uint64_t index) {
      if (Mix(index + 3) % 3 == 0) {
        file.Line("{}\t{}\t{}", IdOf(index), words_.Name(index * 64 + 17, false), index % 9 == 0 ? 4182503 : 4180186);
      }
    });
  }

  void WriteStrengths() {
    File file(options_.folder, "DRUG_STRENGTH.csv",
              "drug_concept_id\tingredient_concept_id\tamount_value\tamount_unit_concept_id\tnumerator_value\t"
              "numerator_unit_concept_id\tdenominator_value\tdenominator_unit_concept_id\tbox_size\tvalid_start_date\t"
              "valid_end_date\tinvalid_reason");
    for (std::uint64_t index = starts_[2]; index < starts_[3]; ++index) {
      file.Line("{}\t{}\t{}\t{}\t\t\t\t\t{}\t{}", IdOf(index), IdOf(starts_[1] + index % 1000), 5 * (1 + index % 100),
                IdOf(starts_[4]), 10 * (1 + index % 9), kDates);
    }
  }

  void WriteSmallTables() {
    File vocabularies(
        options_.folder, "VOCABULARY.csv",
        "vocabulary_id\tvocabulary_name\tvocabulary_reference\tvocabulary_version\tvocabulary_concept_id");
    vocabularies.Line("None\tNo vocabulary\t\t{}\t1", options_.release);
    for (const std::string_view id : {"Vocabulary", "Domain", "Concept Class", "Relationship", "Gender", "Visit",
                                      "Type Concept", "Condition Status"}) {
      vocabularies.Line("{0}\t{0}\t\t\t1", id);
    }
    for (const Vocabulary& vocabulary : kVocabularies) {
      vocabularies.Line("{0}\t{0}, made up\t\t{1}\t1", vocabulary.id, options_.release);
    }
    WriteNames("DOMAIN.csv", "domain_id\tdomain_name\tdomain_concept_id", 2,
               {"Metadata", "Condition", "Procedure", "Observation", "Measurement", "Drug", "Device", "Unit", "Gender",
                "Visit", "Type Concept", "Condition Status", "Language", "Meas Value"});
    std::vector<std::string_view> classes = {"Undefined",        "Vocabulary",     "Domain", "Concept Class",
                                             "Relationship",     "Gender",         "Visit",  "Type Concept",
                                             "Condition Status", "Qualifier Value"};
    for (const Vocabulary& vocabulary : kVocabularies) {
      classes.push_back(vocabulary.concept_class);
    }
    WriteNames("CONCEPT_CLASS.csv", "concept_class_id\tconcept_class_name\tconcept_class_concept_id", 3, classes);
    File relationships(
        options_.folder, "RELATIONSHIP.csv",
        "relationship_id\trelationship_name\tis_hierarchical\tdefines_ancestry\treverse_relationship_id\t"
        "relationship_concept_id");
    for (const auto& [how, back] : {std::pair{"Maps to", "Mapped from"}, std::pair{"Is a", "Subsumes"},
                                    std::pair{"Has ingredient", "Ingredient of"}}) {
      relationships.Line("{0}\t{0}\t0\t0\t{1}\t4", how, back);
      relationships.Line("{1}\t{1}\t0\t0\t{0}\t4", how, back);
    }
  }

  void WriteNames(const std::string& name, std::string_view head, int concept_id,
                  const std::vector<std::string_view>& ids) const {
    File file(options_.folder, name, head);
    for (const std::string_view id : ids) {
      file.Line("{0}\t{0}\t{1}", id, concept_id);
    }
  }

  Options options_;
  Words words_;
  std::vector<std::uint64_t> starts_;  // of each vocabulary, and the end
  std::uint64_t standards_ = 0;        // concepts below are of standard vocabularies
  std::uint64_t step_ = 1;
};

Options ReadOptions(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (!name.starts_with("--")) {
      options.folder = name;
      continue;
    }
    if (i + 1 == count) {
      break;
    }
    const char* value = arguments[++i];
    if (name == "--release") {
      options.release = value;
    } else {
      std::uint64_t& number = name == "--concepts"        ? options.concepts
                              : name == "--relationships" ? options.relationships
                              : name == "--ancestors"     ? options.ancestors
                                                          : options.version;
      number = std::strtoull(value, nullptr, 10);
    }
  }
  return options;
}

}  // namespace

int main(int count, char** arguments) {
  Options options = ReadOptions(count, arguments);
  if (options.folder.empty() || options.concepts < 10'000) {
    std::fputs(
        "athena_bundle FOLDER [--concepts N (at least 10000)] [--relationships N] [--ancestors N] "
        "[--release NAME] [--version N]\n",
        stderr);
    return 2;
  }
  Generator(std::move(options)).Write();
  return 0;
}
