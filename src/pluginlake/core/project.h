// A project: one DuckLake catalog with its own data path. Code takes a Project and never spells a catalog's alias.
#pragma once

#include <string>

namespace pluginlake::core {

// Where one project's lake is and under which name it is attached.
struct Project {
  std::string name;       // "default"
  std::string alias;      // the catalog's name in SQL: "lake" for the default project
  std::string catalog;    // "sqlite" (a file in the station) or a postgres:// URL; a URL may hold a secret
  std::string data_path;  // absolute folder ending in '/', or s3://bucket/prefix/
  std::string directory;  // the station's folder, absolute
  bool is_postgres() const { return catalog != "sqlite"; }
};

}  // namespace pluginlake::core
