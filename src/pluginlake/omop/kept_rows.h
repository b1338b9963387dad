// What stands in the lake and stays there when a delivery comes: the other local vocabularies, or the Athena release.
#pragma once

#include "pluginlake/core/cancel.h"

namespace pluginlake::catalog {
class Lake;
}

namespace pluginlake::omop {

class Staging;

// Writes what stays of each Athena table to <folder>/kept_<table>.parquet of the staging area, and code_system,
// unit_alias and what the gate compares with (former_vocabulary, former_table, used_vocabulary) to
// <folder>/<table>.parquet; tables of which nothing stays get no file. `bundle_is_local` = the delivery brings local
// concepts only.
void ExportKeptRows(catalog::Lake& lake, Staging& staging, bool bundle_is_local,
                    const core::Cancellation& cancellation);

}  // namespace pluginlake::omop
