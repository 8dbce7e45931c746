// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "cli/centrality.hpp"
#include "cli/command.hpp"
#include "cli/group_table.hpp"
#include "cli/output.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "cli/watch.hpp"
#include "cli/weights.hpp"
#include "core/analysis/communities.hpp"
#include "core/analysis/modularity.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

using analysis::CommunityMethod;
using graph::Direction;

class Communities : public Command {
public:
    void setup(Options& options) override {
        options.choice("method", method_, {"leiden", "louvain", "label-propagation"}, "how they are looked for");
        options.number("resolution", resolution_, "R", "above 1: more and smaller communities; below: fewer (1)", 0, 1e6);
        options.whole("seed", seed_, "N", "settles the order and equal choices (1)");
        options.flag("members", members_, "a row for each actor with its community");
        weights_.setup(options, WeightOptions::Takes::strength);
        difference_.setup(options);
        output_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        if (method_ == "label-propagation" && resolution_) {
            throw Error(ErrorKind::usage, "label propagation knows no resolution", "--method leiden and louvain do");
        }
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::Selection selection = selection_.resolve(context, reader);
        return write_answer(
            context, output_, difference_, selection_, selection, {"id"},
            [&](const graph::Selection& chosen, std::size_t most) { return ask(context, reader, chosen, most); });
    }

private:
    PartAnswer ask(Context& context, const storage::Reader& reader, const graph::Selection& selection,
                   std::size_t most) const {
        const graph::LoadedSnapshot loaded = graph::load(reader, selection);
        const graph::Snapshot& g = loaded.graph;
        const std::optional<Weights> weights = weights_.read(reader, g);
        graph::SimpleOptions links;
        if (weights) {
            links.parallel = graph::Parallel::sum;
            links.numbers = &weights->numbers;
        }
        const graph::Simple plain(g, selection.direction, links);

        analysis::CommunityOptions options;
        options.method = method_ == "louvain"  ? CommunityMethod::louvain
                         : method_ == "leiden" ? CommunityMethod::leiden
                                               : CommunityMethod::label_propagation;
        options.resolution = resolution_.value_or(1);
        options.seed = seed_.value_or(1);
        const analysis::Groups groups = [&] {
            Watch watch(context, "communities");
            options.progress = &watch.progress;
            return analysis::communities(plain, options);
        }();
        analysis::GroupTies ties = analysis::ties_of(plain, groups);

        GroupListing listing;
        listing.what = "community";
        listing.members = analysis::members(groups);
        listing.scores = std::move(ties.degree);
        listing.score_name = weights ? "strength" : "degree";
        listing.whole = !weights;
        std::vector<Value> inside, shares;
        for (std::uint32_t c = 0; c < groups.count(); ++c) {
            const double all = ties.inside[c] + ties.outside[c];
            inside.push_back(weights ? Value(ties.inside[c]) : Value(static_cast<std::int64_t>(ties.inside[c])));
            shares.push_back(all > 0 ? Value(ties.inside[c] / all) : Value());
        }
        listing.columns.push_back({{weights ? "strength" : "pairs", true}, std::move(inside)});
        listing.columns.push_back({{"inside", true}, std::move(shares)});
        const std::uint64_t rows = members_ ? groups.of.size() : groups.count();
        Table table = members_ ? members_table(reader, g, listing, most) : groups_table(reader, g, listing, most);
        table.reading = reading(plain, selection, groups);
        table.notes = notes(loaded.left_out);
        if (weights) {
            for (std::string& note : weights->notes(weights_.property())) table.notes.push_back(std::move(note));
        }
        return {std::move(table), rows};
    }

    std::string reading(const graph::Simple& plain, const graph::Selection& selection, const analysis::Groups& groups) const {
        const double resolution = resolution_.value_or(1);
        std::string out = fmt::format("{}: {}", method_, counted(groups.count(), "community", "communities"));
        const auto alone = std::count(groups.sizes.begin(), groups.sizes.end(), 1U);
        if (alone != 0) out += fmt::format(", {} of one actor", alone);
        const double modularity = analysis::modularity(plain, groups, resolution);
        if (!std::isnan(modularity)) out += "; modularity " + number_for_people(modularity);
        if (method_ != "label-propagation") out += "; resolution " + number_for_people(resolution);
        out += fmt::format("; seed {}", seed_.value_or(1));
        out += selection.direction == Direction::any ? "; in either direction" : "; along the direction of each relationship";
        out += weights_.given() ? "; " + weights_.reading() : "; parallel ties once";
        out += "; " + counted(plain.vertex_count(), "actor");
        const std::string chosen = selection_.reading();
        return chosen.empty() ? out : out + "; " + chosen;
    }

    std::string method_ = "leiden";
    std::optional<double> resolution_;
    std::optional<std::uint64_t> seed_;
    bool members_ = false;
    WeightOptions weights_;
    DifferenceOption difference_;
    OutputOptions output_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente communities", "the groups whose members deal mostly with each other"},
    {"entente communities --resolution 2", "more and smaller ones"},
    {"entente communities --strength amount --currency EUR", "by money instead of by ties"},
    {"entente communities --members --format csv", "each actor with the number of its community"},
};

}  // namespace

extern const CommandEntry kCommunities;
constinit const CommandEntry kCommunities{
    .name = "communities",
    .topic = Topic::ask,
    .line = "which groups have many ties among themselves and few to others",
    .words = "",
    .least = 0,
    .most = 0,
    .description =
        "Divides the actors into communities, largest first; equal ones stand in the order of their lowest actor. Each is "
        "named by its most central actor, the one with most neighbours (or most strength) inside. An actor without "
        "relationships is a community of its own, and every community hangs together.\n\n"
        "leiden (Traag, Waltman and van Eck 2019) and louvain (Blondel and others 2008) look for a high modularity: the "
        "share of ties within communities, less the share that chance would put there (NetworkX's definition; the sum over "
        "communities of L / m - resolution (k / 2m)^2, with --direction out that of a directed graph). Above 0.3 there is "
        "clear structure. label-propagation (Raghavan, Albert and Kumara 2007) lets each actor follow most of its "
        "neighbours. Other good divisions may exist: another --seed may find one, the same one finds the same again.\n\n"
        "Parallel relationships count once, self-loops not at all; with --strength the numbers of parallel relationships are "
        "added up.\n\n"
        "The columns are community (its number), size, pairs (of its actors that have a relationship; with --strength the sum, "
        "strength), inside (the share of all ties of its members that stay inside, from 0 to 1; a tie between two members "
        "counts once), id and name of its most central actor, and members, the next five. With --members: community, id, key, "
        "name, type and degree (or strength) inside the community. --diff shows what --without and --without-source change, "
        "communities joined by their most central actor.",
    .examples = kExamples,
    .make = make_command<Communities>,
};

}  // namespace entente::cli
