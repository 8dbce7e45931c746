// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <set>

#include "cli/command.hpp"
#include "cli/drawing_of.hpp"
#include "cli/ranking.hpp"
#include "cli/records.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/analysis/communities.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

constexpr std::uint64_t kMostActors = 300;

class Draw : public Command {
public:
    void setup(Options& options) override {
        drawing_.setup(options, "it");
        options.text("size", size_, "MEASURE", "the measure that an actor's size shows, as centrality knows it");
        options.text("color", color_, "communities|type|PROPERTY",
                     "what an actor's colour shows (type); communities stand in frames")
            .offer({"communities", "type"});
        options.whole(
            "actors,n", most_, "N",
            fmt::format("at most so many actors, the most central ones; 0: all ({})", kMostActors));
        measure_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        drawing_.check();
        const analysis::Measure* const size = size_.empty() ? nullptr : &find_measure(size_);
        const analysis::Measure& by = size == nullptr ? find_measure("degree") : *size;
        measure_.check({&by});
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::Selection selection = selection_.resolve(context, reader);
        const graph::LoadedSnapshot loaded = graph::load(reader, selection);
        const graph::Snapshot& g = loaded.graph;

        std::vector<std::string> notes = cli::notes(loaded.left_out);
        Subgraph subgraph;
        const auto scores = [&] {
            auto found = measure_.compute(context, reader, g, by, selection, selection_.direction_given(), notes).front().of;
            for (double& score : found)
                if (std::isnan(score)) score = 0;  // drawn as the smallest
            return found;
        };
        std::vector<double> sizes;
        if (size != nullptr) sizes = scores();
        const std::vector<graph::Vertex> chosen = choose(g, selection, by, sizes, scores, notes);
        const std::vector<std::string> groups = groups_of(reader, g, chosen);
        std::set<RelationshipId> ties;
        std::vector<bool> drawn(g.vertex_count());
        for (const graph::Vertex v : chosen) drawn[v] = true;
        for (const graph::Vertex v : chosen) {
            subgraph.actors.push_back(g.actor(v));
            if (!sizes.empty()) subgraph.sizes.push_back(sizes[v]);
            if (!groups.empty()) subgraph.groups.push_back(groups[subgraph.groups.size()]);
            for (std::uint64_t i = g.out().begin(v); i != g.out().end(v); ++i) {
                if (drawn[g.out().neighbours[i]]) ties.insert(RelationshipId(g.out().ids[i]));
            }
        }
        subgraph.ties.assign(ties.begin(), ties.end());
        exporters::Drawing drawing = drawing_of(reader, subgraph);
        drawing.title = title(context);
        if (size != nullptr) drawing.size_means = size->name;
        if (!groups.empty()) drawing.colour_means = color_;
        drawing.clusters = color_ == "communities";
        drawing.notes = std::move(notes);
        write_drawing(context, drawing, drawing_);
        if (drawing_.wanted()) {
            context.out << fmt::format("{}: {} and {}\n", escape_controls(drawing_.output),
                                       counted(drawing.actors.size(), "actor"),
                                       counted(drawing.ties.size(), "relationship"));
        }
        return drawing.actors.empty() ? nothing_found : answered;
    }

private:
    /// The actors to draw, ascending: without those that a selection leaves alone, and the most
    /// central ones only when there are too many.
    template <class Scores>
    std::vector<graph::Vertex> choose(const graph::Snapshot& g, const graph::Selection& selection,
                                      const analysis::Measure& by, const std::vector<double>& sizes, Scores&& compute,
                                      std::vector<std::string>& notes) const {
        std::vector<graph::Vertex> chosen(g.vertex_count());
        std::iota(chosen.begin(), chosen.end(), graph::Vertex{0});
        if (selection_.any_given() && g.arc_count() > 0) {
            const auto alone = [&](graph::Vertex v) {
                return g.out().begin(v) == g.out().end(v) && g.in().begin(v) == g.in().end(v) &&
                       std::find(selection.around.begin(), selection.around.end(), g.actor(v)) ==
                           selection.around.end();
            };
            const auto end = std::remove_if(chosen.begin(), chosen.end(), alone);
            const auto left = static_cast<std::uint64_t>(chosen.end() - end);
            chosen.erase(end, chosen.end());
            if (left > 0)
                notes.push_back(fmt::format("{} without ties in this selection not drawn",
                                            counted(left, "actor")));
        }
        const std::uint64_t most = most_.value_or(kMostActors);
        if (most == 0 || chosen.size() <= most) return chosen;
        const std::vector<double> scores = sizes.empty() ? compute() : sizes;
        const std::size_t all = chosen.size();
        std::stable_sort(chosen.begin(), chosen.end(),
                         [&](graph::Vertex a, graph::Vertex b) { return scores[a] > scores[b]; });
        chosen.resize(static_cast<std::size_t>(most));
        std::sort(chosen.begin(), chosen.end());
        notes.insert(notes.begin(),
                     fmt::format("the {} most central of {} actors, by {}; -n draws more or fewer",
                                 most, all, by.name));
        return chosen;
    }

