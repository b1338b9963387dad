// Scans an entry once; only a broken one is scanned a second time, for its end.
#include "pluginlake/sources/bundle_entry.h"

#include "pluginlake/sources/json_scan.h"

namespace pluginlake::sources {
namespace {

void SetFault(EntryParts& parts, std::string_view code, std::string_view message) {
  if (parts.fault_code.empty()) {
    parts.fault_code = code;
    parts.fault_message = message;
  }
}

void TakeString(std::string_view value, std::string_view& target, EntryParts& parts, std::string_view message) {
  if (!IsString(value)) {
    SetFault(parts, "wrong_type", message);
    return;
  }
  target = value.substr(1, value.size() - 2);
}

void TakeRequest(std::string_view value, EntryParts& parts) {
  if (value.front() != '{') {
    SetFault(parts, "wrong_type", "The entry's request is not an object.");
    return;
  }
  ObjectScanner scanner(value.data(), value.data() + value.size());
  Member member;
  ScanStatus status = scanner.Next(member);
  for (; status == ScanStatus::kMember; status = scanner.Next(member)) {
    if (member.key == "method") {
      TakeString(member.value, parts.method, parts, "The entry's request.method is not a string.");
    } else if (member.key == "url") {
      TakeString(member.value, parts.request_url, parts, "The entry's request.url is not a string.");
    }
  }
  if (status != ScanStatus::kEnd) {
    SetFault(parts, "invalid_json", "The entry's request cannot be read as JSON.");
  }
}

void TakeMember(const Member& member, EntryParts& parts) {
  if (member.key == "resource") {
    if (!parts.resource.empty()) {
      SetFault(parts, "duplicate_key", "The entry holds more than one resource.");
    }
    parts.resource = member.value;
  } else if (member.key == "fullUrl") {
    TakeString(member.value, parts.full_url, parts, "The entry's fullUrl is not a string.");
  } else if (member.key == "request") {
    TakeRequest(member.value, parts);
  }
}

}  // namespace

const char* ScanEntry(const char* p, const char* end, EntryParts& parts) {
  parts = EntryParts{};
  if (*p != '{') {
    SetFault(parts, "wrong_type", "The Bundle's entry is not an object.");
    return ValueSkipper().Skip(p, end);
  }
  ObjectScanner scanner(p, end);
  Member member;
  while (true) {
    switch (scanner.Next(member)) {
      case ScanStatus::kMember:
        TakeMember(member, parts);
        break;
      case ScanStatus::kEnd:
        return scanner.position();
      case ScanStatus::kNeedMore:
        return nullptr;
      case ScanStatus::kMalformed:
        SetFault(parts, "invalid_json", "The Bundle's entry cannot be read as JSON.");
        return ValueSkipper().Skip(p, end);
    }
  }
}

}  // namespace pluginlake::sources
