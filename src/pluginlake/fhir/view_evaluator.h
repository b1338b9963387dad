// Evaluates views over resources, one resource after the other.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace pluginlake::duck {
class ChunkWriter;
}

namespace pluginlake::fhir {

class JsonTape;
class View;

// How a view took a resource. No text holds content of the resource.
struct ViewOutcome {
  // Why there are no rows; empty = there is no error. Fixed texts, for what FHIRPath or SQL-on-FHIR call an error:
  // several values where collection is false, a condition that is no boolean.
  std::string_view error;
  std::string_view column;     // whose path met the error; empty = a condition, or the path of an iteration
  std::uint64_t warnings = 0;  // elements of another JSON type than R4 gives them: NULL in the rows
};

// One a thread. Evaluates all its views in one walk over a resource.
class ViewEvaluator {
 public:
  // The views are of one resource type and live as long as the evaluator; at least one.
  explicit ViewEvaluator(std::span<const View* const> views);
  ~ViewEvaluator();
  ViewEvaluator(const ViewEvaluator&) = delete;
  ViewEvaluator& operator=(const ViewEvaluator&) = delete;

  // Evaluates the views over the resource on `tape`, whose type is the views'. Returns an outcome a view, in their
  // order. Rows and outcomes live until the next Evaluate, as long as the tape stays.
  std::span<const ViewOutcome> Evaluate(const JsonTape& tape);

  // What EvaluateText met.
  enum class TextOutcome : std::uint8_t {
    kEvaluated,  // as Evaluate; see outcomes()
    kOtherType,  // a resource of another type; what else it holds was not looked at
    kNeedsTape,  // nothing was evaluated: build a tape
  };
  // Evaluates the views over a resource as it stands in a file, several times faster than by way of a tape: what no
  // view reads is jumped over, and checked for UTF-8 and closed brackets only. `json` must stay where it is and be
  // followed by 64 readable bytes.
  TextOutcome EvaluateText(std::string_view json);
  // The outcomes of the last evaluation.
  std::span<const ViewOutcome> outcomes() const;

  // Returns the rows that view number `view` has for the resource; 0 after an error.
  std::uint64_t RowCount(std::size_t view) const;
  // Writes row `row` of a view at `target_row` of the writer, the view's first column at `first_column`.
  void WriteRow(std::size_t view, std::uint64_t row, duck::ChunkWriter& writer, std::uint64_t target_row,
                std::uint64_t first_column) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pluginlake::fhir
