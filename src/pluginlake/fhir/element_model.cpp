// Reads the embedded table where it lies: lookups happen when a view is compiled, never per resource.
#include "pluginlake/fhir/element_model.h"

#include "fhir/data.h"

namespace pluginlake::fhir {

namespace {

struct Row {
  std::string_view type, element, types, max;
};

std::string_view TakeUntil(std::string_view& rest, char end) {
  const std::size_t at = rest.find(end);
  const std::string_view taken = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return taken;
}

Row RowOf(std::string_view line) {
  Row row;
  row.type = TakeUntil(line, ',');
  row.element = TakeUntil(line, ',');
  row.types = TakeUntil(line, ',');
  row.max = line;
  return row;
}

// Returns the table without its head line.
std::string_view Table() {
  std::string_view table = data::kR4Elements;
  TakeUntil(table, '\n');
  return table;
}

// Returns the lines from the first one of `type` on (its base); empty when there is none. Types are sorted by bytes.
std::string_view LinesFrom(std::string_view type) {
  const std::string_view table = Table();
  std::size_t low = 0;
  std::size_t high = table.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    const std::size_t line_end = table.rfind('\n', middle == 0 ? 0 : middle - 1);
    const std::size_t start = middle == 0 || line_end == std::string_view::npos ? 0 : line_end + 1;
    if (RowOf(table.substr(start, table.find('\n', start) - start)).type < type) {
      low = table.find('\n', middle) + 1;
    } else {
      high = start;
    }
  }
  const std::string_view found = table.substr(low);
  return RowOf(found.substr(0, found.find('\n'))).type == type ? found : std::string_view{};
}

ModelElement ElementOf(const Row& row) {
  const bool is_choice = row.element.ends_with("[x]");
  return {.name = is_choice ? row.element.substr(0, row.element.size() - 3) : row.element,
          .types = row.types,
          .is_choice = is_choice,
          .is_list = row.max != "1" && row.max != "0"};
}

// Appends the elements that `type` adds to what it is a kind of.
void AppendOwn(std::string_view type, std::vector<ModelElement>& elements) {
  std::string_view lines = LinesFrom(type);
  TakeUntil(lines, '\n');
  while (!lines.empty()) {
    const Row row = RowOf(TakeUntil(lines, '\n'));
    if (row.type != type) {
      return;
    }
    elements.push_back(ElementOf(row));
  }
}

}  // namespace

bool IsModelType(std::string_view type) { return !type.empty() && !LinesFrom(type).empty(); }

std::string_view BaseTypeOf(std::string_view type) {
  const std::string_view lines = LinesFrom(type);
  return RowOf(lines.substr(0, lines.find('\n'))).types;
}

bool IsKindOf(std::string_view type, std::string_view ancestor) {
  for (std::string_view at = type; !at.empty(); at = BaseTypeOf(at)) {
    if (at == ancestor) {
      return true;
    }
  }
  return false;
}

TypeKind KindOf(std::string_view type) {
  if (!IsModelType(type)) {
    return TypeKind::kUnknown;
  }
  if (type == "boolean") return TypeKind::kBoolean;
  if (type == "decimal") return TypeKind::kDecimal;
  if (type == "date") return TypeKind::kDate;
  if (type == "dateTime" || type == "instant") return TypeKind::kDateTime;
  if (type == "time") return TypeKind::kTime;
  if (IsKindOf(type, "integer")) return TypeKind::kInteger;
  const bool is_text = type == "base64Binary" || type == "xhtml" || IsKindOf(type, "string") || IsKindOf(type, "uri");
  return is_text ? TypeKind::kString : TypeKind::kComplex;
}

std::optional<ModelElement> FindElement(std::string_view type, std::string_view name) {
  for (std::string_view at = type; !at.empty(); at = BaseTypeOf(at)) {
    std::vector<ModelElement> own;
    AppendOwn(at, own);
    for (const ModelElement& element : own) {
      if (element.name == name) {
        return element;
      }
    }
  }
  return std::nullopt;
}

std::vector<ModelElement> ElementsOf(std::string_view type) {
  if (type.empty() || type == "Element" || type == "BackboneElement") {
    return {};
  }
  std::vector<ModelElement> elements = ElementsOf(BaseTypeOf(type));
  AppendOwn(type, elements);
  return elements;
}

std::vector<std::string_view> SplitTypes(std::string_view types) {
  std::vector<std::string_view> names;
  while (!types.empty()) {
    names.push_back(TakeUntil(types, '|'));
  }
  return names;
}

}  // namespace pluginlake::fhir
