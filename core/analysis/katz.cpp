// SPDX-License-Identifier: MIT
#include "core/analysis/katz.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/analysis/fixed_point.hpp"
#include "core/analysis/spectral_radius.hpp"
#include "core/error.hpp"

namespace entente::analysis {

std::vector<double> katz(const Walk& walk, const KatzOptions& options) {
    constexpr double kOfLargest = 0.9, kWithoutLimit = 0.1;
    if (options.alpha && !(*options.alpha > 0)) throw Error(ErrorKind::usage, "the alpha of Katz is above 0");
    if (walk.vertex_count() == 0) return {};
    const double radius = spectral_radius(walk, options.threads);
    const double alpha = options.alpha.value_or(radius > 0 ? kOfLargest / radius : kWithoutLimit);
    if (alpha * radius >= 1) {
        throw Error(ErrorKind::usage,
                    fmt::format("Katz does not converge with an alpha of {}", alpha),
                    fmt::format("on this network it must be below {:.6g}", 1 / radius));
    }
    const std::vector<double> scale(walk.vertex_count(), alpha);
    FixedPoint problem;
    problem.base = 1;
    problem.scale = &scale;
    problem.threads = options.threads;
    problem.progress = options.progress;
    std::vector<double> x = solve(walk, problem);
    if (!options.normalized) return x;
    double square = 0;
    for (const double score : x) square += score * score;
    for (double& score : x) score /= std::sqrt(square);
    return x;
}

}  // namespace entente::analysis
