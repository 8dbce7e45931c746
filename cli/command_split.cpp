// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/actors.hpp"
#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

/// "Boris P. (#4, b2)" of a record that lies in another one.
std::string describe_absorbed(const storage::Reader& reader, ActorId id) {
    const auto actor = reader.last_version(id);
    if (!actor) return handle(id);
    std::string out = escape_controls(label_of(*actor)) + " (" + handle(id);
    if (actor->key) out += ", " + escape_controls(*actor->key);
    return out + ")";
}

class Split : public Command {
public:
    void setup(Options& options) override {
        options.text("reason", reason_, "TEXT", "why they are two; kept with the change set");
        options.text("by", by_, "NAME", "who decided so");
        write_.setup(options);
    }

    int run(Context& context) override {
        Database database = open_to_write(context, write_, false);
        storage::Writer writer = database.write(context.text);
        const storage::Reader& reader = writer.reader();
        const ActorId actor = find_actor(context, reader, context.words[0], Naming::exact);
        const entente::Merge merge = choose(context, reader, actor);
        const MergeResult result = writer.split(actor, merge.absorbed);
        context.out << fmt::format("{} and {} are two again\n", describe(reader, actor),
                                   describe(reader, merge.absorbed));
        context.out << fmt::format("  {} went back\n", counted(result.moved, "relationship"));
        if (!merge.reason.empty()) {
            context.out << fmt::format("  they had been merged for this reason: {}\n", escape_controls(merge.reason));
        }
        if (!reason_.empty() || !by_.empty()) {
            context.out << fmt::format("  they are two{}{}\n", reason_.empty() ? "" : ": " + escape_controls(reason_),
                                       by_.empty() ? "" : " (" + escape_controls(by_) + ")");
        }
        writer.commit();
        return answered;
    }

private:
    /// The merge to undo: the only one, or that of the second word, which is a handle, key or name.
    static entente::Merge choose(const Context& context, const storage::Reader& reader, ActorId actor) {
        std::vector<entente::Merge> all;
        for (const entente::Merge& m : reader.merges())
            if (m.into == actor) all.push_back(m);
        std::string list;
        for (const entente::Merge& m : all)
            list += (list.empty() ? "" : "\n") + ("  " + describe_absorbed(reader, m.absorbed));
        if (all.empty()) {
            throw Error(ErrorKind::usage, fmt::format("nothing was merged into {}", describe(reader, actor)),
                        "`entente history` tells what became of an actor");
        }
        if (context.words.size() == 1) {
            if (all.size() == 1) return all.front();
            throw Error(ErrorKind::usage,
                        fmt::format("{} actors were merged into {}", all.size(), describe(reader, actor)),
                        "name the one to part from it:\n" + list);
        }
        const std::string& word = context.words[1];
        for (const entente::Merge& m : all) {
            const auto record = reader.last_version(m.absorbed);
            if (word == handle(m.absorbed) || (record && (record->key == word || name_of(*record) == word))) return m;
        }
        throw Error(ErrorKind::unknown_name, fmt::format("no \"{}\" was merged into {}", word, describe(reader, actor)),
                    "these were:\n" + list);
    }

    std::string reason_, by_;
    WriteOptions write_;
};

constexpr Example kExamples[] = {
    {"entente split zelenskyy", "part him from the one record that was merged into his"},
    {"entente split '#17' '#203'", "when several were: this one"},
};

}  // namespace

extern const CommandEntry kSplit;
constinit const CommandEntry kSplit{
    .name = "split",
    .topic = Topic::write,
    .line = "part what was merged",
    .words = "ACTOR [MERGED]",
    .least = 1,
    .most = 2,
    .description =
        "Parts two records that `entente merge` had made one. The second comes back as it was, with its number, "
        "its key and its relationships, whatever has become of them since. The first is as it was before, too; what was "
        "changed or added after the merge stays with it. The second word names the record that comes back, by its "
        "handle, key or name, when several were merged.",
    .examples = kExamples,
    .make = make_command<Split>,
};

}  // namespace entente::cli
