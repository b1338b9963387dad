// Walks the tape in the order of the names.
#include "pluginlake/fhir/canonical_form.h"

#include <algorithm>
#include <string>

#include "pluginlake/fhir/json_text.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kInsertedMax = 24;  // members sorted by insertion; most objects have fewer

static_assert(TextSink::kPadding <= kKeptPadding + 1);

// Appends a string with its quotes. What needs no quoting stands between quotes in memory already.
inline void WriteString(std::string_view content, bool needs_quoting, TextSink& form) {
  if (needs_quoting) [[unlikely]] {
    std::string quoted;
    AppendQuoted(content, quoted);
    form.Append(quoted);
    return;
  }
  form.AppendPadded({content.data() - 1, content.size() + 2});
}

}  // namespace

std::string_view CanonicalForm::Write(const JsonTape& tape) {
  form_.Clear();
  names_.clear();
  nodes_ = tape.nodes().data();
  WriteValue(nodes_[0]);
  return form_.text();
}

void CanonicalForm::WriteValue(const TapeNode& value) {
  switch (value.kind) {
    case TapeKind::kString:
      return WriteString(value.text(), value.text_needs_quoting, form_);
    case TapeKind::kObject:
      return WriteObject(value);
    case TapeKind::kArray:
      return WriteArray(value);
    default:
      form_.AppendPadded(value.text());
  }
}

void CanonicalForm::WriteObject(const TapeNode& object) {
  const auto end = object.next;
  const std::size_t first = names_.size();
  for (auto at = static_cast<std::uint32_t>(&object - nodes_) + 1; at < end; at = nodes_[at].next) {
    names_.push_back({NamePrefix(nodes_[at].name()), at});
  }
  SortNames(first);
  WriteSorted(first);
  names_.resize(first);
}

// Sorts the names on the stack from `first` on.
void CanonicalForm::SortNames(std::size_t first) {
  const auto before = [nodes = nodes_](const SortedName& left, const SortedName& right) {
    return left.prefix != right.prefix ? left.prefix < right.prefix
                                       : nodes[left.node].name() < nodes[right.node].name();
  };
  if (names_.size() - first > kInsertedMax) {
    std::sort(names_.begin() + static_cast<std::ptrdiff_t>(first), names_.end(), before);
    return;
  }
  for (std::size_t next = first + 1; next < names_.size(); ++next) {
    const SortedName name = names_[next];
    std::size_t place = next;
    for (; place > first && before(name, names_[place - 1]); --place) {
      names_[place] = names_[place - 1];
    }
    names_[place] = name;
  }
}

// Writes the members whose names are on the stack from `first` on.
void CanonicalForm::WriteSorted(std::size_t first) {
  const std::size_t end = names_.size();
  char separator = '{';
  for (std::size_t at = first; at < end; ++at) {
    const TapeNode& member = nodes_[names_[at].node];
    form_.Append(separator);
    WriteString(member.name(), member.name_needs_quoting, form_);
    form_.Append(':');
    WriteValue(member);
    separator = ',';
  }
  if (first == end) {
    form_.Append('{');
  }
  form_.Append('}');
}

void CanonicalForm::WriteArray(const TapeNode& array) {
  const auto first = static_cast<std::uint32_t>(&array - nodes_) + 1;
  form_.Append('[');
  for (std::uint32_t at = first; at < array.next; at = nodes_[at].next) {
    if (at != first) {
      form_.Append(',');
    }
    WriteValue(nodes_[at]);
  }
  form_.Append(']');
}

}  // namespace pluginlake::fhir
