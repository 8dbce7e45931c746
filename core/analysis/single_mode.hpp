// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <optional>

namespace entente::analysis {

/// Watches the changes of a linear iteration. Once each is the one before times the same factor, a single
/// mode is left, and Aitken's extrapolation leads to its end in one step.
class SingleMode {
public:
    /// Of the last change: its product with the one before, and with itself. Returns by what multiple of
    /// the last change to go on, when it is time for that.
    std::optional<double> after(double along, double square) {
        const double rate = before_ > 0 ? along / before_ : 0;
        const bool same = before_ > 0 && std::abs(rate - rate_) < 0.02 * (1 - rate) && std::abs(rate) < 0.9999;
        calm_ = same ? calm_ + 1 : 0;
        rate_ = rate;
        before_ = square;
        if (calm_ < 2) return std::nullopt;
        calm_ = 0;
        before_ = 0;
        return rate / (1 - rate);
    }

private:
    double before_ = 0, rate_ = 0;
    int calm_ = 0;
};

}  // namespace entente::analysis
