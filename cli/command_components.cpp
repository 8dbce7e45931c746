// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/centrality.hpp"
#include "cli/command.hpp"
#include "cli/group_table.hpp"
#include "cli/output.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/analysis/components.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

using graph::Direction;
using graph::Vertex;

class Components : public Command {
public:
    void setup(Options& options) override {
        options.choice("kind", kind_, {"weak", "strong", "biconnected"},
                       "weak: joined by relationships, whichever way; strong: each reaches each along them; "
                       "biconnected: joined even without any one of them");
        options.flag("members", members_, "a row for each actor with its component");
        difference_.setup(options);
        output_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::Selection selection = selection_.resolve(context, reader);
        const bool strong = kind_ == "strong";
        if (selection_.direction_given() && strong == (selection.direction == Direction::any)) {
            throw Error(ErrorKind::usage,
                        strong ? "strong components follow the direction of relationships"
                               : fmt::format("{} components know no direction", kind_),
                        strong ? "--kind weak leaves it aside" : "--kind strong follows it");
        }
        return write_answer(context, output_, difference_, selection_, selection, {"id"},
                            [&](const graph::Selection& chosen, std::size_t most) { return ask(reader, chosen, most); });
    }

private:
    PartAnswer ask(const storage::Reader& reader, const graph::Selection& selection, std::size_t most) const {
        const bool strong = kind_ == "strong";
        const graph::LoadedSnapshot loaded = graph::load(reader, selection);
        const graph::Snapshot& g = loaded.graph;
        const graph::Simple plain(g, strong ? Direction::out : Direction::any);

        GroupListing listing;
        listing.what = "component";
        listing.score_name = "degree";
        std::string found;
        if (kind_ == "biconnected") {
            analysis::BiconnectedComponents parts = analysis::biconnected_components(plain.out());
            const std::size_t cuts = parts.articulation_points.size();
            listing.members = {std::move(parts.offsets), std::move(parts.vertices)};
            for (Vertex v = 0; v < g.vertex_count(); ++v)
                listing.scores.push_back(static_cast<double>(plain.out().degree(v)));
            found = fmt::format("; {} in several of them", counted(cuts, "actor"));
        } else {
            const analysis::Groups groups = analysis::number_groups(strong ? analysis::strong_components(g)
                                                                           : analysis::weak_components(g));
            analysis::GroupTies ties = analysis::ties_of(plain, groups);
            listing.members = analysis::members(groups);
            listing.scores = std::move(ties.degree);
            std::vector<Value> inside;
            for (const double links : ties.inside) inside.emplace_back(static_cast<std::int64_t>(links));
            listing.columns.push_back({{"pairs", true}, std::move(inside)});
            const auto alone = std::count(groups.sizes.begin(), groups.sizes.end(), 1U);
            if (alone != 0) found = fmt::format("; {} alone", counted(static_cast<std::uint64_t>(alone), "actor"));
        }
        const std::uint64_t count = listing.count();
        const std::uint64_t rows = members_ ? listing.members.vertices.size() : count;
        const double largest = count == 0 ? 0 : static_cast<double>(listing.members.of(0).size());
        Table table = members_ ? members_table(reader, g, listing, most) : groups_table(reader, g, listing, most);
        table.reading = fmt::format("{} components: {}", kind_, count);
        if (count != 0) {
            table.reading += fmt::format("; the largest has {} of {} ({})", largest, counted(g.vertex_count(), "actor"),
                                         share_text(largest, g.vertex_count()));
        } else {
            table.reading += "; " + counted(g.vertex_count(), "actor");
        }
        table.reading += found;
        table.reading += strong ? "; along the direction of each relationship" : "; in either direction";
        const std::string chosen = selection_.reading();
        if (!chosen.empty()) table.reading += "; " + chosen;
        table.notes = notes(loaded.left_out);
        return {std::move(table), rows};
    }

    std::string kind_ = "weak";
    bool members_ = false;
    DifferenceOption difference_;
    OutputOptions output_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente components", "the separate pieces of the network, largest first"},
    {"entente components --members --format csv", "each actor with the number of its piece, for a spreadsheet"},
    {"entente components --kind strong --type OWNERSHIP", "who owns each other in circles"},
};

}  // namespace

extern const CommandEntry kComponents;
constinit const CommandEntry kComponents{
    .name = "components",
    .topic = Topic::ask,
    .line = "which pieces the network consists of",
    .words = "",
    .least = 0,
    .most = 0,
    .description =
        "Lists the components of the network, largest first; equal ones stand in the order of their lowest actor.\n\n"
        "weak: two actors are in one component when relationships lead from one to the other, in whatever direction. "
        "strong: when each reaches the other along the direction of the relationships; a symmetric one (a meeting) goes "
        "both ways. biconnected: when the loss of no single other actor would part them; an actor may be in several, and "
        "one without relationships is in none.\n\n"
        "The columns are component (its number), size, pairs (of actors in it that have a relationship, of strong "
        "components each way for itself; not for biconnected ones), id and name of the actor with most neighbours in it, "
        "and members, the next five. With --members: component, id, key, name, type and degree, the neighbours within the "
        "component (for biconnected ones: all neighbours). --diff shows what --without and --without-source change, components "
        "joined by their most central actor.",
    .examples = kExamples,
    .make = make_command<Components>,
};

}  // namespace entente::cli
