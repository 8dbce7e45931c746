// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/model/source.hpp"
#include "core/model/value.hpp"

namespace entente::storage {

/// A record holds what the source that brought it said of it in its own properties: locator, excerpt, grade,
/// confidence and, of a relationship, url and retrievedAt. Takes them out when a source that is `gone` said it and
/// none that is `left` did. false: nothing was taken out.
bool drop_words(Properties& properties, const std::vector<Evidence>& gone, const std::vector<Evidence>& left,
                bool of_relationship);

}  // namespace entente::storage
