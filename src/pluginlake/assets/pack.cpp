// Groups files by name, reads each group into one asset, and checks the assets against each other.
#include "pluginlake/assets/pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "assets/pack.h"
#include "pluginlake/assets/sql_tree.h"
#include "pluginlake/core/error.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/fhir/view.h"

namespace pluginlake::assets {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMacroFolder = "macros/";

// The files that make one asset.
struct Group {
  const AssetFile* toml = nullptr;
  const AssetFile* sql = nullptr;
  const AssetFile* json = nullptr;

  const AssetFile& First() const {
    const AssetFile* file = sql != nullptr ? sql : json != nullptr ? json : toml;
    PL_CHECK(file != nullptr, "an asset has no file");
    return *file;
  }
  const AssetFile& Declaration() const { return toml == nullptr ? First() : *toml; }
};

bool IsName(std::string_view text) {
  const bool has_first = !text.empty() && (std::isalpha(static_cast<unsigned char>(text.front())) != 0);
  return has_first &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

// Says whether a key has the form schema/table, each segment a lower-case name.
bool IsKey(std::string_view key) {
  std::size_t segments = 0;
  while (!key.empty()) {
    const std::size_t slash = key.find('/');
    if (!IsName(key.substr(0, slash))) {
      return false;
    }
    ++segments;
    key = slash == std::string_view::npos ? std::string_view{} : key.substr(slash + 1);
  }
  return segments >= 2;
}

class Loader {
 public:
  Loader(duck::Connection& connection, AssetPack& pack) : parser_(connection), pack_(pack) {}

  // Reads an asset's declaration and says which SQL it has.
  void Declare(const std::string& key, const Group& group) {
    problems_.clear();
    Asset asset{.key = key};
    const AssetFile& first = group.First();
    asset.origin = first.shown;
    asset.is_built_in = first.is_built_in;
    if (!IsKey(key)) {
      Complain(first.shown + ":1", fmt::format("this is no asset's key: {}", key),
               "Put the file at schema/table.sql, in lower-case letters, digits and underscores.");
    }
    if (group.toml != nullptr) {
      ReadDeclaration(group.toml->text, group.toml->shown, asset, problems_);
    }
    Announce(group, asset);
    drafts_.push_back({std::move(asset), group, std::move(problems_)});
  }

  // Reads the SQL of all assets that were declared, and keeps those that are sound.
  void Finish() {
    for (Draft& draft : drafts_) {
      problems_ = std::move(draft.problems);
      ReadSql(draft.group, draft.asset);
      Keep(std::move(draft.asset));
    }
  }

 private:
  // An asset whose SQL is still to be read.
  struct Draft {
    Asset asset;
    Group group;
    std::vector<Problem> problems;
  };

  void Announce(const Group& group, const Asset& asset) {
    if (group.sql != nullptr) {
      parser_.Announce(group.sql->text);
    }
    for (const Check& check : asset.checks) {
      parser_.Announce(check.sql);
    }
    for (const auto& [key, lookup] : asset.lookups) {
      if (lookup.reach == Lookup::Reach::kKeys) {
        parser_.Announce(lookup.sql);
      }
    }
  }

  void ReadSql(const Group& group, Asset& asset) {
    const std::string& key = asset.key;
    const AssetFile& first = group.First();
    ReadLookups(group.Declaration().shown, asset);
    ReadChecks(group.Declaration().shown, asset);
    if (group.sql != nullptr && group.json != nullptr) {
      Complain(first.shown + ":1", "there are a SELECT and a ViewDefinition for one key", "Keep one of the two.");
    } else if (group.sql != nullptr) {
      ReadSelect(*group.sql, asset);
    } else if (group.json != nullptr) {
      ReadView(*group.json, asset);
    } else {
      Complain(first.shown + ":1", "there is neither a SELECT nor a ViewDefinition beside the declaration",
               fmt::format("Write {}.sql or {}.json.", key, key));
    }
  }

  void Complain(std::string place, std::string what, std::string hint) {
    problems_.push_back({std::move(place), std::move(what), std::move(hint)});
  }

  void ReadSelect(const AssetFile& file, Asset& asset) {
    asset.sql_path = file.shown;
    asset.sql = file.text;
    asset.sql.erase(asset.sql.find_last_not_of("; \t\r\n") + 1);
    SqlTree tree;
    if (std::optional<Problem> problem = parser_.Parse({file.text, file.shown}, tree)) {
      problems_.push_back(*std::move(problem));
      return;
    }
    asset.reads_itself = tree.tables.erase(asset.table()) > 0;
    asset.inputs.assign(tree.tables.begin(), tree.tables.end());
    asset.variables.assign(tree.variables.begin(), tree.variables.end());
  }

  void ReadView(const AssetFile& file, Asset& asset) {
    asset.sql_path = file.shown;
    asset.view = file.text;
    asset.inputs = {RawResources()};
    asset.key_column = "resource_id";
    asset.incremental = Incremental::kByKey;
    try {
      const auto view = fhir::View::Compile(file.text);
      if (asset.description.empty()) {
        asset.description = view->description();
      }
    } catch (const core::Error& error) {
      Complain(file.shown + ":1", error.what(), error.hint());
    }
  }

  void ReadChecks(const std::string& path, Asset& asset) {
    for (Check& check : asset.checks) {
      SqlTree tree;
      if (std::optional<Problem> problem = parser_.Parse({check.sql, path}, tree)) {
        problem->place = path;
        problem->what = fmt::format("check {}: {}", check.name, problem->what);
        problems_.push_back(*std::move(problem));
        continue;
      }
      check.inputs.assign(tree.tables.begin(), tree.tables.end());
    }
  }

  void ReadLookups(const std::string& path, Asset& asset) {
    for (auto& [key, lookup] : asset.lookups) {
      SqlTree tree;
      if (lookup.reach != Lookup::Reach::kKeys) {
        continue;
      }
      if (std::optional<Problem> problem = parser_.Parse({lookup.sql, path, "changed"}, tree)) {
        problems_.push_back(
            {path, fmt::format("lookup {}: {}", key, problem->what),
             "A lookup is \"all\", \"none\", or a SELECT of the keys that the rows in `changed` touch."});
        continue;
      }
      lookup.inputs.assign(tree.tables.begin(), tree.tables.end());
    }
  }

  void Keep(Asset asset) {
    const auto standing = tables_.find(asset.table());
    if (standing != tables_.end()) {
      Complain(asset.origin + ":1",
               fmt::format("there is an asset for {} already: {}", asset.table().text(), standing->second),
               "Give yours another name or schema.");
    }
    if (problems_.empty()) {
      tables_[asset.table()] = asset.origin;
      pack_.assets.push_back(std::move(asset));
    }
    pack_.problems.insert(pack_.problems.end(), problems_.begin(), problems_.end());
  }

  SelectParser parser_;
  AssetPack& pack_;
  std::vector<Draft> drafts_;
  std::vector<Problem> problems_;            // of the asset at hand
  std::map<TableName, std::string> tables_;  // of the assets kept, with their origins
};

std::string ReadWhole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in) {
    throw core::Error(core::ErrorKind::kDenied, "PL-1101",
                      fmt::format("A file of an asset cannot be read: {}", path.string()),
                      "Give the station's user read rights on it.");
  }
  return text;
}

