// SPDX-License-Identifier: MIT
#include "cli/centrality.hpp"
#include "cli/group_table.hpp"
#include "cli/records.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

using analysis::Scores;
using graph::Vertex;

PartAnswer pairs_of(const CentralityQuestion& q, const storage::Reader& reader, const graph::Selection& selection,
                    std::size_t most) {
    const Computed computed = compute(q, reader, selection);
    const graph::Snapshot& g = computed.graph;
    const Scores &from = computed.columns[0], &to = computed.columns[1], &score = computed.columns[2];
    Table table;
    table.reading = reading(q, selection, g.vertex_count());
    table.columns = {{"rank", true},   {"id", false},     {"key", false},    {"name", false},
                     {"to_id", false}, {"to_key", false}, {"to_name", false}, {score.name, true}};
    for (const auto& [pair, rank] : analysis::ranked(score, most)) {
        std::vector<Value> row{static_cast<std::int64_t>(rank)};
        for (const Scores* end : {&from, &to}) {
            auto actor = actor_columns(reader, g.actor(static_cast<Vertex>(end->of[pair])));
            actor.pop_back();  // the type
            for (Value& value : actor) row.push_back(std::move(value));
        }
        row.push_back(analysis::score_value(score, pair));
        table.rows.push_back(std::move(row));
    }
    table.notes = computed.notes;
    return {std::move(table), score.of.size()};
}

}  // namespace

int centrality_of_pairs(const CentralityQuestion& q, const storage::Reader& reader, const graph::Selection& selection,
                        bool difference) {
    DifferenceOption option;
    option.given = difference;
    return write_answer(q.context, q.output, option, q.selection, selection, {"id", "to_id"},
                        [&](const graph::Selection& chosen, std::size_t most) { return pairs_of(q, reader, chosen, most); });
}

}  // namespace entente::cli
