// SPDX-License-Identifier: MIT
#include "core/model/source.hpp"

#include <array>

namespace entente {

std::optional<double> confidence_of_grade(std::string_view grade) {
    // In tenths, so that B2 is 0.64 and not 0.6400000000000001.
    constexpr std::array<int, 6> kShares = {10, 8, 6, 4, 2, 5};
    if (grade.size() != 2) return std::nullopt;
    const char letter =
        grade[0] >= 'a' && grade[0] <= 'f' ? static_cast<char>(grade[0] - 32) : grade[0];
    if (letter < 'A' || letter > 'F' || grade[1] < '1' || grade[1] > '6') return std::nullopt;
    const int product = kShares[static_cast<std::size_t>(letter - 'A')] *
                        kShares[static_cast<std::size_t>(grade[1] - '1')];
    return static_cast<double>(product) / 100.0;
}

std::optional<double> confidence_of(const Evidence& evidence) {
    if (evidence.confidence) return evidence.confidence;
    return confidence_of_grade(evidence.grade);
}

}  // namespace entente
