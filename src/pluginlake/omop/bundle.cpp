// Looks for the file of each table.
#include "pluginlake/omop/bundle.h"

#include <fmt/format.h>

#include <utility>

#include "pluginlake/omop/athena_tables.h"

namespace pluginlake::omop {
namespace {

Problem FileTwice(const AthenaTable& table, const std::vector<const DeliveredFile*>& found) {
  Problem problem{.code = "file_twice",
                  .table = table.table.name,
                  .count = found.size(),
                  .message = fmt::format("{} is there {} times; the first is read. Are these two releases in one?",
                                         table.FileName(), found.size())};
  for (const DeliveredFile* each : found) {
    problem.examples.push_back(each->name);
  }
  return problem;
}

std::vector<const DeliveredFile*> FilesOf(const Delivery& delivery, const AthenaTable& table) {
  std::vector<const DeliveredFile*> found;
  for (const DeliveredFile& file : delivery.files()) {
    if (SmallBaseName(file.name) == table.table.name + ".csv") {
      found.push_back(&file);
    }
  }
  return found;
}

}  // namespace

Bundle OpenBundle(Delivery& delivery) {
  Bundle bundle;
  for (const AthenaTable& table : AthenaTables()) {
    const std::vector<const DeliveredFile*> found = FilesOf(delivery, table);
    if (found.empty() && table.in_every_bundle) {
      bundle.problems.push_back({.code = "missing_file",
                                 .table = table.table.name,
                                 .message = fmt::format("{} is not in the bundle", table.FileName())});
    }
    if (found.size() > 1) {
      bundle.problems.push_back(FileTwice(table, found));
    }
    if (!found.empty()) {
      const DeliveredFile& file = *found.front();
      bundle.files.push_back({.table = table.table.name,
                              .shown = delivery.Shown(file),
                              .path = delivery.Fetch(file, bundle.problems),
                              .bytes = file.bytes});
    }
  }
  for (const DeliveredFile& file : delivery.files()) {
    if (SmallBaseName(file.name).ends_with(".zip")) {
      bundle.problems.push_back({.code = "nested_archive",
                                 .message = "The bundle holds a zip file, which is not read; unpack it first",
                                 .examples = {file.name}});
    }
  }
  return bundle;
}

}  // namespace pluginlake::omop
