// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/selection_options.hpp"
#include "cli/weights.hpp"
#include "core/analysis/measure.hpp"

namespace entente::cli {

class Watch;

/// The measure of that name; throws Error{usage} with the nearest.
const analysis::Measure& find_measure(const std::string& word);
/// The names of all measures, in the order of the help.
std::vector<std::string> measure_names();

/// The options that say how measures are computed: `--strength`, `--cost`, `--currency`, `--raw`,
/// `--approx`, `--restart`, `--alpha`, `--seed`, `--threads`.
class MeasureOptions {
public:
    void setup(Options& options);

    /// Throws Error{usage} for an option that none of the measures knows.
    void check(const std::vector<const analysis::Measure*>& measures) const;

    /// Must the graph know which relationship and type an arc is?
    [[nodiscard]] bool reads_ties(const std::vector<const analysis::Measure*>& measures,
                                  const graph::Selection& selection, bool direction_given) const;

    /// The columns of one measure. `selection` gives the direction when `direction_given`. What weights left out is
    /// added to `notes`, once. How long it takes is said by `watch`, or by one of its own when that is null.
    [[nodiscard]] std::vector<analysis::Scores> compute(Context& context, const storage::Reader& reader,
                                                        const graph::Snapshot& g, const analysis::Measure& measure,
                                                        const graph::Selection& selection, bool direction_given,
                                                        std::vector<std::string>& notes, Watch* watch = nullptr) const;

    /// How the measures are read: "betweenness: ..., in either direction, length distance".
    [[nodiscard]] std::string reading(const std::vector<const analysis::Measure*>& measures,
                                      const graph::Selection& selection, bool direction_given) const;

private:
    WeightOptions weights_;
    bool raw_ = false;
    std::string approximation_;
    std::vector<std::string> restart_;
    std::optional<double> alpha_;
    std::optional<std::uint64_t> seed_, threads_;
};

/// Is the first score higher? None (NaN) is lower than any.
bool above(double a, double b);
/// Vertices from the highest to the lowest score, equal ones by number; only the first `most` of them.
std::vector<graph::Vertex> ranked(const std::vector<double>& scores, std::size_t most);
/// Competition ranks, 1 for the highest score; equal scores share one.
std::vector<std::uint32_t> ranks(const std::vector<double>& scores);
/// A score as a value: a whole number, a real, or null where there is none.
Value score_value(const analysis::Scores& scores, graph::Vertex v);

}  // namespace entente::cli
