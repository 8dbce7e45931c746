// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <optional>

#include "cli/actors.hpp"
#include "cli/command.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/analysis/neighbourhood.hpp"
#include "core/graph/load.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::cli {
namespace {

constexpr double kSeconds = 60;

class Neighbors : public Command {
public:
    void setup(Options& options) override {
        options.whole("hops", hops_, "N", "everything at most N steps away (1)", 0, UINT32_MAX - 1);
        options.flag("count", count_, "only how many there are at each distance");
        options.number("timeout", timeout_, "SECONDS", "give up after so long (60)", 0, 1e9);
        output_.setup(options);
        selection_.setup(options, Surroundings::without);
    }

    int run(Context& context) override {
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::StoredGraph g(reader);
        const auto starts = find_actors(context, reader, context.words, Naming::near);
        const graph::Selection selection = selection_.resolve(context, reader);
        const graph::StoredFacts facts(reader);
        graph::Filter filter(selection, facts);
        analysis::Limits limits;
        limits.hops = static_cast<std::uint32_t>(hops_.value_or(1));
        limits.until = std::chrono::steady_clock::now() +
                       std::chrono::microseconds(static_cast<std::int64_t>(timeout_.value_or(kSeconds) * 1e6));
        std::vector<graph::Vertex> vertices;
        for (const ActorId start : starts) vertices.push_back(g.vertex(start));
        analysis::Neighbourhood found;
        analysis::HopCounts reach;
        if (count_) {
            reach = analysis::hop_counts(g, vertices, selection.direction, filter, limits);
        } else {
            found = analysis::neighbourhood(g, vertices, selection.direction, filter, limits);
            reach = analysis::hop_counts_of(found);
        }
        const std::uint64_t members = std::accumulate(reach.at.begin(), reach.at.end(), std::uint64_t{0});
        Table table = count_ ? counts(reach) : listing(g, found);
        table.reading = reading(reader, starts, selection, reach, members);
        table.notes = notes(filter.left_out());
        const bool cut = reach.outcome == analysis::Outcome::cut_by_time;
        if (cut) {
            table.notes.push_back(fmt::format("not finished after {} s; there may be more (cut by --timeout)",
                                              number_for_people(timeout_.value_or(kSeconds))));
        }
        OutputOptions output = output_;
        if (!count_ && table.rows.size() < members) {
            table.notes.insert(table.notes.begin(), fmt::format("({} of {} rows; -n 0 shows all)", table.rows.size(),
                                                                members));
            output.rows = 0;
        }
        write_table(context, table, output);
        if (cut) return partial;
        return members == 0 ? nothing_found : answered;
    }

private:
    static Table counts(const analysis::HopCounts& reach) {
        Table table;
        table.columns = {{"distance", true}, {"actors", true}};
        for (std::size_t distance = 1; distance < reach.at.size(); ++distance) {
            table.rows.push_back({static_cast<std::int64_t>(distance), static_cast<std::int64_t>(reach.at[distance])});
        }
        return table;
    }

    /// Nearest first, then by most ties, then by number. Only the rows to be shown are looked up.
    Table listing(const graph::StoredGraph& g, analysis::Neighbourhood& found) const {
        Table table;
        table.columns = {{"distance", true}, {"id", false},   {"key", false},
                         {"name", false},    {"type", false}, {"ties", true}};
        auto& members = found.members;
        const std::size_t shown = std::min(output_.most_rows(), members.size());
        std::partial_sort(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(shown), members.end(),
                          [](const auto& a, const auto& b) {
                              if (a.distance != b.distance) return a.distance < b.distance;
                              return a.ties != b.ties ? a.ties > b.ties : a.vertex < b.vertex;
                          });
        for (std::size_t i = 0; i < shown; ++i) {
            const ActorId id = g.actor(members[i].vertex);
            const auto actor = g.reader().actor(id);
            if (!actor) continue;
            table.rows.push_back({static_cast<std::int64_t>(members[i].distance), handle(id),
                                  actor->key ? Value(*actor->key) : Value(), name_of(*actor), types_text(*actor),
                                  static_cast<std::int64_t>(members[i].ties)});
        }
        return table;
    }

    std::string reading(const storage::Reader& reader, const std::vector<ActorId>& starts,
                        const graph::Selection& selection, const analysis::HopCounts& reach,
                        std::uint64_t members) const {
        std::string out = counted(members, "actor") +
                          fmt::format(" within {} of ", counted(hops_.value_or(1), "step"));
        out += starts.size() == 1 ? describe(reader, starts.front()) : counted(starts.size(), "actor");
        if (reach.at.size() > 2) {
            std::string parts;
            for (std::size_t distance = 1; distance < reach.at.size(); ++distance) {
                parts += fmt::format("{}{} at {}", parts.empty() ? "" : ", ", reach.at[distance], distance);
            }
            out += " (" + parts + ")";
        }
        out += selection.direction == graph::Direction::any   ? ", in either direction"
               : selection.direction == graph::Direction::out ? ", along the direction of each relationship"
                                                              : ", against the direction of each relationship";
        const std::string chosen = selection_.reading();
        return chosen.empty() ? out : out + ", " + chosen;
    }

    std::optional<std::uint64_t> hops_;
    bool count_ = false;
    std::optional<double> timeout_;
    OutputOptions output_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente neighbors aliyev", "who an actor is directly connected with, most ties first"},
    {"entente neighbors aliyev --hops 2 --type MEETING", "everyone within two meetings"},
    {"entente neighbors aliyev --hops 3 --count", "only how many there are at each distance"},
};

}  // namespace

extern const CommandEntry kNeighbors;
constinit const CommandEntry kNeighbors{
    .name = "neighbors",
    .topic = Topic::ask,
    .line = "what lies around an actor",
    .words = "ACTOR...",
    .least = 1,
    .most = kAny,
    .description =
        "Lists the actors within some steps of an actor, or of several, nearest first, then those with most ties.\n\n"
        "The columns are distance (in steps from the nearest of the actors asked for), id, key, name, type and ties: the "
        "relationships with actors one step nearer. Denied and hypothetical relationships are no steps unless --status "
        "says so.",
    .examples = kExamples,
    .make = make_command<Neighbors>,
};

}  // namespace entente::cli
