// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace entente::analysis {

/// A number of shortest paths, which may be beyond any double: they double with every fork. Kernels count in
/// doubles, and once more in this when that is not enough (`countable` fails).
class WideCount {
public:
    WideCount() = default;
    explicit WideCount(double x) : mantissa_(x) { carry(); }

    WideCount& operator+=(const WideCount& other) {
        if (other.mantissa_ == 0) return *this;
        if (mantissa_ == 0) return *this = other;
        const std::int64_t most = exponent_ > other.exponent_ ? exponent_ : other.exponent_;
        mantissa_ = scaled(mantissa_, exponent_ - most) + scaled(other.mantissa_, other.exponent_ - most);
        exponent_ = most;
        carry();
        return *this;
    }
    friend WideCount operator*(const WideCount& a, const WideCount& b) {
        WideCount out(a.mantissa_ * b.mantissa_);
        out.exponent_ += a.exponent_ + b.exponent_;
        return out;
    }
    [[nodiscard]] double over(const WideCount& other) const {
        return scaled(mantissa_ / other.mantissa_, exponent_ - other.exponent_);
    }

private:
    static double scaled(double x, std::int64_t exponent) {
        if (exponent < -1200) return 0;
        return std::ldexp(x, static_cast<int>(exponent < 1200 ? exponent : 1200));
    }
    void carry() {
        int moved = 0;
        mantissa_ = std::frexp(mantissa_, &moved);
        exponent_ += moved;
    }
    double mantissa_ = 0;
    std::int64_t exponent_ = 0;
};

inline double share(double part, double whole) { return part / whole; }
inline double share(const WideCount& part, const WideCount& whole) { return part.over(whole); }
inline bool countable(double paths) { return paths <= std::numeric_limits<double>::max(); }
inline bool countable(const WideCount&) { return true; }

}  // namespace entente::analysis
