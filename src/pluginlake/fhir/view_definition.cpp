// Reads the members of a ViewDefinition off a tape, and says of each that is wrong where it stands.
#include "pluginlake/fhir/view_definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/core/nearest_name.h"
#include "pluginlake/fhir/decimal.h"
#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/node_scalar.h"
#include "pluginlake/fhir/partial_time.h"
#include "pluginlake/fhir/resource_types.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kViewBytesMax = std::size_t{4} << 20;
constexpr std::uint32_t kSelectDepthMax = 32;
constexpr TapeLimits kViewLimits{.depth_max = 200, .nodes_max = 200'000};

[[noreturn]] void Refuse(std::string_view place, std::string_view reason) {
  throw core::Error(core::ErrorKind::kInvalidInput, "PL-0702",
                    fmt::format("This is no ViewDefinition: {}{}{}", place, place.empty() ? "" : ": ", reason),
                    "Mend the definition; docs/reference/views.md says what it may hold.");
}

bool IsName(std::string_view name) {
  const auto is_letter = [](char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); };
  return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, [&](char byte) {
    return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '_';
  });
}

void CheckName(std::string_view name, std::string_view place) {
  if (!IsName(name)) {
    Refuse(place, "a name starts with a letter and has letters, digits and _ only");
  }
}

// A kind of constant: the member value[x], how it stands in JSON, what it is in an expression.
struct ConstantKind {
  std::string_view member;
  TapeKind json;
  LiteralKind literal;
};

constexpr std::array kConstantKinds = {
    ConstantKind{"valueBase64Binary", TapeKind::kString, LiteralKind::kString},
    ConstantKind{"valueBoolean", TapeKind::kTrue, LiteralKind::kBoolean},
    ConstantKind{"valueCanonical", TapeKind::kString, LiteralKind::kString},
    ConstantKind{"valueCode", TapeKind::kString, LiteralKind::kString},
    ConstantKind{"valueDate", TapeKind::kString, LiteralKind::kDate},
    ConstantKind{"valueDateTime", TapeKind::kString, LiteralKind::kDateTime},
    ConstantKind{"valueDecimal", TapeKind::kNumber, LiteralKind::kDecimal},
    ConstantKind{"valueId", TapeKind::kString, LiteralKind::kString},
    ConstantKind{"valueInstant", TapeKind::kString, LiteralKind::kDateTime},
    ConstantKind{"valueInteger", TapeKind::kNumber, LiteralKind::kInteger},
    ConstantKind{"valueInteger64", TapeKind::kNumber, LiteralKind::kInteger},
    ConstantKind{"valueOid", TapeKind::kString, LiteralKind::kString},
    ConstantKind{"valueString", TapeKind::kString, LiteralKind::kString},
    ConstantKind{"valuePositiveInt", TapeKind::kNumber, LiteralKind::kInteger},
    ConstantKind{"valueTime", TapeKind::kString, LiteralKind::kTime},
    ConstantKind{"valueUnsignedInt", TapeKind::kNumber, LiteralKind::kInteger},
    ConstantKind{"valueUri", TapeKind::kString, LiteralKind::kString},
    ConstantKind{"valueUrl", TapeKind::kString, LiteralKind::kString},
    ConstantKind{"valueUuid", TapeKind::kString, LiteralKind::kString},
};

// Says whether the text of a constant is a value of its type.
bool IsValueOf(const ConstantKind& kind, std::string_view text) {
  const bool has_time = text.find('T') != std::string_view::npos;
  std::int64_t number = 0;
  switch (kind.literal) {
    case LiteralKind::kDate:
      return !has_time && ParseDateTime(text);
    case LiteralKind::kDateTime:
      return ParseDateTime(text).has_value();
    case LiteralKind::kTime:
      return ParseTimeOfDay(text).has_value();
    case LiteralKind::kDecimal:
      return Decimal::Parse(text).has_value();
    case LiteralKind::kInteger:
      return ReadInteger(text, number) && (kind.member != "valuePositiveInt" || number > 0) &&
             (kind.member != "valueUnsignedInt" || number >= 0);
    default:
      return true;
  }
}

class DefinitionReader {
 public:
  explicit DefinitionReader(const JsonTape& tape) : tape_(tape) {}

  ViewDefinition Read();

 private:
  using Node = const TapeNode*;

