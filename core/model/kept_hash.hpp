// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace entente {

/// What a change set keeps of a file that it read, in ReadFile::hash: behind the hash itself `~3` when three of its
/// rows were rejected and would be again, `!3` when the database may meanwhile have what they lacked.
struct KeptHash {
    std::string_view hash;  ///< of its bytes, and of what else decided how it was read
    std::uint64_t rejected = 0;
    bool late = false;  ///< rejected for what the database lacked
};

/// Valid as long as the text. A text that says it in no such way is all hash.
KeptHash kept_hash(std::string_view text);
std::string text_of(const KeptHash& kept);

}  // namespace entente
