// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/actors.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"
#include "core/analysis/shortest_path.hpp"
#include "core/error.hpp"
#include "core/graph/stored_graph.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t kShown = 20;

/// The shortest path between two actors as far as it is to be watched.
struct Watched {
    std::string from, to;
    ActorId ends[2];
    std::string before;
};

std::string path_text(const storage::Reader& reader, ActorId from, ActorId to) {
    for (const ActorId end : {from, to})
        if (!reader.exists(end)) return fmt::format("none: {} is gone", handle(end));
    const graph::StoredGraph g(reader);
    const graph::StoredFacts facts(reader);
    const graph::Selection selection;
    graph::Filter filter(selection, facts);
    const auto found = analysis::shortest_paths(g, g.vertex(from), g.vertex(to), selection.direction, filter, {}, 1);
    if (found.outcome != analysis::Outcome::found || found.paths.empty()) return "none";
    std::string out = counted(found.paths.front().size() - 1, "step") + ":";
    for (std::size_t i = 0; i < found.paths.front().size(); ++i)
        out += (i == 0 ? " " : " - ") + label(reader, g.actor(found.paths.front()[i]));
    return out;
}

class Retract : public Command {
public:
    void setup(Options& options) override {
        options.flag("dry-run", dry_run_, "say what would go and what would stay, and write nothing");
        options.pairs("watch", watch_, "ACTOR ACTOR", "say whether the shortest path between these two changes");
        options.whole("rows,n", rows_, "N", "how many of each to list (20; 0: all)");
        write_.setup(options);
    }

