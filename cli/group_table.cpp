// SPDX-License-Identifier: MIT
#include "cli/group_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/centrality.hpp"
#include "cli/records.hpp"
#include "cli/text.hpp"

namespace entente::cli {
namespace {

using graph::Vertex;

constexpr std::size_t kNamed = 5;  ///< members named beside the most central one

/// The first `most` groups, and in each the first `named` members by their scores.
void rank(GroupListing& listing, std::uint64_t groups, std::size_t named) {
    auto& all = listing.members;
    if (groups < listing.count()) {
        all.offsets.resize(groups + 1);
        all.vertices.resize(all.offsets.back());
    }
    analysis::most_central_first(all, listing.scores, named);
}

}  // namespace

Value names_of(const storage::Reader& reader, const graph::Snapshot& g, std::span<const Vertex> vertices) {
    std::vector<Value> names;
    for (const Vertex v : vertices) names.emplace_back(raw_label(reader, g.actor(v)));
    return Value(std::move(names));
}

std::string share_text(double part, double whole) {
    return number_for_people(whole > 0 ? 100 * part / whole : 0, 3) + " %";
}

Table groups_table(const storage::Reader& reader, const graph::Snapshot& g, GroupListing& listing, std::size_t most) {
    const std::uint64_t shown = std::min<std::uint64_t>(most, listing.count());
    rank(listing, shown, kNamed + 1);
    Table table;
    table.columns = {{listing.what, true}, {"size", true}};
    for (const auto& [column, values] : listing.columns) table.columns.push_back(column);
    table.columns.insert(table.columns.end(), {{"id", false}, {"name", false}, {"members", false}});
    for (std::uint32_t group = 0; group < shown; ++group) {
        const auto members = listing.members.of(group);
        std::vector<Value> row{static_cast<std::int64_t>(group) + 1, static_cast<std::int64_t>(members.size())};
        for (const auto& [column, values] : listing.columns) row.push_back(values[group]);
        const ActorId first = g.actor(members.front());
        row.emplace_back(handle(first));
        row.emplace_back(raw_label(reader, first));
        row.push_back(names_of(reader, g, members.subspan(1, std::min(kNamed, members.size() - 1))));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table members_table(const storage::Reader& reader, const graph::Snapshot& g, GroupListing& listing, std::size_t most) {
    std::uint64_t groups = 0;  // that hold the first rows
    while (groups < listing.count() && listing.members.offsets[groups] < most) ++groups;
    rank(listing, groups, most);
    Table table;
    table.columns = {{listing.what, true}, {"id", false},   {"key", false},
                     {"name", false},      {"type", false}, {listing.score_name, true}};
    for (std::uint32_t group = 0; group < groups; ++group) {
        for (const Vertex v : listing.members.of(group)) {
            if (table.rows.size() == most) return table;
            std::vector<Value> row{static_cast<std::int64_t>(group) + 1};
            for (Value& value : actor_columns(reader, g.actor(v))) row.push_back(std::move(value));
            const double score = listing.scores[v];
            row.push_back(listing.whole ? Value(static_cast<std::int64_t>(score)) : Value(score));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

int write_answer(Context& context, const OutputOptions& output, const DifferenceOption& difference,
                 const SelectionOptions& options, const graph::Selection& selection,
                 const std::vector<std::string>& keys,
                 const std::function<PartAnswer(const graph::Selection&, std::size_t most)>& ask) {
    if (!difference.given) {
        PartAnswer answer = ask(selection, output.most_rows());
        write_first_rows(context, answer.table, output, answer.rows);
        return answer.rows == 0 ? nothing_found : answered;
    }
    const Table before = ask(options.undiminished(selection), static_cast<std::size_t>(-1)).table;
    const Table after = ask(selection, static_cast<std::size_t>(-1)).table;
    Table table = cli::difference(before, after, keys);
    std::string was = before.reading;  // names what was taken away, like the other
    if (const std::string chosen = "; " + options.reading(); was.ends_with(chosen)) was.resize(was.size() - chosen.size());
    table.notes.insert(table.notes.begin(), "before: " + was);
    write_table(context, table, output);
    return table.rows.empty() ? nothing_found : answered;
}

}  // namespace entente::cli
