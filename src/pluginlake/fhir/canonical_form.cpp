// Walks the tape in the order of the names.
#include "pluginlake/fhir/canonical_form.h"

#include <algorithm>

#include "pluginlake/fhir/json_text.h"

namespace pluginlake::fhir {

namespace {

void WriteString(std::string_view content, bool has_escape, std::string& form) {
  if (has_escape) {
    AppendQuoted(content, form);
    return;
  }
  form.push_back('"');
  form.append(content);
  form.push_back('"');
}

}  // namespace

const std::string& CanonicalForm::Write(const JsonTape& tape) {
  form_.clear();
  names_.clear();
  WriteValue(tape, 0);
  return form_;
}

void CanonicalForm::WriteValue(const JsonTape& tape, std::uint32_t node) {
  const TapeNode& value = tape.nodes()[node];
  switch (value.kind) {
    case TapeKind::kObject:
      return WriteObject(tape, node);
    case TapeKind::kArray:
      return WriteArray(tape, node);
    case TapeKind::kString:
      return WriteString(value.text(), value.text_has_escape, form_);
    default:
      form_.append(value.text());
  }
}

void CanonicalForm::WriteObject(const JsonTape& tape, std::uint32_t node) {
  const std::vector<TapeNode>& nodes = tape.nodes();
  const std::size_t first = names_.size();
  for (std::uint32_t at = node + 1; at < nodes[node].next; at = nodes[at].next) {
    names_.push_back({NamePrefix(nodes[at].name()), at});
  }
  std::sort(names_.begin() + static_cast<std::ptrdiff_t>(first), names_.end(),
            [&](const SortedName& left, const SortedName& right) {
              return left.prefix != right.prefix ? left.prefix < right.prefix
                                                 : nodes[left.node].name() < nodes[right.node].name();
            });
  const std::size_t end = names_.size();
  form_.push_back('{');
  for (std::size_t at = first; at < end; ++at) {
    if (at != first) {
      form_.push_back(',');
    }
    const TapeNode& member = nodes[names_[at].node];
    WriteString(member.name(), member.name_has_escape, form_);
    form_.push_back(':');
    WriteValue(tape, names_[at].node);
  }
  form_.push_back('}');
  names_.resize(first);
}

void CanonicalForm::WriteArray(const JsonTape& tape, std::uint32_t node) {
  const std::vector<TapeNode>& nodes = tape.nodes();
  form_.push_back('[');
  for (std::uint32_t at = node + 1; at < nodes[node].next; at = nodes[at].next) {
    if (at != node + 1) {
      form_.push_back(',');
    }
    WriteValue(tape, at);
  }
  form_.push_back(']');
}

}  // namespace pluginlake::fhir
