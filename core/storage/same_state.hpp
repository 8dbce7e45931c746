// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "core/storage/reader.hpp"

namespace entente::storage {

/// Another Reader of the very state that this one sees, for another thread. Nothing when there can be none:
/// the file has moved on, or it is a writer's own state, or an earlier one.
std::optional<Reader> same_state(const Reader& reader);

}  // namespace entente::storage
