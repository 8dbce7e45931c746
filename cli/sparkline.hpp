// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace entente::cli {

/// Numbers from 0 up as a line of small bars, `highest` the tallest; NaN is a gap. More than `width` of
/// them share columns, of which each shows its highest.
std::string sparkline(const std::vector<double>& numbers, double highest, std::size_t width);

}  // namespace entente::cli
