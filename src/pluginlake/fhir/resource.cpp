// Parses a resource into a tape and reads from it what ingest asks.
#include "pluginlake/fhir/resource.h"

#include <algorithm>
#include <string>
#include <utility>

#include "pluginlake/core/digest.h"
#include "pluginlake/fhir/canonical_form.h"
#include "pluginlake/fhir/first_members.h"
#include "pluginlake/fhir/instant.h"
#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/json_text.h"
#include "pluginlake/fhir/patient_compartment.h"
#include "pluginlake/fhir/reference.h"
#include "pluginlake/fhir/resource_body.h"
#include "pluginlake/fhir/resource_types.h"

namespace pluginlake::fhir {

namespace {

constexpr std::uint32_t kRoot = 0;
constexpr std::uint32_t kDepthCeiling = 1000;  // what a thread's stack surely bears
constexpr std::size_t kHashDigits = 32;

TapeLimits LimitsOf(const ParserSettings& settings) {
  return {.depth_max = std::min(settings.depth_max, kDepthCeiling), .nodes_max = settings.elements_max};
}

// Returns reason code and message of a fault of the whole document.
std::pair<std::string_view, std::string_view> Explain(TapeFault fault) {
  switch (fault) {
    case TapeFault::kInvalidUtf8:
      return {"invalid_utf8", "the text is not valid UTF-8"};
    case TapeFault::kDuplicateKey:
      return {"duplicate_key", "a name occurs twice in one object"};
    case TapeFault::kTooDeep:
      return {"too_deep", "arrays and objects are nested deeper than the limit"};
    case TapeFault::kTooManyNodes:
      return {"too_large", "the resource has more elements than the limit"};
    default:
      return {"invalid_json", "the text is not valid JSON"};
  }
}

bool HasControlCharacter(std::string_view text) {
  return std::ranges::any_of(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x20; });
}

// Returns the Patient id that the Reference at `node` names; empty when it names none.
std::string_view PatientOf(const JsonTape& tape, std::uint32_t node) {
  const TapeNode* text = tape.Find(node, "reference");
  if (text == nullptr || text->kind != TapeKind::kString) {
    return {};
  }
  const Reference reference = ClassifyReference(text->text());
  return reference.kind == ReferenceKind::kLocal && reference.resource_type == "Patient" ? reference.resource_id
                                                                                         : std::string_view{};
}

// Returns the first Patient id found at `path` below `node`, arrays looked through; empty when there is none.
std::string_view FindPatient(const JsonTape& tape, std::uint32_t node, std::string_view path) {
  const TapeNode& value = tape.nodes()[node];
  if (value.kind == TapeKind::kArray) {
    std::string_view found;
    for (std::uint32_t at = node + 1; at < value.next && found.empty(); at = tape.nodes()[at].next) {
      found = FindPatient(tape, at, path);
    }
    return found;
  }
  if (path.empty()) {
    return PatientOf(tape, node);
  }
  const std::size_t dot = std::min(path.find('.'), path.size());
  const TapeNode* member = tape.Find(node, path.substr(0, dot));
  return member == nullptr ? std::string_view{}
                           : FindPatient(tape, tape.IndexOf(*member), path.substr(std::min(dot + 1, path.size())));
}

}  // namespace

struct ResourceParser::Parts {
  explicit Parts(const TapeLimits& limits) : tape(limits) {}

  JsonTape tape;
  CanonicalForm canonical_form;
  core::Sha256 digest;
  std::vector<BodyPatch> id_patch;  // the id the document lacked, or nothing
  std::vector<BodyPatch> reference_patches;
};

ResourceParser::ResourceParser(const ParserSettings& settings)
    : settings_(settings), parts_(std::make_unique<Parts>(LimitsOf(settings))) {}

ResourceParser::~ResourceParser() = default;

const JsonTape& ResourceParser::tape() const { return parts_->tape; }

std::optional<Rejection> ResourceParser::Parse(std::string_view json) { return Parse(json, {}); }

std::optional<Rejection> ResourceParser::Parse(std::string_view json, std::string_view id_if_missing) {
  json_ = json;
  resource_type_ = resource_id_ = version_id_ = {};
  last_updated_.reset();
  references_.clear();
  identifiers_.clear();
  parts_->id_patch.clear();
  parts_->reference_patches.clear();
  if (json.size() > settings_.resource_mb_max << 20) {
    return RejectDocument("too_large", "the resource is larger than the limit sources.resource_mb_max");
  }
  const TapeFault fault = parts_->tape.Build(json);
  if (fault != TapeFault::kNone) {
    const auto [reason_code, message] = Explain(fault);
    const std::size_t offset = parts_->tape.fault_offset();
    return RejectDocument(reason_code, fault == TapeFault::kInvalidUtf8
                                           ? std::string(message)
                                           : std::string(message) + ", at byte " + std::to_string(offset));
  }
  if (std::optional<Rejection> rejection = ReadHead(id_if_missing)) {
    return rejection;
  }
  ReadIdentifiers();
  ReadReferences();
  return std::nullopt;
}

Rejection ResourceParser::RejectDocument(std::string_view reason_code, std::string message) const {
  FirstMembers members = ReadFirstMembers(json_);
  return {std::string(reason_code), std::move(message), std::move(members.resource_type),
          std::move(members.resource_id)};
}

Rejection ResourceParser::Reject(std::string_view reason_code, std::string_view message) const {
  return {std::string(reason_code), std::string(message), std::string(resource_type_), std::string(resource_id_)};
}

