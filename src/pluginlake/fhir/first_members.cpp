// A lenient scan, byte by byte: only broken documents come here.
#include "pluginlake/fhir/first_members.h"

#include "pluginlake/fhir/resource_types.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kBytesMax = 65'536;

// Reads tokens off the front of a text; `good` is false once nothing sensible follows.
struct TokenReader {
  std::string_view rest;
  bool good = true;

  void SkipSpace() {
    const std::size_t start = rest.find_first_not_of(" \t\r\n");
    rest.remove_prefix(start == std::string_view::npos ? rest.size() : start);
  }

  bool Take(char sign) {
    SkipSpace();
    const bool there = rest.starts_with(sign);
    rest.remove_prefix(there ? 1 : 0);
    return there;
  }

  // Takes a string and returns what is between its quotes, escapes and all.
  std::string_view String() {
    good = good && Take('"');
    for (std::size_t at = 0; good && at < rest.size(); ++at) {
      if (rest[at] == '"') {
        const std::string_view content = rest.substr(0, at);
        rest.remove_prefix(at + 1);
        return content;
      }
      at += rest[at] == '\\' ? 1U : 0U;
    }
    good = false;
    return {};
  }

  // Takes a value with all it holds, up to the ',' or '}' that ends its member; returns it when it is a string.
  std::string_view Value() {
    SkipSpace();
    if (rest.starts_with('"')) {
      return String();
    }
    std::size_t depth = 0;
    while (good && !rest.empty() && (depth > 0 || (rest.front() != ',' && rest.front() != '}'))) {
      const char sign = rest.front();
      if (sign == '"') {
        String();
        continue;
      }
      depth += sign == '{' || sign == '[' ? 1 : 0;
      depth -= (sign == '}' || sign == ']') && depth > 0 ? 1 : 0;
      rest.remove_prefix(1);
    }
    return {};
  }
};

}  // namespace

FirstMembers ReadFirstMembers(std::string_view json) {
  FirstMembers members;
  TokenReader reader{json.substr(0, kBytesMax)};
  reader.good = reader.Take('{');
  while (reader.good) {
    const std::string_view name = reader.String();
    reader.good = reader.good && reader.Take(':');
    const std::string_view value = reader.good ? reader.Value() : std::string_view{};
    if (reader.good && name == "resourceType" && IsResourceType(value)) {
      members.resource_type = value;
    } else if (reader.good && name == "id" && IsResourceId(value)) {
      members.resource_id = value;
    }
    reader.good = reader.good && reader.Take(',');
  }
  return members;
}

}  // namespace pluginlake::fhir
