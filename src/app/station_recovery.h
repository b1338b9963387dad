// Puts a station's records right whose owner was killed.
#pragma once

namespace pluginlake::app {

class Station;

// Called once by the new owner before any verb runs, when the owner before it died. Each batch that began and never
// ended is closed: as done if its commit is in the lake, else as interrupted. (What the killed commit left in the data
// folder, the lake's writer removes before its next commit.) Throws what catalog and state store meet.
void RecoverStation(Station& station);

}  // namespace pluginlake::app
