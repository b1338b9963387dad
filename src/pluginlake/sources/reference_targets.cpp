// Looks references up.
#include "pluginlake/sources/reference_targets.h"

#include <fmt/format.h>

#include <utility>

namespace pluginlake::sources {

std::uint64_t BundleScopeOf(const Record& record, std::uint32_t file, bool is_ndjson) {
  if (!record.in_bundle) {
    return 0;
  }
  return (std::uint64_t{file} + 1) << 40U | (is_ndjson ? record.line : 0);
}

std::string CanonicalCondition(const fhir::Reference& reference) {
  return reference.any_system
             ? fmt::format("{}?identifier={}", reference.resource_type, reference.value)
             : fmt::format("{}?identifier={}|{}", reference.resource_type, reference.system, reference.value);
}

void ReferenceTargets::AddFullUrl(std::uint64_t scope, std::string_view full_url, std::string_view type,
                                  std::string_view id) {
  std::string target = fmt::format("{}/{}", type, id);
  std::lock_guard lock(mutex_);
  by_full_url_.try_emplace(KeyOfText(scope, full_url), std::move(target));
}

void ReferenceTargets::AddWanted(std::string_view reference) {
  std::lock_guard lock(mutex_);
  if (!wanted_.contains(reference)) {
    wanted_.emplace(reference);
  }
}

void ReferenceTargets::Settle(std::string reference, std::string type_and_id) {
  by_condition_.insert_or_assign(std::move(reference), std::move(type_and_id));
}

std::optional<std::string_view> ReferenceTargets::Resolve(std::uint64_t scope, std::string_view text) const {
  const fhir::Reference reference = fhir::ClassifyReference(text);
  switch (reference.kind) {
    case fhir::ReferenceKind::kLocal:
      return reference.target;
    case fhir::ReferenceKind::kConditional: {
      auto found = by_condition_.find(CanonicalCondition(reference));
      return found == by_condition_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
    }
    case fhir::ReferenceKind::kContained:
      return std::nullopt;
    case fhir::ReferenceKind::kBundle:
    case fhir::ReferenceKind::kOther:
      break;
  }
  if (scope == 0) {
    return std::nullopt;
  }
  auto found = by_full_url_.find(KeyOfText(scope, text));
  return found == by_full_url_.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

}  // namespace pluginlake::sources
