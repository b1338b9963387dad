// Tells a synthetic person's life in FHIR R4 resources.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "app/demo/care.h"
#include "app/demo/life.h"
#include "app/demo/person.h"

namespace pluginlake::app::demo {

// How resources name one another. NDJSON: own ids and `Type/id`. Bundle: no ids yet, `urn:uuid:` within the Bundle, and
// master data by identifier, as a sender does who does not know the station's ids.
enum class Naming { kIds, kBundle };

// One resource as text. `full_url` is set with Naming::kBundle.
struct MadeResource {
  std::string_view type;
  std::string full_url;
  std::string json;
};

using ResourceSink = std::function<void(MadeResource)>;

inline constexpr std::string_view kSystemAgb = "http://fhir.nl/fhir/NamingSystem/agb-z";
inline constexpr std::string_view kSystemBsn = "http://fhir.nl/fhir/NamingSystem/bsn";
inline constexpr std::string_view kSystemOwn = "https://demo.pluginlake.example/codes";

// Gives organisations, then locations, then practitioners.
void MakeMasterData(const Care& care, const ResourceSink& sink);

// Gives all resources of one person, the Patient first.
void MakePersonsResources(const Person& person, const Life& life, const Care& care, Naming naming,
                          const ResourceSink& sink);

// Returns "pat-00012".
std::string PatientId(std::size_t index);

}  // namespace pluginlake::app::demo
