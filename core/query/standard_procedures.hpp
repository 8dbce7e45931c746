// SPDX-License-Identifier: MIT
#pragma once

#include "core/query/procedures.hpp"

namespace entente::query {

/// What CALL knows without being told: `entente.MEASURE(options)` for every measure of the analyses
/// (hyphens as underscores), `entente.find(text)`, `entente.types()`, `entente.procedures()`,
/// `entente.functions()`, `db.labels()`, `db.relationshipTypes()`, `db.propertyKeys()`.
const Procedures& standard_procedures();

}  // namespace entente::query
