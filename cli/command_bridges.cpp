// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/centrality.hpp"
#include "cli/command.hpp"
#include "cli/group_table.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/analysis/bridges.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

using analysis::Cut;
using analysis::Cuts;
using graph::Direction;
using graph::Vertex;

constexpr std::size_t kNamed = 5;
constexpr std::size_t kSizes = 10;

class Bridges : public Command {
public:
    void setup(Options& options) override {
        options.choice("kind", kind_, {"all", "bridges", "actors"},
                       "bridges: pairs whose relationships hold pieces together; actors: single actors that do");
        options.flag("members", members_, "a row for each actor that is cut off");
        difference_.setup(options);
        output_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::Selection selection = selection_.resolve(context, reader);
        if (selection_.direction_given() && selection.direction != Direction::any) {
            throw Error(ErrorKind::usage, "bridges know no direction", "leave --direction out");
        }
        std::vector<std::string> keys{"kind", "id", "to_id"};
        if (members_) keys.emplace_back("actor_id");
        return write_answer(context, output_, difference_, selection_, selection, keys,
                            [&](const graph::Selection& chosen, std::size_t most) { return ask(reader, chosen, most); });
    }

private:
    PartAnswer ask(const storage::Reader& reader, const graph::Selection& selection, std::size_t most) const {
        const graph::LoadedSnapshot loaded = graph::load(reader, selection);
        const graph::Snapshot& g = loaded.graph;
        const Cuts cuts(graph::Simple(g, Direction::any).out());

        std::vector<const Cut*> found;
        if (kind_ != "bridges")
            for (const Cut& cut : cuts.articulation_points()) found.push_back(&cut);
        if (kind_ != "actors")
            for (const Cut& cut : cuts.bridges()) found.push_back(&cut);
        std::uint64_t all = found.size();
        const std::size_t shown = std::min(most, found.size());
        if (members_) {
            all = 0;
            for (const Cut* cut : found) all += cut->cut_off;
        }
        std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(shown), found.end(),
                          [](const Cut* a, const Cut* b) {
                              if (a->cut_off != b->cut_off) return a->cut_off > b->cut_off;
                              if (a->bridge() != b->bridge()) return b->bridge();
                              return a->vertex != b->vertex ? a->vertex < b->vertex : a->other < b->other;
                          });
        found.resize(shown);
        Table table;
        table.columns = {{"kind", false}, {"id", false}, {"name", false}, {"to_id", false}, {"to", false}};
        if (members_) {
            table.columns.insert(table.columns.end(), {{"actor_id", false}, {"actor_key", false}, {"actor_name", false}, {"actor_type", false}});
            for (const Cut* cut : found) {
                for (const Vertex v : cuts.cut_off(*cut, most - table.rows.size())) {
                    table.rows.push_back(ends(reader, g, *cut));
                    for (Value& value : actor_columns(reader, g.actor(v))) table.rows.back().push_back(std::move(value));
                }
            }
        } else {
            table.columns.insert(table.columns.end(), {{"ties", true}, {"cut_off", true}, {"pieces", false}, {"who", false}});
            for (const Cut* cut : found) table.rows.push_back(row(reader, g, cuts, *cut));
        }
        table.reading = reading(g, cuts);
        table.notes = notes(loaded.left_out);
        return {std::move(table), all};
    }

    static std::vector<Value> ends(const storage::Reader& reader, const graph::Snapshot& g, const Cut& cut) {
        const auto name = [&](Vertex v) { return raw_label(reader, g.actor(v)); };
        std::vector<Value> out{cut.bridge() ? "bridge" : "actor", handle(g.actor(cut.vertex)), name(cut.vertex)};
        out.push_back(cut.bridge() ? Value(handle(g.actor(cut.other))) : Value());
        out.push_back(cut.bridge() ? Value(name(cut.other)) : Value());
        return out;
    }

    /// The first `most` of `all` in a list for people, which says how many it leaves out.
    static Value shortened(List list, std::size_t all) {
        if (list.size() < all) list.emplace_back(fmt::format("and {} more", all - list.size()));
        return Value(std::move(list));
    }

    std::vector<Value> row(const storage::Reader& reader, const graph::Snapshot& g, const Cuts& cuts, const Cut& cut) const {
        std::vector<Value> out = ends(reader, g, cut);
        std::int64_t ties = 0;
        if (cut.bridge()) {
            // from the end with fewer ties
            const bool turn = g.weight(cut.other, Direction::any) < g.weight(cut.vertex, Direction::any);
            const Vertex from = turn ? cut.other : cut.vertex, to = turn ? cut.vertex : cut.other;
            g.each_step(from, Direction::any, [&](const graph::Step& step) { ties += step.to == to ? 1 : 0; });
        } else {
            g.each_step(cut.vertex, Direction::any, [&](const graph::Step& step) { ties += step.to != cut.vertex ? 1 : 0; });
        }
        out.emplace_back(ties);
        out.emplace_back(static_cast<std::int64_t>(cut.cut_off));
        const bool people = !output_.for_programs();
        List sizes;
        for (const std::uint32_t size : cuts.pieces(cut, people ? kSizes : cut.pieces)) sizes.emplace_back(static_cast<std::int64_t>(size));
        out.push_back(shortened(std::move(sizes), cut.pieces));
        List who;
        for (const Vertex v : cuts.cut_off(cut, kNamed)) who.emplace_back(raw_label(reader, g.actor(v)));
        out.push_back(shortened(std::move(who), people ? cut.cut_off : 0));
        return out;
    }

    std::string reading(const graph::Snapshot& g, const Cuts& cuts) const {
        std::string out = "what falls apart:";
        if (kind_ != "bridges") out += " " + counted(cuts.articulation_points().size(), "cut actor");
        if (kind_ == "all") out += ",";
        if (kind_ != "actors") out += " " + counted(cuts.bridges().size(), "bridge");
        if (kind_ != "actors") out += "; a bridge is a pair of actors with all its ties";
        out += "; in either direction; " + counted(g.vertex_count(), "actor");
        const std::string chosen = selection_.reading();
        return chosen.empty() ? out : out + "; " + chosen;
    }

    std::string kind_ = "all";
    bool members_ = false;
    DifferenceOption difference_;
    OutputOptions output_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente bridges", "the actors and pairs whose loss cuts most others off"},
    {"entente bridges --kind actors -n 5", "only actors, the first five"},
    {"entente bridges --members --format csv", "all whom each loss cuts off, for a spreadsheet"},
    {"entente bridges --type OWNERSHIP --format csv", "among owners, for a spreadsheet"},
};

}  // namespace

extern const CommandEntry kBridges;
constinit const CommandEntry kBridges{
    .name = "bridges",
    .topic = Topic::ask,
    .line = "who holds the network together, and what falls apart without them",
    .words = "",
    .least = 0,
    .most = 0,
    .description =
        "Lists cut actors (articulation points), without whom a connected piece of the network falls apart, and bridges, "
        "pairs of actors whose relationships are the only link between two pieces. Those that cut most actors off come "
        "first.\n\n"
        "Direction does not matter. Two actors with three contracts are one bridge of three ties: it falls when all three "
        "do.\n\n"
        "The columns are kind (actor or bridge), id and name, of a bridge to_id and to, the other end; ties, the "
        "relationships that are lost (of an actor: all with others); cut_off, how many actors are no longer connected with "
        "the largest piece; pieces, the sizes of the pieces (for people the ten largest); who, the five with most neighbours among "
        "those cut off. With --members, a row for each of those that are cut off: kind, id, name, to_id, to, actor_id, "
        "actor_key, actor_name and actor_type. Of equally large pieces the one with the lowest actor counts as the largest. --diff shows what --without "
        "and --without-source change.",
    .examples = kExamples,
    .make = make_command<Bridges>,
};

}  // namespace entente::cli
