// Reads one FHIR R4 resource: is it sound, whose is it, what does it refer to, what is its content's hash.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/duck/value.h"

namespace pluginlake::fhir {

class JsonTape;
struct ReferenceToken;

// Why a resource is refused: a row of quarantine. No text here holds content of the document but a well-formed type and
// id.
struct Rejection {
  std::string reason_code;  // invalid_json, invalid_utf8, not_an_object, missing_resource_type, unknown_resource_type,
                            // wrong_type, missing_id, invalid_id, duplicate_key, too_deep, too_large
  std::string message;      // a fixed text, with the place where that helps
  std::string resource_type, resource_id;  // empty when not read or not well-formed
};

struct ParserSettings {
  std::uint32_t depth_max = 200;         // arrays and objects open at once; else too_deep
  std::uint64_t resource_mb_max = 32;    // bytes of one resource, in 2^20; else too_large
  std::uint32_t elements_max = 4000000;  // values in one resource (32 bytes of memory each); else too_large
};

// One Reference.reference in the document, contained resources included.
struct FoundReference {
  std::string_view text;    // as it stands, escapes undone
  std::uint32_t index = 0;  // position in references()
};

// One entry of the resource's own top-level `identifier`, one that has a value without control characters.
struct FoundIdentifier {
  std::string_view system;  // empty when it has none
  std::string_view value;
};

// Reusable; one a thread. All views live until the next Parse.
class ResourceParser {
 public:
  // Returns what stands in place of a reference's text, or nullopt to leave it. The view needs to live during the call.
  using Resolver = std::function<std::optional<std::string_view>(std::string_view text)>;

  explicit ResourceParser(const ParserSettings& settings);
  ~ResourceParser();
  ResourceParser(const ResourceParser&) = delete;
  ResourceParser& operator=(const ResourceParser&) = delete;

  // Reads `json`, which must stay where it is and be followed by at least 64 readable bytes. Returns why the resource
  // is refused; after that nothing but the next Parse may be called.
  std::optional<Rejection> Parse(std::string_view json);
  // The same for a resource that may lack an id: then it gets `id_if_missing` (of a Bundle entry's fullUrl), in body
  // and hash too. An empty or ill-formed `id_if_missing` is none.
  std::optional<Rejection> Parse(std::string_view json, std::string_view id_if_missing);

  std::string_view resource_type() const { return resource_type_; }
  std::string_view resource_id() const { return resource_id_; }
  // Returns meta.versionId as it stands; empty when there is none.
  std::string_view version_id() const { return version_id_; }
  // Returns meta.lastUpdated; nullopt when there is none or it is no whole instant.
  std::optional<duck::TimestampUtc> last_updated() const { return last_updated_; }
  std::span<const FoundReference> references() const { return references_; }
  std::span<const FoundIdentifier> identifiers() const { return identifiers_; }

  // Returns the parsed document, for evaluators of views; with what Resolve put in place.
  const JsonTape& tape() const;

  // Puts other texts in place of references: in body, hash and compartment from now on. References to #contained are
  // kept without asking. A second call asks about the document's own texts again.
  void Resolve(const Resolver& resolver);

  // Appends the resource to `out` without white space, members and tokens as they came, with resolved references.
  void WriteBody(std::string& out) const;
  // Returns the first 32 hex digits of SHA-256 over the canonical form: members sorted by the bytes of their names,
  // strings by their content, numbers by their digits as written, resolved references.
  std::string ContentHash();
  // Returns the id of the Patient in whose compartment the resource is by R4's compartment definition; nullopt for
  // master data. A Patient is in its own. Where the definition's elements name several Patients, the first counts:
  // elements searched as `subject` or `patient` first, then the definition's order, then the document's.
  std::optional<std::string> PatientId() const;

 private:
  struct Parts;

  std::optional<Rejection> ReadHead(std::string_view id_if_missing);
  std::optional<Rejection> ReadMeta();
  void GiveId(std::string_view id);
  void ReadIdentifiers();
  void ReadReferences();
  void ReplaceReference(const ReferenceToken& found, std::string_view text);
  Rejection RejectDocument(std::string_view reason_code, std::string message) const;
  Rejection Reject(std::string_view reason_code, std::string_view message) const;

  ParserSettings settings_;
  std::unique_ptr<Parts> parts_;
  std::string_view json_, resource_type_, resource_id_, version_id_;
  std::optional<duck::TimestampUtc> last_updated_;
  std::vector<FoundReference> references_;
  std::vector<FoundIdentifier> identifiers_;
};

}  // namespace pluginlake::fhir
