// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/ranking.hpp"
#include "cli/selection_options.hpp"
#include "cli/watch.hpp"

namespace entente::cli {

/// What `centrality` was asked, whatever form the answer takes.
struct CentralityQuestion {
    Context& context;
    std::vector<const analysis::Measure*> measures;  ///< at least one
    const MeasureOptions& options;
    const SelectionOptions& selection;
    const OutputOptions& output;
};

/// The measures of what a selection keeps.
struct Computed {
    graph::Snapshot graph;
    std::vector<analysis::Scores> columns;  ///< the first is what a ranking goes by
    std::vector<std::string> notes;
};
/// `watch`, when given, says how long it takes, as part of something longer.
Computed compute(const CentralityQuestion& question, const storage::Reader& reader, const graph::Selection& selection,
                 Watch* watch = nullptr);

/// The first line of the answer.
std::string reading(const CentralityQuestion& question, const graph::Selection& selection, std::uint64_t actors);
/// id, key, name, type.
std::vector<Value> actor_columns(const storage::Reader& reader, ActorId id);
/// Writes a table that was cut to its first rows, of `all` that there are.
void write_first_rows(Context& context, Table& table, const OutputOptions& output, std::uint64_t all);

/// `--over`: the first measure of what held in each period; returns the exit status.
int centrality_over(const CentralityQuestion& question, const storage::Reader& reader,
                    const graph::Selection& selection, bool months);
/// `--diff`: ranks and scores with and without what `--without` and `--without-source` take away.
int centrality_difference(const CentralityQuestion& question, const storage::Reader& reader,
                          const graph::Selection& selection);

/// A ranking of pairs of neighbours by a measure of pairs; with `difference` what changes as by `--diff`.
int centrality_of_pairs(const CentralityQuestion& question, const storage::Reader& reader,
                        const graph::Selection& selection, bool difference);

}  // namespace entente::cli
