// The rules for entries of a Bundle, and the parse of what is a resource.
#include "pluginlake/sources/record_interpreter.h"

#include <optional>
#include <utility>

#include "pluginlake/fhir/reference.h"

namespace pluginlake::sources {
namespace {

constexpr std::string_view kUuidUrn = "urn:uuid:";

// Returns the id that an entry's fullUrl lends to a resource without one; empty if it lends none.
std::string_view IdOfFullUrl(std::string_view full_url) {
  return full_url.starts_with(kUuidUrn) ? full_url.substr(kUuidUrn.size()) : std::string_view{};
}

}  // namespace

Interpreted RecordInterpreter::Interpret(const Record& record) {
  if (record.fault) {
    return {.reason_code = record.fault.reason_code, .message = record.fault.message};
  }
  if (record.method == "DELETE") {
    return InterpretDeletion(record);
  }
  if (!record.method.empty() && record.method != "POST" && record.method != "PUT") {
    return {.reason_code = "unsupported_method",
            .message = "The entry's request.method is neither POST, PUT nor DELETE: it brings no resource to store"};
  }
  if (record.bytes.empty()) {
    return {.reason_code = "no_resource", .message = "The entry has no resource"};
  }
  return InterpretResource(record);
}

Interpreted RecordInterpreter::InterpretDeletion(const Record& record) {
  const fhir::Reference reference = fhir::ClassifyReference(record.request_url);
  if (reference.kind != fhir::ReferenceKind::kLocal) {
    return {.reason_code = "unsupported_method",
            .message = "The entry's DELETE names no single resource (Type/id) in request.url"};
  }
  return {
      .kind = RecordKind::kDeletion, .resource_type = reference.resource_type, .resource_id = reference.resource_id};
}

Interpreted RecordInterpreter::InterpretResource(const Record& record) {
  std::optional<fhir::Rejection> rejection = parser_.Parse(record.bytes, IdOfFullUrl(record.full_url));
  if (rejection) {
    return Reject(std::move(*rejection));
  }
  return {
      .kind = RecordKind::kResource, .resource_type = parser_.resource_type(), .resource_id = parser_.resource_id()};
}

Interpreted RecordInterpreter::Reject(fhir::Rejection rejection) {
  rejection_ = std::move(rejection);
  return {.resource_type = rejection_.resource_type,
          .resource_id = rejection_.resource_id,
          .reason_code = rejection_.reason_code,
          .message = rejection_.message};
}

}  // namespace pluginlake::sources
