// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "cli/actors.hpp"
#include "cli/command.hpp"
#include "cli/path_question.hpp"
#include "core/analysis/best_paths.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

class Path : public Command {
public:
    void setup(Options& options) override { options_.setup(options); }

    int run(Context& context) override {
        options_.check();
        const Database database = open_to_read(context);
        const storage::Reader reader = options_.selection.read(database);
        const graph::StoredGraph g(reader);
        const graph::StoredFacts facts(reader);
        const bool sets = is_list(context.words[0]) || is_list(context.words[1]);
        if (sets && (options_.all || options_.all_simple || options_.in_time_order)) {
            throw Error(ErrorKind::usage,
                        fmt::format("{} does not go with a list of actors",
                                    options_.all ? "--all" : options_.all_simple ? "--all-simple" : "--in-time-order"),
                        "name two actors, or leave it out: the nearest pairs are told");
        }
        PathQuestion question{context, options_, g, facts, {}, {}, {}, {}, {}};
        question.next_best = options_.rows && !options_.all && !options_.diff && !sets;
        question.from = find_actors(context, reader, {context.words[0]}, Naming::near, Repeats::refuse);
        question.to = find_actors(context, reader, {context.words[1]}, Naming::near, Repeats::refuse);
        question.selection = options_.selection.resolve(context, reader, options_.in_time_order);
        resolve_through(question);
        for (const auto* ends : {&question.from, &question.to}) {
            for (const ActorId end : *ends) refuse_without(question, end, "an end of the path");
        }
        if (options_.hops) question.limits.hops = static_cast<std::uint32_t>(*options_.hops);
        question.limits.until = std::chrono::steady_clock::now() +
                                std::chrono::microseconds(static_cast<std::int64_t>(options_.seconds() * 1e6));
        std::optional<Lengths> lengths;
        if (options_.weights.given()) question.lengths = &lengths.emplace(reader, options_.weights);

        if (options_.diff) return path_difference(question);
        if (sets) return path_between_sets(question);
        if (options_.all_simple) return every_simple_path(question);
        if (options_.in_time_order) return path_in_time_order(question);
        return path_between_two(question);
    }

private:
    static void refuse_without(const PathQuestion& question, ActorId id, const char* what) {
        const auto& without = question.selection.without;
        if (std::find(without.begin(), without.end(), id) != without.end()) {
            throw Error(ErrorKind::usage, fmt::format("--without names {}, {}", what, describe(question.reader(), id)));
        }
    }

    /// The ends are passed anyway, where there is one of each; a list has some end that is not.
    void resolve_through(PathQuestion& question) const {
        const auto through = find_actors(question.context, question.reader(), options_.through, Naming::near);
        if (through.size() > analysis::kMostThrough) {
            throw Error(ErrorKind::usage, fmt::format("--through takes at most {} actors", analysis::kMostThrough));
        }
        for (const ActorId id : through) {
            refuse_without(question, id, "an actor of --through");
            for (const auto* ends : {&question.from, &question.to}) {
                if (std::find(ends->begin(), ends->end(), id) == ends->end()) continue;
                throw Error(ErrorKind::usage,
                            fmt::format("--through names an end of the path, {}", describe(question.reader(), id)),
                            "a path passes its ends anyway");
            }
            question.through.push_back(question.g.vertex(id));
        }
    }

    PathOptions options_;
};

constexpr Example kExamples[] = {
    {"entente path aliyev socar-ukraine", "how two actors are connected, in the fewest steps, as sentences"},
    {"entente path aliyev zelenskyy --at 2025 --status actual", "what is a fact and held in 2025"},
    {"entente path a b --all --format json", "every path of fewest steps, for programs"},
    {"entente path aliyev zelenskyy -o path.svg", "the same, and drawn"},
    {"entente path a b --cost distance --hops 5", "the path of the smallest sum of a property, in at most 5 steps"},
    {"entente path a b -n 5 --through c --max-degree 200", "the five best by way of c, and through no hub"},
    {"entente path @mine.txt @theirs.txt", "who of one list reaches whom of another, nearest first"},
    {"entente path a b --all-simple --hops 4 -n 0 --format csv", "every path of at most four steps, as it is found"},
    {"entente path a b --in-time-order --best latest --until 2024", "how word from a may have come to b by 2024, leaving late"},
    {"entente path a b --without c --diff", "is there still a way without c, and is it longer?"},
};

}  // namespace

extern const CommandEntry kPath;
constinit const CommandEntry kPath{
    .name = "path",
    .topic = Topic::ask,
    .line = "how two actors are connected",
    .words = "ACTOR|@LIST ACTOR|@LIST",
    .least = 2,
    .most = 2,
    .description =
        "Tells the path of fewest steps between two actors, each step as a sentence in its stored direction with its "
        "date, confidence and sources. Where several relationships join two actors, the best supported one is told: by "
        "status, then confidence, then number of sources.\n\n"
        "Among equally short paths the one whose weakest step is best supported comes first; the first 16 in the order "
        "of their actors' numbers are compared. An ungraded step counts as 0.5.\n\n"
        "Denied and hypothetical relationships are no steps unless --status says so. When there is no path, the answer "
        "says why, and which option stood in the way. Exit status 1 means that there is none, 5 that --hops or "
        "--timeout ended the search.\n\n"
        "--cost adds up a property along the path and finds the smallest sum; --strength adds up 1 / the property. "
        "Relationships without the property are left out and counted; negative values and texts are errors, and so are "
        "several currencies unless --currency chooses one.\n\n"
        "-n K goes on where the best path ends: the K best that visit no actor twice, by steps or by cost. --through "
        "wants actors to be passed, in whatever order; they may be hubs even where --max-degree leaves hubs out, and so "
        "may the ends. To pass several of them, or one along the direction of relationships, can take very long in a dense "
        "network; --timeout ends that, and the answer says so. --all-simple tells every path within --hops as it is found, those of fewest steps first.\n\n"
        "--around ACTOR keeps to the actors within --within steps of it (1); like --actor-type it says nothing of the ends.\n\n"
        "@FILE is a list, one actor a line: the answer is a table of who reaches whom, nearest first, with the number "
        "of paths as short and the relationships of the best supported one.\n\n"
        "--in-time-order wants each step on a day on which it held, and on none before that of the step before it: an "
        "event on its date, a state on any day until it ended. Imprecise dates may mean any of their days, undated "
        "relationships any day; with --certain the path must hold whatever they mean, and undated ones are left out. "
        "--since and --until bound the days of the steps. The answer says when its first and last step are due, and "
        "when all its steps held at once.\n\n"
        "--diff compares with the same question before --without and --without-source: `lost`, `longer` (`dearer`), "
        "`same`, and how many of the shortest paths remain.",
    .examples = kExamples,
    .make = make_command<Path>,
};

}  // namespace entente::cli
