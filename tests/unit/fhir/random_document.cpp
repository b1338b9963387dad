// Small alphabets, so that names share prefixes and strings meet every kind of escape.
#include "random_document.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <set>
#include <string_view>

namespace pluginlake::fhir {

namespace {

std::size_t Below(std::size_t bound, std::mt19937& random) { return random() % bound; }

std::u32string RandomText(std::size_t length_max, std::mt19937& random) {
  static constexpr std::u32string_view kAlphabet = U"aaab \"\\/\n\t\u0001\u007f\u00e9\u20ac\U0001F600\u0000";
  std::u32string text;
  for (std::size_t left = Below(length_max + 1, random); left > 0; --left) {
    text.push_back(kAlphabet[Below(kAlphabet.size(), random)]);
  }
  return text;
}

std::u32string RandomLiteral(std::mt19937& random) {
  static constexpr std::array<std::u32string_view, 10> kLiterals = {U"null", U"true", U"false", U"0",    U"-0.10",
                                                                    U"1",    U"1.0",  U"1.00",  U"12e3", U"4.5E-07"};
  return std::u32string(kLiterals[Below(kLiterals.size(), random)]);
}

RandomValue RandomTree(std::size_t depth_left, std::mt19937& random) {
  const std::size_t choice = Below(depth_left == 0 ? 2 : 4, random);
  if (choice == 0) {
    return {RandomValue::Kind::kLiteral, RandomLiteral(random), {}};
  }
  if (choice == 1) {
    return {RandomValue::Kind::kString, RandomText(40, random), {}};
  }
  RandomValue value{choice == 2 ? RandomValue::Kind::kArray : RandomValue::Kind::kObject, {}, {}};
  std::set<std::u32string> names;
  for (std::size_t left = Below(Below(20, random) == 0 ? 90 : 7, random); left > 0; --left) {
    const std::u32string name = RandomText(12, random);
    if (choice == 2 || names.insert(name).second) {
      value.members.emplace_back(choice == 2 ? U"" : name, RandomTree(depth_left - 1, random));
    }
  }
  return value;
}

void AppendUtf8(char32_t point, std::string& out) {
  const auto byte = [&](std::uint32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | (point >> 6));
  } else if (point < 0x10000) {
    byte(0xE0 | (point >> 12));
  } else {
    byte(0xF0 | (point >> 18));
    byte(0x80 | ((point >> 12) & 0x3F));
  }
  if (point >= 0x800) {
    byte(0x80 | ((point >> 6) & 0x3F));
  }
  if (point >= 0x80) {
    byte(0x80 | (point & 0x3F));
  }
}

void AppendEscapedUnit(std::uint32_t unit, std::mt19937& random, std::string& out) {
  std::array<char, 8> digits{};
  std::snprintf(digits.data(), digits.size(), Below(2, random) == 0 ? "\\u%04x" : "\\u%04X", unit);
  out.append(digits.data());
}

void AppendCharacter(char32_t point, std::mt19937& random, std::string& out) {
  static constexpr std::u32string_view kShort = U"\"\\/\n\t";
  static constexpr std::string_view kLetters = "\"\\/nt";
  const std::size_t which = kShort.find(point);
  const bool must = point < 0x20 || point == '"' || point == '\\';
  if (!must && Below(4, random) != 0) {
    AppendUtf8(point, out);
  } else if (which != std::u32string_view::npos && Below(2, random) == 0) {
    out.push_back('\\');
    out.push_back(kLetters[which]);
  } else if (point < 0x10000) {
    AppendEscapedUnit(point, random, out);
  } else {
    AppendEscapedUnit(0xD800 + ((point - 0x10000) >> 10), random, out);
    AppendEscapedUnit(0xDC00 + ((point - 0x10000) & 0x3FF), random, out);
  }
}

void AppendSpace(std::mt19937& random, std::string& out) {
  static constexpr std::string_view kSpaces = " \n\r\t";
  for (std::size_t left = Below(3, random); left > 0; --left) {
    out.push_back(kSpaces[Below(kSpaces.size(), random)]);
  }
}

void AppendString(const std::u32string& text, std::mt19937& random, std::string& out) {
  out.push_back('"');
  for (const char32_t point : text) {
    AppendCharacter(point, random, out);
  }
  out.push_back('"');
}

void AppendValue(const RandomValue& value, std::mt19937& random, std::string& out) {
  AppendSpace(random, out);
  if (value.kind == RandomValue::Kind::kString) {
    AppendString(value.text, random, out);
  } else if (value.kind == RandomValue::Kind::kLiteral) {
    std::ranges::for_each(value.text, [&](char32_t point) { AppendUtf8(point, out); });
  } else {
    const bool is_object = value.kind == RandomValue::Kind::kObject;
    std::vector<std::size_t> order(value.members.size());
    std::ranges::generate(order, [next = std::size_t{0}]() mutable { return next++; });
    if (is_object) {
      std::ranges::shuffle(order, random);
    }
    out.push_back(is_object ? '{' : '[');
    for (std::size_t at = 0; at < order.size(); ++at) {
      out.append(at == 0 ? "" : ",");
      if (is_object) {
        AppendSpace(random, out);
        AppendString(value.members[order[at]].first, random, out);
        AppendSpace(random, out);
        out.push_back(':');
      }
      AppendValue(value.members[order[at]].second, random, out);
    }
    AppendSpace(random, out);
    out.push_back(is_object ? '}' : ']');
  }
  AppendSpace(random, out);
}

void CollectLeaves(RandomValue& value, std::vector<RandomValue*>& leaves) {
  if (value.kind == RandomValue::Kind::kLiteral || value.kind == RandomValue::Kind::kString) {
    leaves.push_back(&value);
  }
  for (auto& [name, member] : value.members) {
    CollectLeaves(member, leaves);
  }
}

}  // namespace

RandomValue MakeRandomResource(std::mt19937& random) {
  RandomValue resource{RandomValue::Kind::kObject, {}, {}};
  resource.members.emplace_back(U"resourceType", RandomValue{RandomValue::Kind::kString, U"Basic", {}});
  resource.members.emplace_back(U"id", RandomValue{RandomValue::Kind::kString, U"a", {}});
  resource.members.emplace_back(U"x", RandomTree(5, random));
  return resource;
}

std::string WriteRandomly(const RandomValue& value, std::mt19937& random) {
  std::string out;
  AppendValue(value, random, out);
  return out;
}

void ChangeOneLeaf(RandomValue& resource, std::mt19937& random) {
  RandomValue& tree = resource.members.back().second;
  std::vector<RandomValue*> leaves;
  CollectLeaves(tree, leaves);
  if (leaves.empty()) {
    tree = {RandomValue::Kind::kLiteral, U"7", {}};
    return;
  }
  RandomValue& leaf = *leaves[Below(leaves.size(), random)];
  const bool is_number =
      leaf.kind == RandomValue::Kind::kLiteral && leaf.text.find_first_of(U"0123456789") != leaf.text.npos;
  if (is_number && leaf.text != U"0") {
    leaf.text.push_back('0');
  } else if (leaf.kind == RandomValue::Kind::kLiteral) {
    leaf.text = leaf.text == U"true" ? U"false" : U"true";
  } else if (leaf.text.empty() || Below(2, random) == 0) {
    leaf.text.insert(leaf.text.begin() + static_cast<std::ptrdiff_t>(Below(leaf.text.size() + 1, random)), U'z');
  } else {
    leaf.text[Below(leaf.text.size(), random)] = U'z';
  }
}

}  // namespace pluginlake::fhir
