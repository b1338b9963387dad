// Parses FHIRPath by precedence climbing.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/fhir/fhirpath.h"
#include "pluginlake/fhir/fhirpath_token.h"

namespace pluginlake::fhir {

namespace {

struct BinaryOperator {
  std::string_view sign;
  int strength;  // binds tighter the higher
  PathOp op;
};

constexpr int kUnsupported = 0;
constexpr int kComparison = 6;
constexpr std::array kOperators = {
    BinaryOperator{"implies", 1, PathOp::kImplies},
    BinaryOperator{"or", 2, PathOp::kOr},
    BinaryOperator{"xor", 2, PathOp::kXor},
    BinaryOperator{"and", 3, PathOp::kAnd},
    BinaryOperator{"=", 5, PathOp::kEqual},
    BinaryOperator{"!=", 5, PathOp::kNotEqual},
    BinaryOperator{"<", kComparison, PathOp::kLess},
    BinaryOperator{"<=", kComparison, PathOp::kLessOrEqual},
    BinaryOperator{">", kComparison, PathOp::kGreater},
    BinaryOperator{">=", kComparison, PathOp::kGreaterOrEqual},
    BinaryOperator{"+", 9, PathOp::kAdd},
    BinaryOperator{"-", 9, PathOp::kSubtract},
    BinaryOperator{"&", 9, PathOp::kConcatenate},
    BinaryOperator{"*", 10, PathOp::kMultiply},
    BinaryOperator{"/", 10, PathOp::kDivide},
    BinaryOperator{"div", 10, PathOp::kIntegerDivide},
    BinaryOperator{"mod", 10, PathOp::kModulo},
    BinaryOperator{"in", kUnsupported, PathOp::kThis},
    BinaryOperator{"contains", kUnsupported, PathOp::kThis},
    BinaryOperator{"is", kUnsupported, PathOp::kThis},
    BinaryOperator{"as", kUnsupported, PathOp::kThis},
    BinaryOperator{"|", kUnsupported, PathOp::kThis},
    BinaryOperator{"~", kUnsupported, PathOp::kThis},
    BinaryOperator{"!~", kUnsupported, PathOp::kThis},
};

class PathParser {
 public:
  explicit PathParser(const PathText& path) : path_(path), lexer_(path), token_(lexer_.Next()) {}

  PathNode Run() {
    PathNode path = ParseBinary(1);
    if (token_.kind != TokenKind::kEnd) {
      Fail("something stands behind the end of the expression");
    }
    return path;
  }

 private:
  PathNode ParseBinary(int strength_min);
  const BinaryOperator* OperatorHere() const;
  PathNode ParseSigned();
  PathNode ParseInvocations();
  PathNode ParseTerm();
  PathNode ParseNumber();
  PathNode ParseVariable();
  PathNode ParseBrackets();
  PathNode ParseLiteral(LiteralKind kind);
  PathNode ParseInvocation(PathNode input);
  void ParseArguments(PathNode& function);

  PathNode NewNode(PathOp op);
  void Take() { token_ = lexer_.Next(); }
  bool IsSign(std::string_view sign) const { return token_.kind == TokenKind::kSign && token_.text == sign; }
  void TakeSign(std::string_view sign);
  void Enter();
  void Leave() { --nesting_; }
  [[noreturn]] void Fail(std::string_view reason) const { ThrowPathFault(path_, token_.offset, reason); }
  [[noreturn]] void Refuse(std::string_view what) const { ThrowUnsupported(path_, token_.offset, what); }

