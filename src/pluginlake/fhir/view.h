// A compiled SQL-on-FHIR v2 ViewDefinition: which columns it has, and where each comes from.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::fhir {

struct ViewDefinition;

struct ViewColumn {
  std::string name;
  std::string type;       // DuckDB's name of the type: "VARCHAR", "BOOLEAN", "STRUCT(code VARCHAR)[]"
  std::string fhir_type;  // "code", "Coding"; empty when it is not known
  bool collection = false;
  std::string description;
  // Which elements decide the column: "Observation.value.ofType(Quantity).value"; none = it is a constant.
  std::vector<std::string> element_paths;
};

// Immutable; shared between threads and the evaluators made for it.
class View {
 public:
  // Compiles a ViewDefinition. Throws invalid_input with the place and the reason: PL-0701 no JSON, PL-0702 structure,
  // PL-0703 no FHIRPath, PL-0704 FHIRPath that views cannot use, PL-0705 unknown constant, PL-0706 types that do not
  // fit, PL-0707 columns.
  // shared_ptr: evaluators of several threads keep the view they work for.
  static std::shared_ptr<const View> Compile(std::string_view json);
  ~View();
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  const std::string& name() const;           // empty when the definition has none
  const std::string& resource_type() const;  // "Patient"
  const std::string& description() const;
  std::span<const ViewColumn> columns() const { return columns_; }
  // The columns' types with JSON in place of VARCHAR where the texts are numbers with their digits as written, so that
  // JSON output has them without quotes.
  std::span<const std::string> json_types() const { return json_types_; }
  // What is allowed and yet hardly meant: an element that R4 does not have, a comparison that is never true.
  std::span<const std::string> warnings() const { return warnings_; }

  // The definition, for evaluators.
  const ViewDefinition& definition() const { return *definition_; }

 private:
  View();

  std::unique_ptr<const ViewDefinition> definition_;
  std::vector<ViewColumn> columns_;
  std::vector<std::string> json_types_;
  std::vector<std::string> warnings_;
};

}  // namespace pluginlake::fhir
