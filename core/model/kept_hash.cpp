// SPDX-License-Identifier: MIT
#include "core/model/kept_hash.hpp"

#include <charconv>

namespace entente {

KeptHash kept_hash(std::string_view text) {
    const std::size_t mark = text.find_first_of("~!");
    if (mark == std::string_view::npos) return {text, 0, false};
    std::uint64_t rejected = 0;
    const auto [end, error] = std::from_chars(text.data() + mark + 1, text.data() + text.size(), rejected);
    if (error != std::errc{} || end != text.data() + text.size()) return {text, 0, false};
    return {text.substr(0, mark), rejected, text[mark] == '!'};
}

std::string text_of(const KeptHash& kept) {
    std::string out(kept.hash);
    if (kept.rejected != 0) out.append(kept.late ? "!" : "~").append(std::to_string(kept.rejected));
    return out;
}

}  // namespace entente
