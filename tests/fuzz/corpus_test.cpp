// Runs the kept inputs of each target, and a few thousand damaged copies of them: what `make test` has time for.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz_targets.h"

namespace pluginlake::fuzz {
namespace {

constexpr std::uint32_t kSeed = 20241126;
constexpr int kCopies = 3000;

using Target = std::function<void(std::string_view)>;

std::vector<std::string> ReadCorpus(const std::string& name) {
  std::vector<std::string> inputs;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(PLUGINLAKE_FUZZ_CORPUS) + "/" + name)) {
    std::ifstream in(entry.path(), std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::ranges::sort(inputs);
  return inputs;
}

void Damage(std::string& text, const std::vector<std::string>& corpus, std::mt19937& random) {
  const auto any = [&random](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, std::max<std::size_t>(below, 1) - 1)(random);
  };
  const std::size_t at = any(text.size());
  switch (any(4)) {
    case 0:
      text.erase(at, 1 + any(12));
      break;
    case 1:
      text.insert(at, 1, static_cast<char>(any(128)));
      break;
    case 2:
      text.insert(at, text.substr(any(text.size()), any(60)));
      break;
    default: {
      const std::string& other = corpus[any(corpus.size())];
      text.insert(at, other.substr(any(other.size()), any(60)));
    }
  }
}

void RunAll(const std::string& name, const Target& target) {
  const std::vector<std::string> corpus = ReadCorpus(name);
  ASSERT_FALSE(corpus.empty());
  for (const std::string& input : corpus) {
    target(input);
  }
  std::mt19937 random(kSeed);
  for (int round = 0; round < kCopies; ++round) {
    std::string input = corpus[static_cast<std::size_t>(round) % corpus.size()];
    for (int damage = 1 + round % 3; damage > 0; --damage) {
      Damage(input, corpus, random);
    }
    target(input);
  }
}

TEST(CorpusTest, FhirReader) { RunAll("fhir_reader", ReadResource); }
TEST(CorpusTest, FhirPath) { RunAll("fhirpath", ParseFhirPath); }
TEST(CorpusTest, ViewDefinition) { RunAll("view_definition", CompileView); }

}  // namespace
}  // namespace pluginlake::fuzz