std::optional<Rejection> ResourceParser::ReadHead(std::string_view id_if_missing) {
  const JsonTape& tape = parts_->tape;
  if (tape.nodes()[kRoot].kind != TapeKind::kObject) {
    return Reject("not_an_object", "the text is JSON but no object");
  }
  const TapeNode* type = tape.Find(kRoot, "resourceType");
  const TapeNode* id = tape.Find(kRoot, "id");
  const bool sound_id = id != nullptr && id->kind == TapeKind::kString && IsResourceId(id->text());
  resource_id_ = sound_id ? id->text() : std::string_view{};
  if (type == nullptr) {
    return Reject("missing_resource_type", "the resource has no resourceType");
  }
  if (type->kind != TapeKind::kString) {
    return Reject("wrong_type", "resourceType is not a string");
  }
  if (!IsResourceType(type->text())) {
    return Reject("unknown_resource_type", "resourceType names no resource type of FHIR R4");
  }
  resource_type_ = type->text();
  if (id != nullptr && id->kind != TapeKind::kString) {
    return Reject("wrong_type", "id is not a string");
  }
  if (id != nullptr && !sound_id) {
    return Reject("invalid_id", "id is not of the form FHIR allows: 1 to 64 letters, digits, '-' and '.'");
  }
  if (id == nullptr && !IsResourceId(id_if_missing)) {
    return Reject("missing_id", "the resource has no id");
  }
  if (id == nullptr) {
    GiveId(id_if_missing);
  }
  return ReadMeta();
}

void ResourceParser::GiveId(std::string_view id) {
  parts_->tape.AddRootString("id", id);
  resource_id_ = parts_->tape.Find(kRoot, "id")->text();
  const std::size_t after_brace = json_.find('{') + 1;
  const std::string member = "\"id\":\"" + std::string(id) + "\",";
  parts_->id_patch.push_back({json_.substr(after_brace, 0), parts_->tape.Keep(member)});
}

std::optional<Rejection> ResourceParser::ReadMeta() {
  const JsonTape& tape = parts_->tape;
  const TapeNode* meta = tape.Find(kRoot, "meta");
  if (meta == nullptr) {
    return std::nullopt;
  }
  if (meta->kind != TapeKind::kObject) {
    return Reject("wrong_type", "meta is not an object");
  }
  const TapeNode* version = tape.Find(tape.IndexOf(*meta), "versionId");
  if (version != nullptr && (version->kind == TapeKind::kString || version->kind == TapeKind::kNumber)) {
    version_id_ = version->text();
  }
  const TapeNode* updated = tape.Find(tape.IndexOf(*meta), "lastUpdated");
  if (updated != nullptr && updated->kind == TapeKind::kString) {
    if (const std::optional<std::int64_t> micros = ParseInstant(updated->text())) {
      last_updated_ = duck::TimestampUtc{*micros};
    }
  }
  return std::nullopt;
}

void ResourceParser::ReadIdentifiers() {
  const JsonTape& tape = parts_->tape;
  const TapeNode* identifiers = tape.Find(kRoot, "identifier");
  if (identifiers == nullptr) {
    return;
  }
  const std::uint32_t list = tape.IndexOf(*identifiers);
  const bool is_array = identifiers->kind == TapeKind::kArray;
  for (std::uint32_t at = is_array ? list + 1 : list; at < identifiers->next; at = tape.nodes()[at].next) {
    const TapeNode* system = tape.Find(at, "system");
    const TapeNode* value = tape.Find(at, "value");
    if (value == nullptr || value->kind != TapeKind::kString || HasControlCharacter(value->text())) {
      continue;
    }
    const bool has_system = system != nullptr && system->kind == TapeKind::kString;
    if (!has_system || !HasControlCharacter(system->text())) {
      identifiers_.push_back({has_system ? system->text() : std::string_view{}, value->text()});
    }
  }
}

void ResourceParser::ReadReferences() {
  for (const ReferenceToken& reference : parts_->tape.references()) {
    const auto index = static_cast<std::uint32_t>(references_.size());
    references_.push_back({parts_->tape.nodes()[reference.node].text(), index});
  }
}

void ResourceParser::Resolve(const Resolver& resolver) {
  parts_->reference_patches.clear();
  for (const FoundReference& reference : references_) {
    const ReferenceToken& found = parts_->tape.references()[reference.index];
    const std::optional<std::string_view> resolved =
        reference.text.starts_with('#') ? std::nullopt : resolver(reference.text);
    if (resolved) {
      ReplaceReference(found, *resolved);
    } else if (parts_->tape.nodes()[found.node].text_data != reference.text.data()) {
      parts_->tape.SetText(found.node, reference.text, true);
    }
  }
}

void ResourceParser::ReplaceReference(const ReferenceToken& found, std::string_view text) {
  std::string quoted;
  AppendQuoted(text, quoted);
  const std::string_view kept = parts_->tape.Keep(quoted);
  parts_->reference_patches.push_back({found.token, kept});
  if (kept.size() == text.size() + 2) {
    parts_->tape.SetText(found.node, kept.substr(1, text.size()), false);
  } else {
    parts_->tape.SetText(found.node, parts_->tape.Keep(text), true);
  }
}

void ResourceParser::WriteBody(std::string& out) const {
  AppendBody({json_, parts_->tape.minified()}, parts_->id_patch, parts_->reference_patches, out);
}

std::string ResourceParser::ContentHash() {
  parts_->digest.Update(parts_->canonical_form.Write(parts_->tape));
  std::string hash = parts_->digest.Hex();
  hash.resize(kHashDigits);
  return hash;
}

std::optional<std::string> ResourceParser::PatientId() const {
  if (resource_type_ == "Patient") {
    return std::string(resource_id_);
  }
  for (const CompartmentElement& element : CompartmentElements(resource_type_)) {
    const std::string_view patient = FindPatient(parts_->tape, kRoot, element.path);
    if (!patient.empty()) {
      return std::string(patient);
    }
  }
  return std::nullopt;
}

}  // namespace pluginlake::fhir