  Node Member(const TapeNode& parent, std::string_view name) const { return tape_.Find(tape_.IndexOf(parent), name); }
  std::vector<Node> Children(const TapeNode& parent) const;
  std::vector<Node> Array(const TapeNode& parent, std::string_view name, const std::string& place) const;
  std::string Text(const TapeNode& parent, std::string_view name, const std::string& place) const;
  std::string RequiredText(const TapeNode& parent, std::string_view name, const std::string& place) const;
  void CheckMembers(const TapeNode& object, const std::string& place,
                    std::initializer_list<std::string_view> known) const;

  void ReadVersions(const TapeNode& root, ViewDefinition& view) const;
  void ReadConstants(const TapeNode& root, ViewDefinition& view) const;
  ConstantValue ReadConstant(const TapeNode& constant, const std::string& place) const;
  SelectDefinition ReadSelect(const TapeNode& select, const std::string& place, std::uint32_t depth) const;
  void ReadIteration(const TapeNode& select, SelectDefinition& definition) const;
  ColumnDefinition ReadColumn(const TapeNode& column, const std::string& place) const;
  void ReadTags(const TapeNode& column, ColumnDefinition& definition) const;
  PlacedPath ReadPath(const TapeNode& parent, std::string_view name, const std::string& place) const;

  const JsonTape& tape_;
};

std::vector<const TapeNode*> DefinitionReader::Children(const TapeNode& parent) const {
  std::vector<Node> children;
  for (std::uint32_t at = tape_.IndexOf(parent) + 1; at < parent.next; at = tape_.nodes()[at].next) {
    children.push_back(&tape_.nodes()[at]);
  }
  return children;
}

std::string PlaceOf(const std::string& place, std::string_view name) {
  return place.empty() ? std::string(name) : fmt::format("{}.{}", place, name);
}

std::string PlaceOf(const std::string& place, std::string_view name, std::size_t index) {
  return fmt::format("{}[{}]", PlaceOf(place, name), index);
}

// Returns the objects of the array `name`; none if it is absent.
std::vector<const TapeNode*> DefinitionReader::Array(const TapeNode& parent, std::string_view name,
                                                     const std::string& place) const {
  const Node array = Member(parent, name);
  if (array == nullptr) {
    return {};
  }
  if (array->kind != TapeKind::kArray) {
    Refuse(PlaceOf(place, name), "this must be an array");
  }
  std::vector<Node> items = Children(*array);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i]->kind != TapeKind::kObject) {
      Refuse(PlaceOf(place, name, i), "this must be an object");
    }
  }
  return items;
}

// Returns the text `name`; empty if it is absent.
std::string DefinitionReader::Text(const TapeNode& parent, std::string_view name, const std::string& place) const {
  const Node text = Member(parent, name);
  if (text == nullptr) {
    return {};
  }
  if (text->kind != TapeKind::kString) {
    Refuse(PlaceOf(place, name), "this must be a text");
  }
  return std::string(text->text());
}

std::string DefinitionReader::RequiredText(const TapeNode& parent, std::string_view name,
                                           const std::string& place) const {
  std::string text = Text(parent, name, place);
  if (text.empty()) {
    Refuse(PlaceOf(place, name), "this is missing");
  }
  return text;
}

// A member with a slip in its name would change what the view means without a word.
void DefinitionReader::CheckMembers(const TapeNode& object, const std::string& place,
                                    std::initializer_list<std::string_view> known) const {
  for (const Node member : Children(object)) {
    const std::string_view name = member->name();
    const bool of_every_element = name == "id" || name == "extension" || name == "modifierExtension";
    if (of_every_element || name.starts_with('_') || std::ranges::find(known, name) != known.end()) {
      continue;
    }
    const std::vector<std::string> names(known.begin(), known.end());
    const std::string nearest = core::NearestName(name, names).value_or("");
    Refuse(PlaceOf(place, name),
           nearest.empty() ? "there is no such member" : fmt::format("there is no such member; {} is meant?", nearest));
  }
}

ViewDefinition DefinitionReader::Read() {
  const TapeNode& root = tape_.nodes()[0];
  if (root.kind != TapeKind::kObject) {
    Refuse("", "it is not an object");
  }
  const std::string kind = Text(root, "resourceType", "");
  if (!kind.empty() && kind != "ViewDefinition") {
    Refuse("resourceType", fmt::format("it is a {}", kind));
  }
  ViewDefinition view;
  view.name = Text(root, "name", "");
  view.description = Text(root, "description", "");
  if (!view.name.empty()) {
    CheckName(view.name, "name");
  }
  view.resource_type = RequiredText(root, "resource", "");
  if (!IsResourceType(view.resource_type)) {
    Refuse("resource", fmt::format("FHIR R4 has no resource type {}", view.resource_type));
  }
  ReadVersions(root, view);
  ReadConstants(root, view);
  const std::vector<Node> selects = Array(root, "select", "");
  if (selects.empty()) {
    Refuse("select", "this is missing");
  }
  for (std::size_t i = 0; i < selects.size(); ++i) {
    view.selects.push_back(ReadSelect(*selects[i], PlaceOf("", "select", i), 1));
  }
  const std::vector<Node> conditions = Array(root, "where", "");
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const std::string place = PlaceOf("", "where", i);
    CheckMembers(*conditions[i], place, {"path", "description"});
    view.where.push_back(ReadPath(*conditions[i], "path", place));
  }
  return view;
}

