// Compiles: reads the definition, then links it once to learn its columns.
#include "pluginlake/fhir/view.h"

#include <utility>

#include "pluginlake/fhir/view_definition.h"
#include "pluginlake/fhir/view_linker.h"

namespace pluginlake::fhir {

View::View() = default;
View::~View() = default;

std::shared_ptr<const View> View::Compile(std::string_view json) {
  std::shared_ptr<View> view(new View);  // shared: see the header
  view->definition_ = std::make_unique<const ViewDefinition>(ReadViewDefinition(json));
  PlaceTree tree(view->resource_type());
  LinkedView linked = LinkView(tree, *view->definition_);
  view->columns_ = std::move(linked.columns);
  view->json_types_ = std::move(linked.json_types);
  view->warnings_ = std::move(linked.warnings);
  if (!view->definition_->is_for_r4) {
    view->warnings_.insert(view->warnings_.begin(), "fhirVersion: the view is not for FHIR R4, which it is read by");
  }
  return view;
}

const std::string& View::name() const { return definition_->name; }
const std::string& View::resource_type() const { return definition_->resource_type; }
const std::string& View::description() const { return definition_->description; }

}  // namespace pluginlake::fhir
