// Finds all assets: the built-in ones and those in a station's own folders, each read, parsed and cross-checked.
#pragma once

#include <string>
#include <vector>

#include "pluginlake/assets/asset.h"
#include "pluginlake/assets/declaration.h"

namespace pluginlake::duck {
class Connection;
}

namespace pluginlake::assets {

// One file of an asset: its path below the folder of assets ("omop/person.sql") and what it holds.
struct AssetFile {
  std::string path;
  std::string shown;  // for messages: where the person finds it
  std::string text;
  bool is_built_in = false;
};

// Every asset that is sound, in order of key. An asset with a problem is left out; the rest is unharmed.
struct AssetPack {
  std::vector<Asset> assets;
  std::vector<Problem> problems;

  const Asset* Find(const std::string& key) const;
  const Asset* Find(const TableName& table) const;
};

// Returns the files of the assets that every station has.
std::vector<AssetFile> BuiltInFiles();

// Reads the .toml, .sql and .json files below `folder`, in order; empty if there is no such folder. Throws denied if it
// cannot be read.
std::vector<AssetFile> FilesBelow(const std::string& folder);

// Reads assets from packs of files, the built-in pack first; `connection` parses their SQL (nothing is bound or run). A
// key that occurs twice is a problem of the later pack.
AssetPack LoadAssets(duck::Connection& connection, const std::vector<std::vector<AssetFile>>& packs);

// Returns the macros that asset SQL may call, as CREATE MACRO statements.
std::vector<std::string> BuiltInMacros();

}  // namespace pluginlake::assets
