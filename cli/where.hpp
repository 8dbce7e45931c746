// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/graph/selection.hpp"
#include "core/storage/reader.hpp"

namespace entente::cli {

/// Makes a selection ask what `--where` says, each text one condition, all of which must hold: see
/// query::Condition. The reader must outlive whoever asks. Throws query::Failure for a text that cannot be
/// read, now; for a value of a kind that does not fit, when it is asked. Returns what they name and the database has
/// never heard of, a sentence each.
std::vector<std::string> add_conditions(const std::vector<std::string>& texts, const storage::Reader& reader, graph::Selection& selection);

}  // namespace entente::cli
