// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "core/exporters/dialect.hpp"

namespace entente::exporters {

/// A network as one JSON object of `types`, `sources`, `actors` and `relationships`, a record a line,
/// in the importers' own form. Importing it and exporting again gives the same bytes. UTF-8, LF.
void write_json(const Network& network, std::ostream& stream);

/// The same as lines of `{"type": ...}`, `{"source": ...}`, `{"actor": ...}`, `{"relationship": ...}`.
void write_json_lines(const Network& network, std::ostream& stream);

/// Evidence as a JSON list of objects, as the members `evidence` of records hold it.
std::string evidence_json(const std::vector<Evidence>& evidence, const std::map<std::uint32_t, std::string>& source_keys);

}  // namespace entente::exporters
