// A folder of its own for one test, and the databases the store is tested on.
#pragma once

#include <string>
#include <vector>

#include "pluginlake/state/store.h"

namespace pluginlake::state {

// Removed with everything in it at the end.
class StationFolder {
 public:
  StationFolder();
  ~StationFolder();
  StationFolder(const StationFolder&) = delete;
  StationFolder& operator=(const StationFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Returns PLUGINLAKE_TEST_POSTGRES, empty if no server is there to test on.
std::string TestPostgresUrl();

// Removes the store's schema and its copies from the test server.
void EmptyTestPostgres();

}  // namespace pluginlake::state
