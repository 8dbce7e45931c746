// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "tests/support/reference.hpp"

/// Slow twins of the measures that are eigenvectors or solutions of linear equations: dense matrices,
/// Gaussian elimination and repeated squaring.
namespace entente::test::reference {

using Matrix = std::vector<std::vector<double>>;

/// a[i][j]: what there is from i to j. Parallel ties add up, or count once; a self-loop and a symmetric tie
/// without direction once.
inline Matrix adjacency(const SmallGraph& g, graph::Direction direction, bool once,
                        const std::function<double(RelationshipId)>& weight = [](RelationshipId) { return 1.0; }) {
    Matrix a(g.vertices, std::vector<double>(g.vertices, 0.0));
    for (const auto& e : g.edges) {
        const bool both = g.both_ways(e) || direction == graph::Direction::any;
        const auto add = [&](graph::Vertex i, graph::Vertex j) { a[i][j] = once ? 1.0 : a[i][j] + weight(e.id); };
        if (both || direction == graph::Direction::out) add(e.from, e.to);
        if (e.from != e.to && (both || direction == graph::Direction::in)) add(e.to, e.from);
        if (e.from == e.to && !both && direction == graph::Direction::in) add(e.to, e.from);
    }
    return a;
}

/// The solution of m x = b by Gaussian elimination with pivots.
inline std::vector<double> solve(Matrix m, std::vector<double> b) {
    const std::size_t n = b.size();
    for (std::size_t k = 0; k < n; ++k) {
        std::size_t pivot = k;
        for (std::size_t i = k; i < n; ++i)
            if (std::abs(m[i][k]) > std::abs(m[pivot][k])) pivot = i;
        std::swap(m[k], m[pivot]);
        std::swap(b[k], b[pivot]);
        for (std::size_t i = k + 1; i < n; ++i) {
            const double f = m[i][k] / m[k][k];
            for (std::size_t j = k; j < n; ++j) m[i][j] -= f * m[k][j];
            b[i] -= f * b[k];
        }
    }
    for (std::size_t k = n; k-- > 0;) {
        for (std::size_t j = k + 1; j < n; ++j) b[k] -= m[k][j] * b[j];
        b[k] /= m[k][k];
    }
    return b;
}

/// NetworkX's pagerank as the stationary distribution of the matrix of transitions.
inline std::vector<double> pagerank(const Matrix& a, double alpha, const std::vector<double>& start) {
    const std::size_t n = a.size();
    Matrix m(n, std::vector<double>(n, 0.0));
    std::vector<double> b(n);
    for (std::size_t i = 0; i < n; ++i) {
        double total = 0;
        for (const double x : a[i]) total += x;
        for (std::size_t j = 0; j < n; ++j) m[j][i] = -alpha * (total > 0 ? a[i][j] / total : start[j]);
        m[i][i] += 1;
        b[i] = (1 - alpha) * start[i];
    }
    return solve(m, b);
}

/// x = alpha A'x + 1.
inline std::vector<double> katz(const Matrix& a, double alpha) {
    const std::size_t n = a.size();
    Matrix m(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) m[j][i] = -alpha * a[i][j];
        m[i][i] += 1;
    }
    return solve(m, std::vector<double>(n, 1.0));
}

inline Matrix product(const Matrix& a, const Matrix& b) {
    const std::size_t n = a.size();
    Matrix c(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; k < n; ++k)
            for (std::size_t j = 0; j < n; ++j) c[i][j] += a[i][k] * b[k][j];
    return c;
}
inline Matrix transposed(const Matrix& a) {
    Matrix t = a;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a.size(); ++j) t[j][i] = a[i][j];
    return t;
}

/// (m + 1) to the power of 2^squarings, times a vector of ones, at Euclidean length 1. Rounding grows with the power: 22
/// squarings leave ten digits.
inline std::vector<double> dominant(Matrix m, int squarings) {
    const std::size_t n = m.size();
    for (std::size_t i = 0; i < n; ++i) m[i][i] += 1;
    for (int k = 0; k < squarings; ++k) {
        m = product(m, m);
        double largest = 0;
        for (const auto& row : m)
            for (const double x : row) largest = std::max(largest, x);
        for (auto& row : m)
            for (double& x : row) x /= largest;
    }
    std::vector<double> x(n, 0.0);
    double square = 0;
    for (std::size_t i = 0; i < n; ++i) {
        for (const double entry : m[i]) x[i] += entry;
        square += x[i] * x[i];
    }
    for (double& value : x) value /= std::sqrt(square);
    return x;
}

/// The spectral radius: the growth of the powers of m, from the logarithm of m to the power of 2^40.
inline double radius(Matrix m) {
    double logarithm = 0, power = 1;
    for (int k = 0; k < 40; ++k) {
        double largest = 0;
        for (const auto& row : m)
            for (const double x : row) largest = std::max(largest, x);
        if (largest <= 0) return 0;
        for (auto& row : m)
            for (double& x : row) x /= largest;
        logarithm += std::log(largest) / power;
        m = product(m, m);
        power *= 2;
    }
    return std::exp(logarithm);
}

}  // namespace entente::test::reference
