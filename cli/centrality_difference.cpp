// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "cli/centrality.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

std::string change(std::uint32_t rank, std::uint32_t before) {
    if (rank == before) return "same";
    return rank < before ? fmt::format("up {}", before - rank) : fmt::format("down {}", rank - before);
}

}  // namespace

int centrality_difference(const CentralityQuestion& q, const storage::Reader& reader, const graph::Selection& selection) {
    const graph::Selection whole = q.selection.undiminished(selection);
    std::optional<Watch> watch;
    if (q.measures.size() == 1) watch.emplace(q.context, std::string(q.measures.front()->name)).divide({1, 1});
    const auto part = [&](std::size_t number) {
        if (watch) watch->part(number);
        return watch ? &*watch : nullptr;
    };
    const Computed before = compute(q, reader, whole, part(0));
    const Computed after = compute(q, reader, selection, part(1));
    watch.reset();
    const std::vector<std::uint32_t> old_ranks = analysis::ranks(before.columns.front());
    const std::vector<std::uint32_t> new_ranks = analysis::ranks(after.columns.front());

    struct Row {
        graph::Vertex was, is;  // kNoVertex: gone
        std::uint32_t moved;
    };
    std::vector<Row> rows;
    std::uint64_t unmoved = 0;
    for (const auto& [v, rank] : analysis::ranked(before.columns.front(), before.graph.vertex_count())) {
        const auto now = after.graph.find(before.graph.actor(v));
        if (!now) {
            rows.push_back({v, graph::kNoVertex, 0});
            continue;
        }
        const auto moved = static_cast<std::uint32_t>(
            std::abs(static_cast<std::int64_t>(rank) - static_cast<std::int64_t>(new_ranks[*now])));
        bool same = moved == 0;
        for (std::size_t c = 0; same && c < before.columns.size(); ++c)
            same = !analysis::differ(before.columns[c].of[v], after.columns[c].of[*now], before.columns[c].noise);
        if (same) {
            ++unmoved;
        } else {
            rows.push_back({v, *now, moved});
        }
    }
    // those that are gone, then the ranks that moved most; equal ones as they stood before
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        const bool a_gone = a.is == graph::kNoVertex, b_gone = b.is == graph::kNoVertex;
        return a_gone != b_gone ? a_gone : a.moved > b.moved;
    });
    Table table;
    table.reading = reading(q, selection, after.graph.vertex_count());
    table.columns = {{"change", false}, {"rank", true}, {"before", true}, {"id", false}, {"key", false}, {"name", false}, {"type", false}};
    for (const auto& column : after.columns) {
        table.columns.push_back({column.name, true});
        table.columns.push_back({column.name + " before", true});
    }
    const std::size_t all = rows.size();
    rows.resize(std::min(all, q.output.most_rows()));
    for (const Row& row : rows) {
        const bool gone = row.is == graph::kNoVertex;
        std::vector<Value> cells{gone ? Value("gone") : Value(change(new_ranks[row.is], old_ranks[row.was])),
                                 gone ? Value() : Value(static_cast<std::int64_t>(new_ranks[row.is])),
                                 static_cast<std::int64_t>(old_ranks[row.was])};
        for (Value& value : actor_columns(reader, before.graph.actor(row.was))) cells.push_back(std::move(value));
        for (std::size_t c = 0; c < before.columns.size(); ++c) {
            cells.push_back(gone ? Value() : analysis::score_value(after.columns[c], row.is));
            cells.push_back(analysis::score_value(before.columns[c], row.was));
        }
        table.rows.push_back(std::move(cells));
    }
    table.notes = after.notes;
    if (unmoved != 0) table.notes.push_back(fmt::format("{} with rank and score as before not shown", counted(unmoved, "actor")));
    write_first_rows(q.context, table, q.output, all);
    return answered;
}

}  // namespace entente::cli
