// Tells the forms of a reference apart, the frequent ones first.
#include "pluginlake/fhir/reference.h"

#include <algorithm>
#include <optional>

#include "pluginlake/fhir/resource_types.h"

namespace pluginlake::fhir {

namespace {

constexpr std::string_view kIdentifierQuery = "identifier=";
constexpr std::string_view kHistory = "_history";

// Cuts the part after the last '/' off `text` and returns it; the whole text when there is none.
std::string_view TakeLastPart(std::string_view& text) {
  const std::size_t slash = text.rfind('/');
  const std::string_view part = slash == std::string_view::npos ? text : text.substr(slash + 1);
  text = slash == std::string_view::npos ? std::string_view{} : text.substr(0, slash);
  return part;
}

// Reads "[base/]Type/id[/_history/n]"; leaves the base (or nothing) in `text`.
Reference ReadTail(std::string_view& text) {
  std::string_view id = TakeLastPart(text);
  std::string_view type = TakeLastPart(text);
  if (type == kHistory) {
    if (!IsResourceId(id)) {
      return {};
    }
    id = TakeLastPart(text);
    type = TakeLastPart(text);
  }
  if (!IsResourceId(id) || !IsResourceType(type)) {
    return {};
  }
  const std::string_view target(type.data(), type.size() + 1 + id.size());
  return {.kind = ReferenceKind::kLocal, .target = target, .resource_type = type, .resource_id = id};
}

std::optional<int> HexDigit(char digit) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  const char lower = static_cast<char>(digit | 0x20);
  return lower >= 'a' && lower <= 'f' ? std::optional(lower - 'a' + 10) : std::nullopt;
}

// Returns `text` with %XX decoded and '+' kept (identifiers hold it); nullopt for a broken %XX or a control character.
std::optional<std::string> PercentDecode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char byte = text[at];
    if (byte == '%') {
      const std::optional<int> high = at + 2 < text.size() ? HexDigit(text[at + 1]) : std::nullopt;
      const std::optional<int> low = at + 2 < text.size() ? HexDigit(text[at + 2]) : std::nullopt;
      if (!high || !low) {
        return std::nullopt;
      }
      byte = static_cast<char>(*high * 16 + *low);
      at += 2;
    }
    if (static_cast<unsigned char>(byte) < 0x20) {
      return std::nullopt;
    }
    decoded.push_back(byte);
  }
  return decoded;
}

// Returns the conditional reference `type`?`query`; kOther for other searches than one by identifier.
Reference ReadConditional(std::string_view type, std::string_view query) {
  if (!IsResourceType(type) || !query.starts_with(kIdentifierQuery) || query.find('&') != std::string_view::npos) {
    return {};
  }
  const std::optional<std::string> token = PercentDecode(query.substr(kIdentifierQuery.size()));
  if (!token) {
    return {};
  }
  const std::size_t bar = token->find('|');
  Reference reference{.kind = ReferenceKind::kConditional, .resource_type = type};
  reference.any_system = bar == std::string::npos;
  reference.system = reference.any_system ? "" : token->substr(0, bar);
  reference.value = reference.any_system ? *token : token->substr(bar + 1);
  return reference.value.empty() ? Reference{} : reference;
}

bool IsHttpUrl(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

}  // namespace

Reference ClassifyReference(std::string_view text) {
  if (text.starts_with('#')) {
    return {.kind = ReferenceKind::kContained};
  }
  if (text.starts_with("urn:uuid:") || text.starts_with("urn:oid:")) {
    return {.kind = ReferenceKind::kBundle};
  }
  const std::size_t query = text.find('?');
  if (query != std::string_view::npos) {
    return ReadConditional(text.substr(0, query), text.substr(query + 1));
  }
  std::string_view base = text;
  const Reference reference = ReadTail(base);
  const bool relative = base.empty() && reference.target.data() == text.data();
  const bool absolute = IsHttpUrl(text) && base.size() > std::string_view("https://").size() - 1;
  return relative || absolute ? reference : Reference{};
}

}  // namespace pluginlake::fhir
