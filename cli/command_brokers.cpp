// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/actor_groups.hpp"
#include "cli/centrality.hpp"
#include "cli/command.hpp"
#include "cli/group_table.hpp"
#include "cli/output.hpp"
#include "cli/ranking.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "cli/watch.hpp"
#include "core/analysis/brokerage.hpp"
#include "core/error.hpp"
#include "core/graph/load.hpp"

namespace entente::cli {
namespace {

class Brokers : public Command {
public:
    void setup(Options& options) override {
        options.text("by", by_, "type|PROPERTY", "what makes groups of the actors: type, country, or any property");
        difference_.setup(options);
        output_.setup(options);
        selection_.setup(options);
    }

    int run(Context& context) override {
        if (by_.empty()) throw Error(ErrorKind::usage, "brokers wants groups to go between", "add --by type, --by country or another property");
        const Database database = open_to_read(context);
        const storage::Reader reader = selection_.read(database);
        const graph::Selection selection = selection_.resolve(context, reader);
        return write_answer(
            context, output_, difference_, selection_, selection, {"id"},
            [&](const graph::Selection& chosen, std::size_t most) { return ask(context, reader, chosen, most); });
    }

private:
    PartAnswer ask(Context& context, const storage::Reader& reader, const graph::Selection& selection, std::size_t most) const {
        const graph::LoadedSnapshot loaded = graph::load(reader, selection);
        const graph::Snapshot& g = loaded.graph;
        const ActorGroups groups = actor_groups(reader, g, by_);
        const std::vector<analysis::Brokerage> found = [&] {
            Watch watch(context, "brokers");
            return analysis::brokerage(graph::Simple(g, selection.direction), groups.of, 0, &watch.progress);
        }();
        // whoever has no group comes last, and is not told
        std::vector<double> totals(found.size(), std::nan(""));
        for (graph::Vertex v = 0; v < g.vertex_count(); ++v)
            if (groups.of[v] != analysis::kNoGroup) totals[v] = static_cast<double>(found[v].total());
        const std::uint64_t all = found.size() - groups.without;
        Table table;
        table.columns = {{"rank", true}, {"id", false}, {"key", false}, {"name", false}, {"type", false}, {"group", false}};
        for (const char* role : {"coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total"})
            table.columns.push_back({role, true});
        for (const auto& [v, rank] : analysis::ranked(totals, std::min<std::size_t>(most, all))) {
            std::vector<Value> row{static_cast<std::int64_t>(rank)};
            for (Value& value : actor_columns(reader, g.actor(v))) row.push_back(std::move(value));
            row.push_back(groups.names[groups.of[v]]);
            for (const std::uint64_t count : found[v].roles) row.emplace_back(static_cast<std::int64_t>(count));
            row.emplace_back(static_cast<std::int64_t>(found[v].total()));
            table.rows.push_back(std::move(row));
        }
        table.reading = reading(selection, groups, all);
        table.notes = notes(loaded.left_out);
        for (std::string& note : groups.notes()) table.notes.push_back(std::move(note));
        return {std::move(table), all};
    }

    std::string reading(const graph::Selection& selection, const ActorGroups& groups, std::uint64_t actors) const {
        std::string out = fmt::format("brokers by {}: pairs brought together that have no tie of their own", by_);
        out += selection.direction == graph::Direction::any ? ", in either direction, each way counted"
               : selection.direction == graph::Direction::out ? ", along the direction of each relationship"
                                                              : ", against the direction of each relationship";
        out += fmt::format("; parallel ties once; {} in {}", counted(actors, "actor"), counted(groups.names.size(), "group"));
        const std::string chosen = selection_.reading();
        return chosen.empty() ? out : out + "; " + chosen;
    }

    std::string by_;
    DifferenceOption difference_;
    OutputOptions output_;
    SelectionOptions selection_;
};

constexpr Example kExamples[] = {
    {"entente brokers --by country", "who stands between the countries"},
    {"entente brokers --by type --direction out -n 5", "along the direction of the relationships, the first five"},
    {"entente brokers --by country --type MEETING --format csv", "by meetings alone, for a spreadsheet"},
    {"entente brokers --by country --without aliyev --diff", "who steps in when one is taken away"},
};

}  // namespace

extern const CommandEntry kBrokers;
constinit const CommandEntry kBrokers{
    .name = "brokers",
    .topic = Topic::ask,
    .line = "who brings others together, within groups and between them",
    .words = "",
    .least = 0,
    .most = 0,
    .description =
        "Counts for each actor b the pairs of others, a and c, that it brings together: a has a relationship to b and b one to c, "
        "but a has none to c. What b is to the two depends on their groups (Gould and Fernandez 1989; the raw counts of "
        "brokerage in the R package sna):\n\n"
        "  coordinator     all three in one group\n"
        "  itinerant       a and c in one group, b in another\n"
        "  gatekeeper      b and c in one group, a in another: b lets in\n"
        "  representative  a and b in one group, c in another: b speaks for a\n"
        "  liaison         in three different groups\n\n"
        "--by says what makes the groups: type (all types of an actor together), country, or any property of the actors; those "
        "without it are left out and counted, with their relationships. Parallel relationships count once, self-loops not at all. "
        "With --direction out relationships lead the way they are told, symmetric ones (meetings) both ways. Without it "
        "all of them lead both ways: each pair then counts twice, once each way, so that gatekeeper and "
        "representative are equal.\n\n"
        "The columns are rank (by the total), id, key, name, type, group, coordinator, itinerant, gatekeeper, "
        "representative, liaison and total. --diff shows what --without and --without-source change.",
    .examples = kExamples,
    .make = make_command<Brokers>,
};

}  // namespace entente::cli
