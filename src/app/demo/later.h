// What the demo's hospital sends again or takes back: twins, older versions, corrections, a deletion.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/inbox.h"
#include "app/demo/inbox_file.h"

namespace pluginlake::app::demo {

// Sees the resources go by, keeps a few, and writes what comes of them later.
class Later {
 public:
  void See(std::string_view type, const std::string& json);
  // Writes re-sent.ndjson and counts it.
  void WriteResent(InboxFile& file, ExpectedCounts& expected) const;
  // Returns entries of the Bundle: a twin, a deletion, and two that no station can take; counts them and adds the
  // reason codes of the last two.
  std::vector<std::string> BundleEntries(ExpectedCounts& expected, std::vector<std::string>& reason_codes) const;

 private:
  std::vector<std::string> patients_, conditions_, observations_;
};

}  // namespace pluginlake::app::demo
