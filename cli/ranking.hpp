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

/// The measure of that name; throws Error{usage} with the nearest, among them, where those will do, `with_pairs`.
const analysis::Measure& find_measure(const std::string& word, bool with_pairs = false);
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

/// Is there a difference between two scores that is no noise (see Scores)? None (NaN) equals none.
bool differ(double a, double b, double noise);

struct Ranked {
    graph::Vertex vertex;
    std::uint32_t rank;  ///< 1 for the highest score; equal scores share one, and the next ranks are left out
};
/// Vertices from the highest to the lowest score, none (NaN) last, equal ones by number; only the first `most` of
/// them. Equal are those that do not differ from the highest of them.
std::vector<Ranked> ranked(const std::vector<double>& scores, std::size_t most, double noise = 0);
std::vector<Ranked> ranked(const analysis::Scores& scores, std::size_t most);
/// The rank of each vertex.
std::vector<std::uint32_t> ranks(const analysis::Scores& scores);
/// A score as a value: a whole number, a real, or null where there is none.
Value score_value(const analysis::Scores& scores, graph::Vertex v);

}  // namespace entente::cli