bool IsAssetFile(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".toml" || extension == ".sql" || extension == ".json";
}

}  // namespace

const Asset* AssetPack::Find(const std::string& key) const { return Find(TableOf(key)); }

const Asset* AssetPack::Find(const TableName& table) const {
  const auto found = std::ranges::find_if(assets, [&](const Asset& asset) { return asset.table() == table; });
  return found == assets.end() ? nullptr : &*found;
}

std::vector<AssetFile> BuiltInFiles() {
  std::vector<AssetFile> files;
  for (const auto& [path, text] : pack::kFiles) {
    if (!path.starts_with(kMacroFolder)) {
      files.push_back({std::string(path), fmt::format("{} (built in)", path), std::string(text), true});
    }
  }
  return files;
}

std::vector<std::string> BuiltInMacros() {
  std::vector<std::string> macros;
  for (const auto& [path, text] : pack::kFiles) {
    if (path.starts_with(kMacroFolder)) {
      macros.emplace_back(text);
    }
  }
  return macros;
}

std::vector<AssetFile> FilesBelow(const std::string& folder) {
  std::vector<AssetFile> files;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return files;
  }
  std::vector<fs::path> paths;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->is_regular_file(error) && IsAssetFile(entry->path())) {
      paths.push_back(entry->path());
    }
  }
  if (error) {
    throw core::Error(core::ErrorKind::kDenied, "PL-1102",
                      fmt::format("The folder of assets cannot be read ({}): {}", error.message(), folder),
                      "Give the station's user read rights on it.");
  }
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    files.push_back({path.lexically_relative(folder).string(), path.string(), ReadWhole(path)});
  }
  return files;
}

AssetPack LoadAssets(duck::Connection& connection, const std::vector<std::vector<AssetFile>>& packs) {
  AssetPack pack;
  Loader loader(connection, pack);
  for (const std::vector<AssetFile>& files : packs) {
    std::map<std::string, Group> groups;
    for (const AssetFile& file : files) {
      const fs::path path(file.path);
      Group& group = groups[(path.parent_path() / path.stem()).string()];
      (path.extension() == ".toml" ? group.toml : path.extension() == ".sql" ? group.sql : group.json) = &file;
    }
    for (const auto& [key, group] : groups) {
      loader.Declare(key, group);
    }
  }
  loader.Finish();
  std::ranges::sort(pack.assets, {}, &Asset::key);
  return pack;
}

}  // namespace pluginlake::assets