void DefinitionReader::ReadVersions(const TapeNode& root, ViewDefinition& view) const {
  const Node versions = Member(root, "fhirVersion");
  if (versions == nullptr) {
    return;
  }
  if (versions->kind != TapeKind::kArray) {
    Refuse("fhirVersion", "this must be an array");
  }
  const std::vector<Node> listed = Children(*versions);
  view.is_for_r4 = listed.empty() || std::ranges::any_of(listed, [](Node version) {
                     return version->kind == TapeKind::kString && version->text().starts_with("4.0");
                   });
}

void DefinitionReader::ReadConstants(const TapeNode& root, ViewDefinition& view) const {
  const std::vector<Node> constants = Array(root, "constant", "");
  for (std::size_t i = 0; i < constants.size(); ++i) {
    const std::string place = PlaceOf("", "constant", i);
    std::string name = RequiredText(*constants[i], "name", place);
    CheckName(name, PlaceOf(place, "name"));
    const bool is_new = view.constants.emplace(std::move(name), ReadConstant(*constants[i], place)).second;
    if (!is_new) {
      Refuse(PlaceOf(place, "name"), "another constant has this name");
    }
  }
}

ConstantValue DefinitionReader::ReadConstant(const TapeNode& constant, const std::string& place) const {
  std::optional<ConstantValue> value;
  for (const Node member : Children(constant)) {
    const std::string member_place = PlaceOf(place, member->name());
    if (!member->name().starts_with("value")) {
      continue;
    }
    const auto kind = std::ranges::find(kConstantKinds, member->name(), &ConstantKind::member);
    if (kind == kConstantKinds.end()) {
      Refuse(member_place, "a constant has no value of this type");
    }
    if (value) {
      Refuse(member_place, "a constant has one value");
    }
    const TapeKind json = member->kind == TapeKind::kFalse ? TapeKind::kTrue : member->kind;
    const bool is_text64 = member->name() == "valueInteger64" && json == TapeKind::kString;
    if (json != kind->json && !is_text64) {
      Refuse(member_place, "the value is of another JSON type than its name says");
    }
    if (!IsValueOf(*kind, member->text())) {
      Refuse(member_place, "this is no value of the type");
    }
    value = ConstantValue{kind->literal, std::string(member->text())};
  }
  if (!value) {
    Refuse(place, "a constant needs a value, for example valueString");
  }
  CheckMembers(constant, place,
               {"name",         "valueBase64Binary", "valueBoolean", "valueCanonical", "valueCode",
                "valueDate",    "valueDateTime",     "valueDecimal", "valueId",        "valueInstant",
                "valueInteger", "valueInteger64",    "valueOid",     "valueString",    "valuePositiveInt",
                "valueTime",    "valueUnsignedInt",  "valueUri",     "valueUrl",       "valueUuid"});
  return *value;
}

PlacedPath DefinitionReader::ReadPath(const TapeNode& parent, std::string_view name, const std::string& place) const {
  PlacedPath path{.text = RequiredText(parent, name, place), .place = PlaceOf(place, name), .path = {}};
  path.path = ParsePath(path.text, path.place);
  return path;
}

SelectDefinition DefinitionReader::ReadSelect(const TapeNode& select, const std::string& place,
                                              std::uint32_t depth) const {
  if (depth > kSelectDepthMax) {
    Refuse(place, fmt::format("selects are nested deeper than {}", kSelectDepthMax));
  }
  CheckMembers(select, place, {"column", "select", "forEach", "forEachOrNull", "repeat", "unionAll"});
  SelectDefinition definition{.place = place, .paths = {}, .columns = {}, .selects = {}, .union_all = {}};
  ReadIteration(select, definition);
  const std::vector<Node> columns = Array(select, "column", place);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    definition.columns.push_back(ReadColumn(*columns[i], PlaceOf(place, "column", i)));
  }
  const std::vector<Node> selects = Array(select, "select", place);
  for (std::size_t i = 0; i < selects.size(); ++i) {
    definition.selects.push_back(ReadSelect(*selects[i], PlaceOf(place, "select", i), depth + 1));
  }
  const std::vector<Node> branches = Array(select, "unionAll", place);
  for (std::size_t i = 0; i < branches.size(); ++i) {
    definition.union_all.push_back(ReadSelect(*branches[i], PlaceOf(place, "unionAll", i), depth + 1));
  }
  return definition;
}