    int run(Context& context) override {
        // The paths as they are, and the words for what goes, are told from the state before.
        Database database = open_to_write(context, write_, false);
        storage::Writer writer = database.write(context.text);
        const storage::Reader& reader = writer.reader();
        const Source source = *reader.source(find_source(reader, context.words[0]));
        std::vector<Watched> watched;
        for (const auto& [from, to] : watch_) {
            Watched w{from, to, {}, {}};
            w.ends[0] = find_actor(context, reader, from, Naming::exact);
            w.ends[1] = find_actor(context, reader, to, Naming::exact);
            w.before = path_text(reader, w.ends[0], w.ends[1]);
            watched.push_back(std::move(w));
        }
        const storage::Reader then = database.read();
        const storage::Retraction done = writer.retract(source.id);
        std::ostream& out = context.out;
        out << escape_controls(source.key) << (source.title.empty() ? "" : ": " + escape_controls(source.title))
            << (dry_run_ ? " would be withdrawn\n" : " is withdrawn\n");
        list(context, then, "resting on it alone, gone", done.removed);
        list(context, then, "with other support, staying", done.weakened);
        list(context, then, "resting on it alone, gone", done.removed_actors);
        list(context, then, "resting on it alone, staying without a source because relationships need them",
             done.unsupported_actors);
        list(context, then, "with other support, staying", done.weakened_actors);
        std::vector<std::string> kept;
        for (const RelationshipId id : done.weakened) note_kept_values(then, reader, id, source.id, kept);
        for (const ActorId id : done.weakened_actors) note_kept_values(then, reader, id, source.id, kept);
        if (!kept.empty()) {
            out << fmt::format("{} that it was the last to change; `entente history` tells what they were, `entente set` puts them back\n",
                               kept.size() == 1 ? "one keeps values" : fmt::format("{} keep values", kept.size()));
            for (std::size_t i = 0; i < std::min(most(), kept.size()); ++i) out << "  " << kept[i] << "\n";
            more(out, kept.size());
        }
        for (const Watched& w : watched) {
            const std::string after = path_text(reader, w.ends[0], w.ends[1]);
            const std::string title = "shortest path from " + describe(then, w.ends[0]) + " to " + describe(then, w.ends[1]);
            if (after == w.before) {
                out << title << ": the same, " << after << "\n";
            } else {
                out << title << ":\n  before: " << w.before << "\n  after: " << after << "\n";
            }
        }
        if (dry_run_) {
            context.err << "a dry run: nothing was written\n";
            return answered;
        }
        const ChangeSetId set = writer.change_set();
        writer.commit();
        out << fmt::format("change set {}; `entente undo {}` brings it all back\n", set.value, set.value);
        return answered;
    }

private:
    /// Values stay as they are where there is other support, though only the source that goes may have told them.
    template <class Id>
    static void note_kept_values(const storage::Reader& then, const storage::Reader& now, Id id, SourceId source, std::vector<std::string>& out) {
        const auto versions = then.history(id);
        const auto last = then.last_version(id), left = now.last_version(id);
        if (versions.empty() || !last || !left) return;
        const auto set = then.change_set(last->since);
        if (!set || set->source != source) return;
        std::string names;
        for (const auto& [name, value] : left->properties) {
            const Value* before = find_property(versions.back().record.properties, name);
            if (before == nullptr || !(*before == value)) names += (names.empty() ? "" : ", ") + escape_controls(name);
        }
        if (!names.empty()) out.push_back(handle(id) + ": " + names);
    }
    [[nodiscard]] std::size_t most() const {
        if (!rows_) return kShown;
        return *rows_ == 0 ? SIZE_MAX : static_cast<std::size_t>(*rows_);
    }
    void more(std::ostream& out, std::size_t all) const {
        if (all > most()) out << fmt::format("  ({} of {}; -n 0 shows all)\n", most(), all);
    }
    void list(Context& context, const storage::Reader& then, const char* what,
              const std::vector<RelationshipId>& ids) const {
        if (ids.empty()) return;
        context.out << fmt::format("{} {}\n", counted(ids.size(), "relationship"), what);
        SourceList sources(then);
        for (std::size_t i = 0; i < std::min(most(), ids.size()); ++i)
            if (const auto tie = then.relationship(ids[i]))
                context.out << "  " << handle(ids[i]) << "  " << tell(then, *tie, sources) << "\n";
        more(context.out, ids.size());
        if (sources.size() > 1)
            for (const std::string& line : sources.lines()) context.out << "  " << line << "\n";
    }
    void list(Context& context, const storage::Reader& then, const char* what, const std::vector<ActorId>& ids) const {
        if (ids.empty()) return;
        context.out << fmt::format("{} {}\n", counted(ids.size(), "actor"), what);
        for (std::size_t i = 0; i < std::min(most(), ids.size()); ++i)
            context.out << "  " << describe(then, ids[i]) << "\n";
        more(context.out, ids.size());
    }

    bool dry_run_ = false;
    std::vector<std::pair<std::string, std::string>> watch_;
    std::optional<std::uint64_t> rows_;
    WriteOptions write_;
};

constexpr Example kExamples[] = {
    {"entente retract article --dry-run --watch aliyev zelenskyy",
     "what falls if this source falls, and whether the two would still be connected as they are"},
    {"entente retract leak-2019", "withdraw it; `entente undo` brings it back"},
};

}  // namespace

extern const CommandEntry kRetract;
constinit const CommandEntry kRetract{
    .name = "retract",
    .topic = Topic::write,
    .line = "withdraw a source, and what rests on it alone",
    .words = "SOURCE",
    .least = 1,
    .most = 1,
    .description =
        "Withdraws a source. Relationships that rested on it alone go; those with other support stay with that. "
        "Actors that rested on it alone go when no relationship is left to them. It is one change set, which "
        "`entente undo` takes back.\n"
        "\n"
        "--dry-run writes nothing and says the same. --watch A B, which may be repeated, says what becomes of the "
        "shortest path between two actors. To ask as if a source were not there, without withdrawing it, use "
        "--without-source with any question.",
    .examples = kExamples,
    .make = make_command<Retract>,
};

}  // namespace entente::cli
