// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/reference_walks.hpp"

/// Slow twins of the measures of neighbourhoods, over all triples of a matrix a[i][j] of what leads from i to j (0:
/// nothing), by their definitions.
namespace entente::test::reference {

/// Of each vertex the triangles that it is a corner of, when direction does not matter.
inline std::vector<std::uint64_t> triangles(const Matrix& a) {
    std::vector<std::uint64_t> out(a.size(), 0);
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a.size(); ++j)
            for (std::size_t k = 0; k < j; ++k)
                if (i != j && i != k && a[i][j] > 0 && a[j][k] > 0 && a[k][i] > 0) ++out[i];
    return out;
}

/// NetworkX's clustering. `directed`: by Fagiolo's formula.
inline std::vector<double> clustering(const Matrix& a, bool directed) {
    const std::size_t n = a.size();
    double most = 0;
    for (const auto& row : a)
        for (const double x : row) most = std::max(most, x);
    const auto root = [&](std::size_t i, std::size_t j) { return a[i][j] > 0 ? std::cbrt(a[i][j] / most) : 0.0; };
    std::vector<double> out(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0, degree = 0, mutual = 0;
        for (std::size_t j = 0; j < n; ++j) {
            if (j == i) continue;
            if (a[i][j] > 0) ++degree;
            if (directed && a[j][i] > 0) ++degree;
            if (a[i][j] > 0 && a[j][i] > 0) ++mutual;
            for (std::size_t k = 0; k < n; ++k) {
                if (k == i || k == j) continue;
                sum += directed ? (root(i, j) + root(j, i)) * (root(j, k) + root(k, j)) * (root(k, i) + root(i, k))
                                : root(i, j) * root(j, k) * root(k, i);
            }
        }
        const double pairs = directed ? 2 * (degree * (degree - 1) - 2 * mutual) : degree * (degree - 1);
        if (sum > 0) out[i] = sum / pairs;
    }
    return out;
}

/// What two have with each other, either way, and others' shares in it, as Burt defines them.
class Burt {
public:
    explicit Burt(const Matrix& a) : a_(a), n_(a.size()) {}

    [[nodiscard]] std::vector<double> constraint() const {
        return of_each([&](std::size_t v) {
            double sum = 0;
            for (std::size_t u = 0; u < n_; ++u) {
                if (!(mutual(v, u) > 0)) continue;
                double share = part(v, u);
                for (std::size_t w = 0; w < n_; ++w) share += part(v, w) * part(w, u);
                sum += share * share;
            }
            return sum;
        });
    }
    [[nodiscard]] std::vector<double> effective_size() const {
        return of_each([&](std::size_t v) {
            double sum = 0;
            for (std::size_t u = 0; u < n_; ++u) {
                if (!(mutual(v, u) > 0)) continue;
                ++sum;
                for (std::size_t w = 0; w < n_; ++w) sum -= part(v, w) * marginal(u, w);
            }
            return sum;
        });
    }

private:
    template <class F>
    std::vector<double> of_each(F&& f) const {
        std::vector<double> out(n_, std::numeric_limits<double>::quiet_NaN());
        for (std::size_t v = 0; v < n_; ++v)
            for (std::size_t u = 0; u < n_; ++u)
                if (u != v && a_[v][u] > 0) out[v] = f(v);
        return out;
    }
    [[nodiscard]] double mutual(std::size_t i, std::size_t j) const { return i == j ? 0 : a_[i][j] + a_[j][i]; }
    [[nodiscard]] double part(std::size_t i, std::size_t j) const {
        double all = 0;
        for (std::size_t k = 0; k < n_; ++k) all += mutual(i, k);
        return all > 0 ? mutual(i, j) / all : 0;
    }
    [[nodiscard]] double marginal(std::size_t i, std::size_t j) const {
        double most = 0;
        for (std::size_t k = 0; k < n_; ++k) most = std::max(most, mutual(i, k));
        return most > 0 ? mutual(i, j) / most : 0;
    }
    const Matrix& a_;
    std::size_t n_;
};

/// Gould and Fernandez's counts: coordinator, itinerant, gatekeeper, representative, liaison. `none`: number
/// of no group.
inline std::vector<std::array<std::uint64_t, 5>> brokerage(const Matrix& a, const std::vector<std::uint32_t>& group,
                                                           std::uint32_t none) {
    const std::size_t n = a.size();
    std::vector<std::array<std::uint64_t, 5>> out(n);
    for (std::size_t b = 0; b < n; ++b) {
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < n; ++k) {
                if (i == k || i == b || k == b || group[i] == none || group[b] == none || group[k] == none) continue;
                if (!(a[i][b] > 0) || !(a[b][k] > 0) || a[i][k] > 0) continue;
                const bool first = group[i] == group[b], last = group[b] == group[k], ends = group[i] == group[k];
                if (first && last) ++out[b][0];
                if (!first && ends) ++out[b][1];
                if (!first && last) ++out[b][2];
                if (first && !last) ++out[b][3];
                if (!first && !last && !ends) ++out[b][4];
            }
        }
    }
    return out;
}

}  // namespace entente::test::reference
