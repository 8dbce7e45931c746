// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/selection_options.hpp"
#include "cli/weights.hpp"
#include "core/analysis/measure.hpp"
#include "core/analysis/ranking.hpp"

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

}  // namespace entente::cli
