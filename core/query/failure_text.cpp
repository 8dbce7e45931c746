// SPDX-License-Identifier: MIT
#include "core/query/failure_text.hpp"

#include <algorithm>

namespace entente::query {

Failure in_script(const Failure& failure, std::string_view statement, std::string_view script,
                  std::string_view name, std::uint64_t first_line) {
    if (failure.by_limit()) return failure;
    std::size_t at = failure.at();
    if (failure.at() == kNowhere) at = std::min(statement.find_first_not_of(" \t\r\n"), statement.size());
    at += static_cast<std::size_t>(statement.data() - script.data());
    const std::size_t above = static_cast<std::size_t>(first_line - 1);
    const Failure moved(failure.words(), static_cast<Offset>(at + above), failure.bare(), failure.advice());
    return moved.placed(std::string(above, '\n') + std::string(script), name);
}

std::string below(const Failure& failure) {
    std::string out;
    const auto line = [&](const std::string& text) {
        if (!text.empty()) out += (out.empty() ? "" : "\n") + text;
    };
    line(failure.excerpt());
    line(failure.advice());
    if (!failure.by_limit() && failure.place().file != "--where") {
        const ErrorWords& words = failure.words();
        line(std::string(words.type) + " at " + std::string(words.phase) + ": " + std::string(words.detail));
    }
    return out;
}

}  // namespace entente::query
