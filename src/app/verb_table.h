// The one table of verbs. A new verb is a file in verbs/ and a line in verb_table.cpp.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/verb.h"

namespace pluginlake::app {

// Returns what makes each verb, in the order `help` lists them.
std::span<const VerbFactory> VerbTable();

// Returns a new verb by its full name ("catalog fsck"), null if there is none.
std::unique_ptr<Verb> MakeVerb(std::string_view name);

// Returns all full names, in table order.
std::vector<std::string> VerbNames();

// Returns the full names in a group ("catalog": "catalog fsck", …); empty if `group` is none.
std::vector<std::string> VerbsInGroup(std::string_view group);

}  // namespace pluginlake::app
