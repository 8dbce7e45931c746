// SPDX-License-Identifier: MIT
#pragma once

namespace entente::importers {

/// What to do about a mistake in a text whose records cannot be told apart behind it: none can be left out.
inline constexpr const char* kMendText = "nothing was written; mend it there: what follows cannot be read without it";

}  // namespace entente::importers
