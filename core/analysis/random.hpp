// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace entente::analysis {

/// splitmix64 (Steele, Lea and Flood 2014): the same numbers from the same seed everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    /// A generator of its own for part `stream` of a computation, so that parts may run in any order.
    Random(std::uint64_t seed, std::uint64_t stream) : state_(Random(seed).next() ^ Random(~stream).next()) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// 0 .. bound - 1, each as likely (`bound` above 0).
    std::uint64_t below(std::uint64_t bound) {
        const std::uint64_t most = ~std::uint64_t{0} - (~std::uint64_t{0} % bound + 1) % bound;
        std::uint64_t x = next();
        while (x > most) x = next();
        return x % bound;
    }
    /// 0 <= x < 1.
    double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

private:
    std::uint64_t state_;
};

}  // namespace entente::analysis
