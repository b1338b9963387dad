// Resolves, hashes and reads meta.
#include "pluginlake/sources/version_facts.h"

namespace pluginlake::sources {

VersionFacts ResolveAndRead(const Batch& batch, std::uint32_t file, const Record& record, const Interpreted& found,
                            RecordInterpreter& interpreter) {
  if (found.kind == RecordKind::kDeletion) {
    return {.deleted = true};
  }
  fhir::ResourceParser& parser = interpreter.parser();
  const std::uint64_t scope = BundleScopeOf(record, file, batch.IsNdjson(file));
  parser.Resolve([&](std::string_view text) { return batch.targets.Resolve(scope, text); });
  return {.content_hash = parser.ContentHash(),
          .version_id = std::string(parser.version_id()),
          .last_updated = parser.last_updated()};
}

}  // namespace pluginlake::sources
