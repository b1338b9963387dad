// Gives the demo's resources their ids and references.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>

#include "app/demo/calendar.h"
#include "app/demo/care.h"
#include "app/demo/resources.h"

namespace pluginlake::app::demo {

using Json = nlohmann::ordered_json;

// Names resources in one of the two ways of Naming.
class Names {
 public:
  Names(const Care& care, Naming naming) : care_(care), naming_(naming) {}

  // Returns {"resourceType", "id", "meta"}, the id only where resources have one.
  Json Begin(std::string_view type, const std::string& id, Moment last_updated) const;
  // Returns the fullUrl of a resource of the Bundle; empty with Naming::kIds.
  std::string FullUrl(const std::string& id) const;
  Json Reference(std::string_view type, const std::string& id) const;
  // References to master data: `Type/id`, or by identifier.
  Json ToOrganization(std::size_t index) const;
  Json ToPractitioner(std::size_t index) const;
  Json ToLocation(std::size_t index) const;
  Naming naming() const { return naming_; }

 private:
  const Care& care_;
  Naming naming_;
};

std::string OrganizationId(std::size_t index);
std::string PractitionerId(std::size_t index);
std::string LocationId(std::size_t index);

// Returns {"coding": [{system, code, display}], "text"}; both texts are `display`.
Json Concept(std::string_view system, const std::string& code, const std::string& display);

}  // namespace pluginlake::app::demo
