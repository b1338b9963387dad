// Says what a record of a file is: a resource, a deletion, or something for quarantine.
#pragma once

#include <string>
#include <string_view>

#include "pluginlake/fhir/resource.h"
#include "pluginlake/sources/record_block.h"

namespace pluginlake::sources {

enum class RecordKind { kResource, kDeletion, kRejected };

// What one record is. Views live until the next Interpret(), or as long as the record's block.
struct Interpreted {
  RecordKind kind = RecordKind::kRejected;
  std::string_view resource_type;  // empty = not known
  std::string_view resource_id;
  std::string_view reason_code;  // of a rejection
  std::string_view message;
};

// Reads records one after the other; one a thread. Entries of a Bundle by request.method (contract "Counts"): POST,
// PUT and none are resources under their own id, else under the uuid of fullUrl; DELETE is a deletion of request.url;
// GET, HEAD and PATCH are refused.
class RecordInterpreter {
 public:
  explicit RecordInterpreter(const fhir::ParserSettings& settings) : parser_(settings) {}

  // Never throws for what stands in a record.
  Interpreted Interpret(const Record& record);
  // The parsed resource after kResource.
  fhir::ResourceParser& parser() { return parser_; }

 private:
  Interpreted InterpretDeletion(const Record& record);
  Interpreted InterpretResource(const Record& record);
  Interpreted Reject(fhir::Rejection rejection);

  fhir::ResourceParser parser_;
  fhir::Rejection rejection_;
};

}  // namespace pluginlake::sources
