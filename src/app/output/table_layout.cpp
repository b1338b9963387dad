// Settles widths and writes lines.
#include "app/output/table_layout.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "app/output/display_width.h"

namespace pluginlake::app {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 6;  // below this a shortened cell says nothing
constexpr const char* kBold = "\x1b[1m";
constexpr const char* kDim = "\x1b[2m";
constexpr const char* kPlain = "\x1b[0m";

std::string Repeated(const char* text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    out += text;
  }
  return out;
}

std::string Padded(const std::string& text, std::size_t width, bool at_right) {
  const std::size_t used = DisplayWidth(text);
  const std::string blanks(used < width ? width - used : 0, ' ');
  return at_right ? blanks + text : text + blanks;
}

void TrimRight(std::string& text) { text.erase(text.find_last_not_of(' ') + 1); }

}  // namespace

TableLayout::TableLayout(std::vector<TableColumn> columns, TableStyle style)
    : columns_(std::move(columns)), style_(style), shown_(columns_.size()) {
  for (TableColumn& column : columns_) {
    column.title = Printable(column.title);
    widths_.push_back(std::max<std::size_t>(1, DisplayWidth(column.title)));
  }
}

void TableLayout::Measure(const std::vector<TableRow>& rows) {
  for (const TableRow& row : rows) {
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      widths_[i] = std::max(widths_[i], DisplayWidth(Printable(row[i].text)));
    }
  }
  if (style_.width_max > 0) {
    FitWidth();
  }
}

// Takes columns away at the right until the rest can be shown at all, then narrows the widest ones step by step.
void TableLayout::FitWidth() {
  const auto total = [&](auto width_of) {
    std::size_t sum = shown_ > 0 ? kGap * (shown_ - 1) : 0;
    for (std::size_t i = 0; i < shown_; ++i) {
      sum += width_of(i);
    }
    return sum;
  };
  while (shown_ > 1 && total([&](std::size_t i) { return std::min(widths_[i], kNarrowest); }) > style_.width_max) {
    --shown_;
  }
  while (total([&](std::size_t i) { return widths_[i]; }) > style_.width_max) {
    auto widest = std::max_element(widths_.begin(), widths_.begin() + static_cast<std::ptrdiff_t>(shown_));
    if (*widest <= kNarrowest) {
      break;
    }
    --*widest;
  }
}

std::string TableLayout::Head() const {
  std::string titles;
  std::string rules;
  for (std::size_t i = 0; i < shown_; ++i) {
    const std::string gap(i == 0 ? 0 : kGap, ' ');
    titles += gap + Padded(Shortened(columns_[i].title, widths_[i]), widths_[i], columns_[i].at_right);
    rules += gap + Repeated("─", widths_[i]);
  }
  TrimRight(titles);
  if (style_.color) {
    return kBold + titles + kPlain + "\n" + kDim + rules + kPlain + "\n";
  }
  return titles + "\n" + rules + "\n";
}

std::string TableLayout::Line(const TableRow& row) const {
  std::string line;
  for (std::size_t i = 0; i < shown_; ++i) {
    std::string text = Printable(row[i].text);
    if (style_.width_max > 0) {
      std::string fitting = Shortened(text, widths_[i]);
      has_shortened_ = has_shortened_ || fitting.size() != text.size();
      text = std::move(fitting);
    }
    const bool dim = style_.color && row[i].is_null;
    line += std::string(i == 0 ? 0 : kGap, ' ') + (dim ? kDim : "") + Padded(text, widths_[i], columns_[i].at_right) +
            (dim ? kPlain : "");
  }
  TrimRight(line);
  return line + "\n";
}

std::string TableText(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows, TableStyle style) {
  TableLayout layout(columns, style);
  layout.Measure(rows);
  std::string out = layout.Head();
  for (const TableRow& row : rows) {
    out += layout.Line(row);
  }
  return out;
}

}  // namespace pluginlake::app
