// Random JSON documents from a seed, and many ways to write down the same one.
#pragma once

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace pluginlake::fhir {

struct RandomValue {
  enum class Kind { kLiteral, kString, kArray, kObject };
  Kind kind = Kind::kLiteral;
  std::u32string text;  // a string's content, or the token of a number or literal
  std::vector<std::pair<std::u32string, RandomValue>> members;  // of an object; of an array with empty names
};

// Returns a Basic resource with a random tree below `x`.
RandomValue MakeRandomResource(std::mt19937& random);

// Returns `value` as JSON with members in a random order, random white space and random escapes.
std::string WriteRandomly(const RandomValue& value, std::mt19937& random);

// Changes one random leaf below `x` to something else; a tree without leaves gets one.
void ChangeOneLeaf(RandomValue& resource, std::mt19937& random);

}  // namespace pluginlake::fhir
