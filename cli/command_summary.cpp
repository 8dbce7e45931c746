// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <optional>

#include "cli/actor_groups.hpp"
#include "cli/actors.hpp"
#include "cli/command.hpp"
#include "cli/group_table.hpp"
#include "cli/output.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "cli/watch.hpp"
#include "core/analysis/assortativity.hpp"
#include "core/analysis/clustering.hpp"
#include "core/analysis/components.hpp"
#include "core/analysis/diameter.hpp"
#include "core/analysis/path_lengths.hpp"
#include "core/error.hpp"
#include "core/graph/each_relationship.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

using graph::Direction;
using graph::Simple;
using graph::Snapshot;
using graph::Vertex;

constexpr std::size_t kDegreesForPeople = 12;  ///< more are shown in powers of two
constexpr std::size_t kBar = 30;

/// The rows of the answer.
class Rows {
public:
    explicit Rows(Table& table) : table_(table) {
        table_.columns = {{"what", false}, {"name", false}, {"value", true}, {"margin", true}, {"note", false}};
    }
    void whole(const char* what, std::uint64_t value, Value note = {}, Value name = {}) {
        table_.rows.push_back({what, std::move(name), static_cast<std::int64_t>(value), Value(), std::move(note)});
    }
    /// NaN: there is none.
    void real(const char* what, double value, Value note = {}, Value name = {}, Value margin = {}) {
        const bool none = std::isnan(value);
        table_.rows.push_back({what, std::move(name), none ? Value() : Value(value), std::move(margin),
                               none ? Value("none") : std::move(note)});
    }

private:
    Table& table_;
};

std::string bar(std::uint64_t value, std::uint64_t highest) {
    std::string out;
    const std::uint64_t full = value == 0 ? 0 : std::max<std::uint64_t>(1, value * kBar / highest);
    for (std::uint64_t i = 0; i < full; ++i) out += "█";
    return out;
}

