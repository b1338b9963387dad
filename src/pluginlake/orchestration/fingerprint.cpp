// Hashes assets in order, so that what they read has its hash before them.
#include "pluginlake/orchestration/fingerprint.h"

#include <string_view>

#include "pluginlake/core/digest.h"

namespace pluginlake::orchestration {
namespace {

constexpr std::size_t kDigits = 32;

// Lengths go in front, so that no two lists of texts look the same.
void Add(core::Sha256& digest, std::string_view text) {
  digest.Update(std::to_string(text.size()));
  digest.Update(":");
  digest.Update(text);
}

// Macros ask for settings too; whoever may call them hangs on those.
std::string MacroDigest(const std::map<std::string, std::string>& variables) {
  core::Sha256 digest;
  for (const std::string& macro : assets::BuiltInMacros()) {
    Add(digest, macro);
    for (const auto& [name, value] : variables) {
      Add(digest, macro.find("'" + name + "'") == std::string::npos ? std::string_view{} : std::string_view(value));
    }
  }
  return digest.Hex();
}

}  // namespace

std::map<std::string, std::string> Fingerprints(const assets::Graph& graph,
                                                const std::map<std::string, std::string>& variables,
                                                const std::string& engine) {
  std::map<std::string, std::string> fingerprints;
  const std::string macros = MacroDigest(variables);
  core::Sha256 digest;
  for (const assets::Asset* asset : graph.order()) {
    Add(digest, engine);
    Add(digest, asset->is_view() ? std::string_view{} : std::string_view(macros));
    for (const std::string* text : {&asset->key, &asset->declaration, &asset->sql, &asset->view}) {
      Add(digest, *text);
    }
    for (const std::string& name : asset->variables) {
      const auto value = variables.find(name);
      Add(digest, name);
      Add(digest, value == variables.end() ? std::string_view{} : std::string_view(value->second));
    }
    for (const assets::TableName& input : asset->inputs) {
      const assets::Asset* upstream = graph.Find(input);
      Add(digest, input.text());
      Add(digest, upstream == nullptr ? std::string_view{} : std::string_view(fingerprints[upstream->key]));
    }
    std::string fingerprint = digest.Hex();
    fingerprint.resize(kDigits);
    fingerprints[asset->key] = std::move(fingerprint);
  }
  return fingerprints;
}

}  // namespace pluginlake::orchestration
