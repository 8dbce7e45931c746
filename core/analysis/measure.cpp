// SPDX-License-Identifier: MIT
#include "core/analysis/measure.hpp"

#include <algorithm>

#include "core/analysis/measure_families.hpp"

namespace entente::analysis {
namespace {

constexpr std::span<const Measure> (*kFamilies[])() = {degree_measures, distance_measures, walk_measures,
                                                          local_measures};

bool same_name(std::string_view a, std::string_view b) {
    const auto plain = [](char c) {
        if (c == '_') return '-';
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return plain(x) == plain(y); });
}

const Measure* find_in(std::span<const Measure> all, std::string_view name) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const Measure& m) { return same_name(m.name, name); });
    return at == all.end() ? nullptr : &*at;
}

}  // namespace

std::span<const Measure> measures() {
    static const std::vector<Measure> all = [] {
        std::vector<Measure> joined;
        for (const auto family : kFamilies) {
            const auto rows = family();
            joined.insert(joined.end(), rows.begin(), rows.end());
        }
        return joined;
    }();
    return all;
}

const Measure* find_measure(std::string_view name) { return find_in(measures(), name); }

const Measure* find_pair_measure(std::string_view name) { return find_in(pair_measures(), name); }

}  // namespace entente::analysis