  PathText path_;
  PathLexer lexer_;
  Token token_;
  std::size_t nodes_ = 0;
  std::size_t nesting_ = 0;
};

PathNode PathParser::NewNode(PathOp op) {
  if (++nodes_ > kPathNodesMax) {
    Fail(fmt::format("the expression has more than {} parts", kPathNodesMax));
  }
  PathNode node;
  node.op = op;
  node.offset = token_.offset;
  return node;
}

void PathParser::Enter() {
  if (++nesting_ > kPathNestingMax) {
    Fail(fmt::format("brackets are nested deeper than {}", kPathNestingMax));
  }
}

void PathParser::TakeSign(std::string_view sign) {
  if (!IsSign(sign)) {
    Fail(fmt::format("'{}' is expected here", sign));
  }
  Take();
}

const BinaryOperator* PathParser::OperatorHere() const {
  if (token_.kind != TokenKind::kSign && token_.kind != TokenKind::kName) {
    return nullptr;
  }
  const auto found = std::ranges::find(kOperators, token_.text, &BinaryOperator::sign);
  return found == kOperators.end() ? nullptr : found;
}

PathNode PathParser::ParseBinary(int strength_min) {
  PathNode left = ParseSigned();
  for (const BinaryOperator* found = OperatorHere(); found != nullptr; found = OperatorHere()) {
    if (found->strength == kUnsupported) {
      Refuse(fmt::format("the operator `{}`", found->sign));
    }
    if (found->strength < strength_min) {
      break;
    }
    PathNode node = NewNode(found->op);
    Take();
    Enter();
    node.operands.push_back(std::move(left));
    node.operands.push_back(ParseBinary(found->strength + 1));
    Leave();
    left = std::move(node);
  }
  return left;
}

PathNode PathParser::ParseSigned() {
  if (!IsSign("-") && !IsSign("+")) {
    return ParseInvocations();
  }
  const bool negative = IsSign("-");
  PathNode node = NewNode(PathOp::kNegate);
  Take();
  Enter();
  node.operands.push_back(ParseSigned());
  Leave();
  if (negative) {
    return node;
  }
  PathNode operand = std::move(node.operands.front());
  return operand;
}

PathNode PathParser::ParseInvocations() {
  PathNode path = ParseTerm();
  for (;;) {
    if (IsSign(".")) {
      Take();
      path = ParseInvocation(std::move(path));
    } else if (IsSign("[")) {
      PathNode node = NewNode(PathOp::kIndex);
      Take();
      Enter();
      node.operands.push_back(std::move(path));
      node.operands.push_back(ParseBinary(1));
      Leave();
      TakeSign("]");
      path = std::move(node);
    } else {
      return path;
    }
  }
}

PathNode PathParser::ParseTerm() {
  switch (token_.kind) {
    case TokenKind::kString:
      return ParseLiteral(LiteralKind::kString);
    case TokenKind::kDate:
      return ParseLiteral(LiteralKind::kDate);
    case TokenKind::kDateTime:
      return ParseLiteral(LiteralKind::kDateTime);
    case TokenKind::kTime:
      return ParseLiteral(LiteralKind::kTime);
    case TokenKind::kNumber:
      return ParseNumber();
    case TokenKind::kVariable:
      return ParseVariable();
    case TokenKind::kName:
      if (token_.text == "true" || token_.text == "false") {
        return ParseLiteral(LiteralKind::kBoolean);
      }
      return ParseInvocation(NewNode(PathOp::kThis));
    case TokenKind::kQuoted:
      return ParseInvocation(NewNode(PathOp::kThis));
    case TokenKind::kDollar:
      if (token_.text != "this") {
        Refuse("$" + token_.text);
      }
      Take();
      return NewNode(PathOp::kThis);
    default:
      return ParseBrackets();
  }
}

PathNode PathParser::ParseNumber() {
  const bool whole = token_.text.find('.') == std::string::npos;
  PathNode number = ParseLiteral(whole ? LiteralKind::kInteger : LiteralKind::kDecimal);
  if (token_.kind == TokenKind::kString || (token_.kind == TokenKind::kName && OperatorHere() == nullptr)) {
    Refuse("a quantity (a number with a unit)");
  }
  return number;
}

PathNode PathParser::ParseVariable() {
  PathNode variable = NewNode(PathOp::kVariable);
  variable.text = token_.text;
  Take();
  return variable;
}

PathNode PathParser::ParseBrackets() {
  if (IsSign("{")) {
    PathNode nothing = NewNode(PathOp::kNothing);
    Take();
    TakeSign("}");
    return nothing;
  }
  if (token_.kind == TokenKind::kEnd) {
    Fail("the expression ends where a value is expected");
  }
  if (!IsSign("(")) {
    Fail("a value is expected here");
  }
  Take();
  Enter();
  PathNode inside = ParseBinary(1);
  Leave();
  TakeSign(")");
  return inside;
}

PathNode PathParser::ParseLiteral(LiteralKind kind) {
  PathNode literal = NewNode(PathOp::kLiteral);
  literal.literal = kind;
  literal.text = token_.text;
  Take();
  return literal;
}

// Parses a name, or a function with its arguments, that is asked of `input`.
PathNode PathParser::ParseInvocation(PathNode input) {
  if (token_.kind == TokenKind::kDollar) {
    Fail("$this stands at the start of an expression only");
  }
  if (token_.kind != TokenKind::kName && token_.kind != TokenKind::kQuoted) {
    Fail("a name is expected here");
  }
  PathNode node = NewNode(PathOp::kMember);
  node.text = token_.text;
  const bool may_be_function = token_.kind == TokenKind::kName;
  node.operands.push_back(std::move(input));
  Take();
  if (may_be_function && IsSign("(")) {
    node.op = PathOp::kFunction;
    ParseArguments(node);
  }
  return node;
}

void PathParser::ParseArguments(PathNode& function) {
  Take();
  Enter();
  while (!IsSign(")")) {
    if (function.operands.size() > 1) {
      TakeSign(",");
    }
    function.operands.push_back(ParseBinary(1));
  }
  Leave();
  Take();
}

}  // namespace

void ThrowUnsupported(const PathText& path, std::size_t offset, std::string_view what) {
  throw core::Error(
      core::ErrorKind::kInvalidInput, "PL-0704",
      fmt::format("{}: views cannot use {}, at character {} of `{}`", path.place, what, offset + 1, path.text),
      "Use the FHIRPath of SQL-on-FHIR's shareable views: paths, where, exists, empty, first, extension, ofType, "
      "join, arithmetic, comparison, boolean logic.");
}

PathNode ParsePath(std::string_view text, std::string_view place) {
  if (text.size() > kPathBytesMax) {
    ThrowPathFault({.text = text.substr(0, 40), .place = place}, 0,
                   fmt::format("it is longer than {} bytes", kPathBytesMax));
  }
  return PathParser({.text = text, .place = place}).Run();
}

}  // namespace pluginlake::fhir
