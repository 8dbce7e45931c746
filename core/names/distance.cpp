// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <limits>

#include "core/names/similarity.hpp"

namespace entente::names {

double jaro_winkler(std::string_view a, std::string_view b) {
    if (a == b) return 1.0;
    if (a.empty() || b.empty()) return 0.0;
    const std::size_t longer = std::max(a.size(), b.size());
    const std::size_t window = longer / 2 > 0 ? longer / 2 - 1 : 0;
    std::vector<char> taken_a(a.size()), taken_b(b.size());
    std::size_t common = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const std::size_t first = i > window ? i - window : 0;
        const std::size_t last = std::min(b.size(), i + window + 1);
        for (std::size_t j = first; j < last; ++j) {
            if (taken_b[j] != 0 || a[i] != b[j]) continue;
            taken_a[i] = taken_b[j] = 1;
            ++common;
            break;
        }
    }
    if (common == 0) return 0.0;
    std::size_t swapped = 0;
    for (std::size_t i = 0, j = 0; i < a.size(); ++i) {
        if (taken_a[i] == 0) continue;
        while (taken_b[j] == 0) ++j;
        if (a[i] != b[j]) ++swapped;
        ++j;
    }
    const auto m = static_cast<double>(common);
    const double jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                         (m - static_cast<double>(swapped / 2)) / m) /
                        3.0;
    std::size_t prefix = 0;
    while (prefix < 4 && prefix < a.size() && prefix < b.size() && a[prefix] == b[prefix]) ++prefix;
    return jaro + 0.1 * static_cast<double>(prefix) * (1.0 - jaro);
}

// Three rows of the table, each only as wide as the bound lets a path stray from the diagonal.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t bound) {
    if (a.size() > b.size()) std::swap(a, b);
    bound = std::min(bound, b.size());
    const std::size_t beyond = bound + 1;
    if (b.size() - a.size() > bound) return beyond;
    std::vector<std::size_t> above(a.size() + 1), row(a.size() + 1), before(a.size() + 1);
    for (std::size_t j = 0; j <= a.size(); ++j) row[j] = j <= bound ? j : beyond;
    std::size_t least_above = 0;
    for (std::size_t i = 1; i <= b.size(); ++i) {
        before.swap(above);
        above.swap(row);
        const std::size_t first = i > bound ? i - bound : 0;
        const std::size_t last = std::min(a.size(), i + bound);
        std::size_t least = beyond;
        if (first == 0) {
            row[0] = i <= bound ? i : beyond;
            least = row[0];
        } else {
            row[first - 1] = beyond;
        }
        for (std::size_t j = std::max<std::size_t>(first, 1); j <= last; ++j) {
            std::size_t best = above[j - 1] + (a[j - 1] == b[i - 1] ? 0 : 1);
            if (j < i + bound) best = std::min(best, above[j] + 1);
            best = std::min(best, row[j - 1] + 1);
            if (i > 1 && j > 1 && a[j - 1] == b[i - 2] && a[j - 2] == b[i - 1]) {
                best = std::min(best, before[j - 2] + 1);
            }
            row[j] = std::min(best, beyond);
            least = std::min(least, row[j]);
        }
        if (last < a.size()) row[last + 1] = beyond;
        if (least > bound && least_above > bound) return beyond;
        least_above = least;
    }
    return std::min(row[a.size()], beyond);
}

std::vector<std::uint32_t> trigrams(std::string_view folded_word) {
    std::vector<std::uint32_t> out;
    if (folded_word.empty()) return out;
    const auto byte = [&](std::size_t i) -> std::uint32_t {
        return i == 0 || i > folded_word.size() ? ' '
                                                : static_cast<unsigned char>(folded_word[i - 1]);
    };
    out.reserve(folded_word.size());
    for (std::size_t i = 0; i < folded_word.size(); ++i) {
        out.push_back(byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace entente::names
