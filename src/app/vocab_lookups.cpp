// Asks the station's one Lookups.
#include "app/vocab_lookups.h"

#include <utility>

#include "app/console.h"
#include "app/station.h"
#include "pluginlake/omop/lookups.h"

namespace pluginlake::app {
namespace {

omop::LookupRequest RequestOf(const VerbContext& context) {
  return {context.principal, context.console.progress(), context.console.cancellation()};
}

}  // namespace

VocabLookups OpenLookups(const VerbContext& context) {
  return {.file = context.host.station().lookups().Fresh(RequestOf(context))};
}

void CountUsage(const VerbContext& context, const std::vector<omop::ConceptSummary*>& concepts) {
  context.host.station().lookups().CountUsage(RequestOf(context), concepts);
}

}  // namespace pluginlake::app