class Summary : public Command {
public:
    void setup(Options& options) override {
        options.list("by", by_, "type|PROPERTY", "also whether ties join actors that are alike in this");
        options.whole("samples", samples_, "N",
                      "of more than 20,000 actors, take path lengths from N (2048)", 2, 4'000'000'000U);
        options.whole("seed", seed_, "N", "which actors those are (1)");
        difference_.setup(options);
        output_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        if (!output_.rows) output_.rows = 0;
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::Selection selection = selection_.resolve(context, reader);
        return write_answer(context, output_, difference_, selection_, selection, {"what", "name"},
                            [&](const graph::Selection& chosen, std::size_t) { return ask(context, reader, chosen); });
    }

private:
    PartAnswer ask(Context& context, const storage::Reader& reader, const graph::Selection& selection) const {
        const graph::LoadedSnapshot loaded = graph::load(reader, selection);
        const Snapshot& g = loaded.graph;
        const bool directed = selection.direction != Direction::any;
        Table table;
        table.notes = notes(loaded.left_out);
        Rows rows(table);
        rows.whole("actors", g.vertex_count());
        rows.whole("relationships", graph::relationship_count(g));
        const Simple plain(g, selection.direction);
        const double n = g.vertex_count(), links = static_cast<double>(plain.link_count());
        rows.whole("pairs joined", plain.link_count(), directed ? "each way for itself" : Value());
        rows.real("density", n < 2 ? 0 : links * (directed ? 1 : 2) / (n * (n - 1)));
        rows.real("reciprocity", directed ? analysis::reciprocity(plain) : analysis::reciprocity(Simple(g, Direction::out)));
        triangles(context, g, plain, rows);
        rows.real("assortativity", analysis::degree_assortativity(plain), {}, "degree");
        for (const std::string& by : by_) assortativity(reader, g, plain, by, rows, table.notes);
        components(g, directed, rows);
        distances(context, reader, g, plain, rows);
        degrees(plain, rows);
        table.reading = "summary: parallel ties once";
        table.reading += selection.direction == Direction::any   ? "; in either direction"
                         : selection.direction == Direction::out ? "; along the direction of each relationship"
                                                                 : "; against the direction of each relationship";
        if (const std::string chosen = selection_.reading(); !chosen.empty()) table.reading += "; " + chosen;
        const std::uint64_t all = g.vertex_count() == 0 ? 0 : table.rows.size();  // nobody: nothing found
        return {std::move(table), all};
    }

    static void triangles(Context& context, const Snapshot& g, const Simple& plain, Rows& rows) {
        Watch watch(context, "clustering");
        const auto found = plain.directed() ? analysis::transitivity(Simple(g, Direction::any).out(), 0, &watch.progress)
                                            : analysis::transitivity(plain.out(), 0, &watch.progress);
        double mean = found.mean_clustering;
        if (plain.directed() && g.vertex_count() != 0) {
            mean = 0;
            for (const double x : analysis::clustering(g, Direction::out, {nullptr, 0, &watch.progress})) mean += x;
            mean /= g.vertex_count();
        }
        rows.real("transitivity", found.transitivity, counted(found.triangles, "triangle"));
        rows.real("average clustering", mean);
    }

    static void assortativity(const storage::Reader& reader, const Snapshot& g, const Simple& plain, const std::string& by,
                              Rows& rows, std::vector<std::string>& notes) {
        const ActorGroups groups = actor_groups(reader, g, by);
        if (groups.numeric()) {
            const std::vector<double> numbers = groups.numbers();
            rows.real("assortativity", analysis::numeric_assortativity(plain, numbers, numbers), "of numbers", by);
        } else {
            rows.real("assortativity", analysis::categorical_assortativity(plain, groups.of),
                      "of " + counted(groups.names.size(), "group"), by);
        }
        for (std::string& note : groups.notes()) notes.push_back(std::move(note));
    }

    static void components(const Snapshot& g, bool directed, Rows& rows) {
        const auto tell = [&](const char* name, const std::vector<Vertex>& labels) {
            const analysis::Groups groups = analysis::number_groups(labels);
            const auto alone = static_cast<std::uint64_t>(std::count(groups.sizes.begin(), groups.sizes.end(), 1U));
            rows.whole("components", groups.count(), alone == 0 ? Value() : Value(counted(alone, "actor") + " alone"), name);
            const std::uint32_t largest = groups.count() == 0 ? 0 : groups.sizes.front();
            rows.whole("largest component", largest, share_text(largest, g.vertex_count()), name);
        };
        tell("weak", analysis::weak_components(g));
        if (directed) tell("strong", analysis::strong_components(g));
    }

    void distances(Context& context, const storage::Reader& reader, const Snapshot& g, const Simple& plain, Rows& rows) const {
        const analysis::Diameter widest = [&] {
            Watch watch(context, "diameter");
            return analysis::diameter(plain, 0, &watch.progress);
        }();
        if (widest.steps == 0) {
            rows.whole("diameter", 0);
        } else {
            rows.whole("diameter", widest.steps, fmt::format("{} to {}", describe(reader, g.actor(widest.from)),
                                                             describe(reader, g.actor(widest.to))));
        }
        analysis::PathLengthOptions options;
        if (samples_) options.samples = static_cast<std::uint32_t>(*samples_);
        options.seed = seed_.value_or(1);
        const analysis::PathLengths lengths = [&] {
            Watch watch(context, "path lengths");
            options.progress = &watch.progress;
            return analysis::path_lengths(plain, options);
        }();
        const bool none = lengths.pairs == 0;
        rows.real("average path length", none ? std::nan("") : lengths.mean,
                  lengths.exact ? Value("exact")
                                : Value(fmt::format("sampled from {}, 95 % within the margin", counted(lengths.sources, "actor"))),
                  {}, lengths.exact || none ? Value() : Value(lengths.high - lengths.mean));
    }

    /// How many actors have so many neighbours: each number for programs, in powers of two for people.
    void degrees(const Simple& plain, Rows& rows) const {
        std::map<std::uint64_t, std::uint64_t> counts;
        for (Vertex v = 0; v < plain.vertex_count(); ++v) ++counts[plain.out().degree(v)];
        const bool programs = output_.for_programs();
        const bool each = programs || (counts.size() <= kDegreesForPeople && !difference_.given);
        std::map<std::uint64_t, std::uint64_t> binned;  // by the lowest degree of each
        for (const auto& [degree, actors] : counts) binned[each ? degree : std::bit_floor(degree)] += actors;
        std::uint64_t highest = 1;
        for (const auto& [lowest, actors] : binned) highest = std::max(highest, actors);
        for (const auto& [lowest, actors] : binned) {
            const std::string name = each || lowest < 2 ? fmt::format("{}", lowest) : fmt::format("{}-{}", lowest, 2 * lowest - 1);
            rows.whole("actors of degree", actors, programs || difference_.given ? Value() : Value(bar(actors, highest)), name);
        }
    }

    std::vector<std::string> by_;
    std::optional<std::uint64_t> samples_, seed_;
    DifferenceOption difference_;
    OutputOptions output_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente summary", "the network as a whole"},
    {"entente summary --by country", "and whether ties keep within the countries"},
    {"entente summary --type OWNERSHIP --direction out", "who owns whom, along the direction of the ties"},
    {"entente summary --without socar --diff", "what one actor is to the whole"},
};

}  // namespace

extern const CommandEntry kSummary;
constinit const CommandEntry kSummary{
    .name = "summary",
    .topic = Topic::ask,
    .line = "what the network is like as a whole",
    .words = "",
    .least = 0,
    .most = 0,
    .description =
        "Describes the network in numbers, by NetworkX's definitions; parallel relationships count once, self-loops not at all:\n\n"
        "  pairs joined         of actors that have a relationship\n"
        "  density              of all pairs, the share that is joined\n"
        "  reciprocity          of the ways from one to another, the share with one back\n"
        "  transitivity         of the pairs with a neighbour in common, the share that is\n"
        "                       joined; direction does not matter\n"
        "  average clustering   the mean of the actors' clustering (see centrality)\n"
        "  assortativity        from -1 to 1: do ties join like to like? By degree, and\n"
        "                       by what --by names: numbers as a correlation, texts as groups\n"
        "  components           and the share of the actors in the largest\n"
        "  diameter             the longest of the shortest paths in the largest component, and\n"
        "                       its two ends; exact\n"
        "  average path length  over all pairs that a path joins; exact up to 20,000 actors,\n"
        "                       above from a sample (--samples), with the margin of 95 %\n"
        "  actors of degree     how many have so many neighbours\n\n"
        "With --direction out, ways count for themselves, clustering is that of directed triangles, degrees are those out (assortativity: "
        "of those out and those in), diameter and path lengths follow the direction, the diameter in the largest strong "
        "component.\n\n"
        "The columns are what, name (which assortativity, which kind of component, which degree), value (empty where there is none), "
        "margin and note. For programs each degree has a row. --diff shows what --without and --without-source change.",
    .examples = kExamples,
    .make = make_command<Summary>,
};

}  // namespace entente::cli
