// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/difference.hpp"
#include "cli/output.hpp"
#include "cli/selection_options.hpp"
#include "core/analysis/groups.hpp"
#include "core/graph/snapshot.hpp"
#include "core/model/table.hpp"

namespace entente::cli {

/// Numbered groups of actors as `components` and `communities` tell them.
struct GroupListing {
    std::string what;                ///< name of the first column: `component`
    analysis::GroupMembers members;  ///< an actor may be in several
    std::vector<double> scores;      ///< of each vertex: by these the members are ranked
    std::string score_name;          ///< column of the scores in a table of members
    bool whole = true;               ///< scores are whole numbers
    /// Further columns of a table of groups, with a value for each group.
    std::vector<std::pair<Table::Column, std::vector<Value>>> columns;

    [[nodiscard]] std::uint64_t count() const { return members.offsets.size() - 1; }
};

/// A row for each of the first `most` groups: its number from 1, its size, the further columns, then id and
/// name of its most central actor and the names of the next ones.
Table groups_table(const storage::Reader& reader, const graph::Snapshot& g, GroupListing& listing, std::size_t most);

/// A row for each actor in each group, the most central ones of a group first: the group's number, then
/// id, key, name, type and score. The first `most` rows.
Table members_table(const storage::Reader& reader, const graph::Snapshot& g, GroupListing& listing, std::size_t most);

/// The first rows of an answer.
struct PartAnswer {
    Table table;
    std::uint64_t rows = 0;  ///< that there are in all
};

/// Writes what `ask` says of a selection and of how many rows; with `--diff` what changes against the selection
/// without its `--without` and `--without-source`, rows joined by the columns `keys`. Returns the exit status:
/// nothing found when there is no row.
int write_answer(Context& context, const OutputOptions& output, const DifferenceOption& difference,
                 const SelectionOptions& options, const graph::Selection& selection,
                 const std::vector<std::string>& keys,
                 const std::function<PartAnswer(const graph::Selection&, std::size_t most)>& ask);

/// Names of some actors.
Value names_of(const storage::Reader& reader, const graph::Snapshot& g, std::span<const graph::Vertex> vertices);

/// "62.5 %" of a whole.
std::string share_text(double part, double whole);

}  // namespace entente::cli
