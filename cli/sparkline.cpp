// SPDX-License-Identifier: MIT
#include "cli/sparkline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace entente::cli {

std::string sparkline(const std::vector<double>& numbers, double highest, std::size_t width) {
    constexpr std::array<std::string_view, 8> kBars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const std::size_t columns = std::min(numbers.size(), width);
    std::string out;
    for (std::size_t c = 0; c < columns; ++c) {
        double top = std::nan("");
        const std::size_t end = (c + 1) * numbers.size() / columns;
        for (std::size_t i = c * numbers.size() / columns; i < end; ++i)
            if (std::isnan(top) || numbers[i] > top) top = numbers[i];
        if (std::isnan(top)) {
            out += ' ';
            continue;
        }
        const double share = highest > 0 ? std::clamp(top / highest, 0.0, 1.0) : 0.0;
        out += kBars[static_cast<std::size_t>(std::lround(share * (kBars.size() - 1)))];
    }
    return out;
}

}  // namespace entente::cli