void DefinitionReader::ReadIteration(const TapeNode& select, SelectDefinition& definition) const {
  constexpr std::array<std::pair<std::string_view, Iteration>, 3> kIterations = {
      std::pair{std::string_view("forEach"), Iteration::kForEach},
      std::pair{std::string_view("forEachOrNull"), Iteration::kForEachOrNull},
      std::pair{std::string_view("repeat"), Iteration::kRepeat}};
  for (const auto& [name, iteration] : kIterations) {
    const Node member = Member(select, name);
    if (member == nullptr) {
      continue;
    }
    if (definition.iteration != Iteration::kNone) {
      Refuse(PlaceOf(definition.place, name), "a select has one of forEach, forEachOrNull and repeat");
    }
    definition.iteration = iteration;
    if (iteration != Iteration::kRepeat) {
      definition.paths.push_back(ReadPath(select, name, definition.place));
      continue;
    }
    if (member->kind != TapeKind::kArray || Children(*member).empty()) {
      Refuse(PlaceOf(definition.place, name), "this must be an array of expressions");
    }
    for (const Node path : Children(*member)) {
      const std::string place = PlaceOf(definition.place, name, definition.paths.size());
      if (path->kind != TapeKind::kString) {
        Refuse(place, "this must be a text");
      }
      const std::string text(path->text());
      definition.paths.push_back({.text = text, .place = place, .path = ParsePath(text, place)});
    }
  }
}

ColumnDefinition DefinitionReader::ReadColumn(const TapeNode& column, const std::string& place) const {
  CheckMembers(column, place, {"name", "path", "description", "collection", "type", "tag"});
  ColumnDefinition definition;
  definition.place = place;
  definition.name = RequiredText(column, "name", place);
  CheckName(definition.name, PlaceOf(place, "name"));
  definition.description = Text(column, "description", place);
  definition.type = Text(column, "type", place);
  definition.path = ReadPath(column, "path", place);
  if (const Node collection = Member(column, "collection")) {
    if (collection->kind != TapeKind::kTrue && collection->kind != TapeKind::kFalse) {
      Refuse(PlaceOf(place, "collection"), "this must be true or false");
    }
    definition.collection = collection->kind == TapeKind::kTrue;
  }
  ReadTags(column, definition);
  return definition;
}

void DefinitionReader::ReadTags(const TapeNode& column, ColumnDefinition& definition) const {
  const std::vector<Node> tags = Array(column, "tag", definition.place);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const std::string place = PlaceOf(definition.place, "tag", i);
    CheckMembers(*tags[i], place, {"name", "value"});
    const std::string name = RequiredText(*tags[i], "name", place);
    const std::string value = RequiredText(*tags[i], "value", place);
    if (name == "ansi/type") {
      definition.ansi_type = value;
    }
  }
}

}  // namespace

ViewDefinition ReadViewDefinition(std::string_view json) {
  const auto refuse_text = [](std::string_view why) {
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-0701", fmt::format("The view cannot be read: {}", why),
                      "A view is a ViewDefinition: one JSON object, in UTF-8.");
  };
  if (json.size() > kViewBytesMax) {
    refuse_text("it is larger than 4 MB");
  }
  std::string padded(json);
  padded.append(kKeptPadding, ' ');
  JsonTape tape(kViewLimits);
  switch (tape.Build(std::string_view(padded).substr(0, json.size()))) {
    case TapeFault::kNone:
      break;
    case TapeFault::kInvalidUtf8:
      refuse_text("it is not UTF-8");
      break;
    case TapeFault::kDuplicateKey:
      refuse_text(fmt::format("a name occurs twice in one object, at byte {}", tape.fault_offset()));
      break;
    case TapeFault::kTooDeep:
    case TapeFault::kTooManyNodes:
      refuse_text("it is nested too deep, or has too many members");
      break;
    case TapeFault::kInvalidJson:
      refuse_text(fmt::format("it is no JSON, at byte {}", tape.fault_offset()));
      break;
  }
  return DefinitionReader(tape).Read();
}

}  // namespace pluginlake::fhir
