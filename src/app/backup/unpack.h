// Unpacks a backup into a folder and checks every file against its list of contents.
#pragma once

#include <string>

#include "app/backup/manifest.h"

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::app {

// What watches and stops long work.
struct Watcher {
  core::Progress& progress;
  core::Cancellation& cancellation;
};

// Returns the list of contents. Throws invalid_input (PL-0952) if the archive is cut or was changed, conflict (PL-0961)
// if a newer program made it.
Manifest UnpackBackup(const std::string& archive, const std::string& folder, const Watcher& watcher);

}  // namespace pluginlake::app
