// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/graph/filter.hpp"
#include "core/storage/reader.hpp"

namespace entente::cli {

/// One thing that `entente audit` looks for.
struct AuditCheck {
    std::string_view name;  ///< `no-source`
    std::string_view line;  ///< what it finds, for the help
};
/// All of them, in the order of the answer.
const std::vector<AuditCheck>& audit_checks();

/// A relationship that one of the checks found.
struct Finding {
    std::size_t check = 0;  ///< place in audit_checks()
    RelationshipId id;
    std::string detail;
};

/// Looks through every relationship that the filter keeps, ends included. `wanted`: by place, which checks.
/// Findings by check, then by number. O(relationships + evidence).
std::vector<Finding> audit(const storage::Reader& reader, graph::Filter& filter, const std::vector<bool>& wanted);

}  // namespace entente::cli
