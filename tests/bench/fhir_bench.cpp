// Measures how fast resources are read: MB of NDJSON per CPU second, step by step. Built on request only.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/reference.h"
#include "pluginlake/fhir/resource.h"

namespace {

using pluginlake::fhir::ClassifyReference;
using pluginlake::fhir::Reference;
using pluginlake::fhir::ReferenceKind;
using pluginlake::fhir::ResourceParser;

constexpr std::size_t kPadding = 64;

double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Input {
  std::string bytes;
  std::vector<std::string_view> lines;

  void CutLines() {
    bytes.append(kPadding, '\n');
    std::string_view rest = bytes;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      if (end > 0) {
        lines.push_back(rest.substr(0, end));
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
};

std::optional<std::string_view> ToLocal(std::string_view text) {
  const Reference reference = ClassifyReference(text);
  return reference.kind == ReferenceKind::kLocal && reference.target.size() != text.size()
             ? std::optional(reference.target)
             : std::nullopt;
}

std::size_t Run(const Input& input, const std::function<std::size_t(ResourceParser&, std::string_view)>& step) {
  ResourceParser parser({});
  std::size_t sum = 0;
  for (const std::string_view line : input.lines) {
    sum += step(parser, line);
  }
  return sum;
}

void Report(const char* name, const Input& input, double seconds, std::size_t sum) {
  std::printf("%-34s %7.0f MB per CPU second  (%zu)\n", name, static_cast<double>(input.bytes.size()) / 1e6 / seconds,
              sum);
}

void Measure(const char* name, const Input& input,
             const std::function<std::size_t(ResourceParser&, std::string_view)>& step) {
  double best = 1e9;
  std::size_t sum = 0;
  for (int round = 0; round < 3; ++round) {
    const double start = CpuSeconds();
    sum = Run(input, step);
    best = std::min(best, CpuSeconds() - start);
  }
  Report(name, input, best, sum);
}

std::size_t All(ResourceParser& parser, std::string_view line, std::string& body) {
  if (parser.Parse(line)) {
    return 0;
  }
  parser.Resolve(ToLocal);
  body.clear();
  parser.WriteBody(body);
  return body.size() + parser.ContentHash().size() + parser.PatientId().value_or("").size();
}

}  // namespace

int main(int count, char** arguments) {
  Input input;
  for (int argument = 1; argument < count; ++argument) {
    std::ostringstream text;
    text << std::ifstream(arguments[argument], std::ios::binary).rdbuf();
    input.bytes += text.str();
  }
  input.CutLines();
  std::printf("%zu resources, %.1f MB\n", input.lines.size(), static_cast<double>(input.bytes.size()) / 1e6);
  std::string body;
  const auto parse = [](ResourceParser& parser, std::string_view line) {
    return parser.Parse(line) ? 0 : parser.references().size() + parser.identifiers().size();
  };
  Measure("Parse", input, parse);
  Measure("Parse + Resolve", input, [](ResourceParser& parser, std::string_view line) {
    const bool sound = !parser.Parse(line);
    if (sound) {
      parser.Resolve(ToLocal);
    }
    return parser.references().size();
  });
  Measure("Parse + WriteBody", input, [&](ResourceParser& parser, std::string_view line) {
    body.clear();
    if (!parser.Parse(line)) {
      parser.WriteBody(body);
    }
    return body.size();
  });
  Measure("Parse + ContentHash", input, [](ResourceParser& parser, std::string_view line) {
    return parser.Parse(line) ? 0 : parser.ContentHash().size();
  });
  Measure("Parse + PatientId", input, [](ResourceParser& parser, std::string_view line) {
    return parser.Parse(line) ? 0 : parser.PatientId().value_or("").size();
  });
  Measure("all", input, [&](ResourceParser& parser, std::string_view line) { return All(parser, line, body); });
}
