// SPDX-License-Identifier: MIT
#include "core/query/failure.hpp"

#include <algorithm>

#include "core/model/utf8.hpp"

namespace entente::query {

Failure Failure::placed(std::string_view statement, std::string_view what) const {
    if (at_ == kNowhere || !excerpt_.empty()) return *this;
    const std::size_t at = std::min<std::size_t>(at_, statement.size());
    const std::string_view before = statement.substr(0, at);
    Place place;
    place.file = what;
    place.line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    std::size_t end = statement.find('\n', at);
    if (end == std::string_view::npos) end = statement.size();
    // A long line is shown around the place only.
    constexpr std::size_t kWindow = 100;
    std::string line, caret;
    std::uint64_t column = 1;
    const std::size_t from = at - start > kWindow ? at - kWindow : start;
    const std::size_t to = std::min(end, at + kWindow);
    for (std::size_t i = start; i < to;) {
        const std::size_t was = i;
        const char32_t c = next_character(statement, i);
        if (was < at) ++column;
        if (was < from) continue;
        append_character(line, c < 0x20 || (c >= 0x7f && c < 0xa0) ? U' ' : c);
        if (was < at) caret += ' ';
    }
    place.column = column;
    return Failure(*this, place, "  " + line + "\n  " + caret + "^");
}

}  // namespace entente::query
