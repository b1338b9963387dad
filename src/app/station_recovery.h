// Puts a station right whose owner was killed.
#pragma once

namespace pluginlake::app {

class Station;

// Called once by the new owner before any verb runs, when the owner before it died. What a killed commit left behind is
// removed; nothing that was committed is touched. Throws what catalog and state store meet.
void RecoverStation(Station& station);

}  // namespace pluginlake::app
