// A FHIRPath expression as a tree, as it was written: nothing is known of types yet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::fhir {

enum class PathOp : std::uint8_t {
  kThis,      // $this, and what an expression that starts with a name is asked of
  kNothing,   // {}
  kLiteral,   // text and `literal`
  kVariable,  // %name
  kMember,    // operands: input
  kFunction,  // operands: input, arguments
  kIndex,     // operands: input, index
  kNegate,
  kMultiply,
  kDivide,
  kIntegerDivide,  // div
  kModulo,         // mod
  kAdd,
  kSubtract,
  kConcatenate,  // &
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kEqual,
  kNotEqual,
  kAnd,
  kOr,
  kXor,
  kImplies,
};

enum class LiteralKind : std::uint8_t { kBoolean, kInteger, kDecimal, kString, kDate, kDateTime, kTime };

// One node. Recursion over a tree is as deep as it has nodes, at most kPathNodesMax.
struct PathNode {
  PathOp op = PathOp::kThis;
  LiteralKind literal = LiteralKind::kString;
  std::uint32_t offset = 0;  // in the expression's text
  std::string text;          // a name, or a literal's content: escapes undone, dates and times without '@' and 'T'
  std::vector<PathNode> operands;
};

inline constexpr std::size_t kPathNodesMax = 1000;
inline constexpr std::size_t kPathNestingMax = 64;  // brackets, arguments, signs
inline constexpr std::size_t kPathBytesMax = 64 * 1024;

// Parses `text`. `place` says where it stands ("select[0].column[1].path") for the error. Throws invalid_input:
// PL-0703 for what is no FHIRPath, PL-0704 for FHIRPath that no view may use.
PathNode ParsePath(std::string_view text, std::string_view place);

}  // namespace pluginlake::fhir