    /// The groups that colour the drawn actors: of each of `chosen`; empty when types do.
    std::vector<std::string> groups_of(const storage::Reader& reader, const graph::Snapshot& g,
                                       const std::vector<graph::Vertex>& chosen) const {
        std::vector<std::string> out;
        if (color_.empty() || color_ == "type") return out;
        if (color_ == "communities") return communities_of(reader, g, chosen);
        const auto property = reader.find_property(color_);
        if (!property) {
            throw Error(ErrorKind::unknown_name, fmt::format("no actor has a property \"{}\"", color_),
                        "--color takes communities, type, or a property such as country");
        }
        for (const graph::Vertex v : chosen) {
            const Value value = reader.property(g.actor(v), *property);
            out.push_back(value.is_null() ? std::string() : to_text(value));
        }
        return out;
    }

    /// As `entente communities` finds them without options; each called by its most central actor.
    static std::vector<std::string> communities_of(const storage::Reader& reader, const graph::Snapshot& g,
                                                   const std::vector<graph::Vertex>& chosen) {
        const graph::Simple plain(g, graph::Direction::any);
        const analysis::Groups groups = analysis::communities(plain);
        analysis::GroupMembers members = analysis::members(groups);
        analysis::most_central_first(members, analysis::ties_of(plain, groups).degree, 1);
        std::vector<std::string> names(groups.count());
        std::set<std::string> given;
        for (std::uint32_t group = 0; group < groups.count(); ++group) {
            if (groups.sizes[group] == 1) continue;
            const ActorId first = g.actor(members.of(group).front());
            names[group] = raw_label(reader, first);
            if (!given.insert(names[group]).second) names[group] += " " + handle(first);
        }
        std::vector<std::string> out;
        for (const graph::Vertex v : chosen) out.push_back(names[groups.of[v]]);
        return out;
    }

    [[nodiscard]] std::string title(const Context& context) const {
        const std::string reading = selection_.reading();
        const std::string stem = std::filesystem::path(context.database).stem().string();
        if (stem == "entente") return reading;
        return reading.empty() ? stem : stem + ": " + reading;
    }

    DrawingOptions drawing_;
    SelectionOptions selection_;
    MeasureOptions measure_;
    std::string size_, color_;
    std::optional<std::uint64_t> most_;
};

constexpr Example kExamples[] = {
    {"entente draw -o network.svg", "the whole network, or its 300 most central actors"},
    {"entente draw --around aliyev --hops 2 --size degree -o aliyev.png",
     "what surrounds one actor"},
    {"entente draw --size pagerank --color communities -o groups.svg", "who belongs together, and who matters"},
    {"entente draw --type AID,MEETING --since 2025 --title \"Aid in 2025\" -o aid.pdf",
     "a part of it, for print"},
    {"entente draw --layout neato | neato -Tsvg > by-hand.svg", "DOT, to go on with Graphviz"},
};

}  // namespace

extern const CommandEntry kDraw;
constinit const CommandEntry kDraw{
    .name = "draw",
    .topic = Topic::draw,
    .line = "draw the network as a picture",
    .words = "",
    .least = 0,
    .most = 0,
    .description =
        "Draws actors and their relationships with Graphviz: an SVG, PNG or PDF by the suffix of "
        "the file, or DOT text. "
        "Without -o the DOT text is the answer.\n\n"
        "Shape and colour of an actor tell its type, the colour of a line what kind of "
        "relationship it is. Relationships "
        "of the same two actors and the same direction share a line, whose label lists them with "
        "their dates and the "
        "numbers of their sources; equal ones are joined with a count. A line without an arrowhead "
        "is mutual. "
        "What is not a settled fact (planned, inferred, and with --status denied or hypothetical) "
        "is dashed and "
        "says so. In an SVG, tooltips tell each relationship as a sentence, and sources on the web "
        "are linked.\n\n"
        "--size shows any measure of `entente centrality` as the size of the actors. --color colours them by a property "
        "such as country instead of by type, or by the communities that Leiden's method finds, each in a frame where "
        "the layout (dot, fdp) can draw one.\n\n"
        "A selection of more than 300 actors is cut to those with most neighbours, or the highest "
        "--size, which the "
        "picture says; -n sets the number. Actors that a selection leaves without relationships "
        "are not drawn.",
    .examples = kExamples,
    .make = make_command<Draw>,
};

}  // namespace entente::cli
