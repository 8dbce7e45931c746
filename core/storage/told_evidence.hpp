// SPDX-License-Identifier: MIT
#pragma once

#include <utility>
#include <vector>

#include "core/model/source.hpp"
#include "core/model/value.hpp"
#include "core/storage/reader.hpp"

namespace entente::storage {

/// What answers tell of an evidence, by name and in this order, without what is unknown: source (its key), title,
/// url (of the page, else of the source), locator, excerpt, grade, retrievedAt: texts; confidence: a number.
std::vector<std::pair<const char*, Value>> told_evidence(const Reader& reader, const Evidence& evidence);

}  // namespace entente::storage
