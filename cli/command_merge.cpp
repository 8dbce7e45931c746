// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/actors.hpp"
#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

class MergeActors : public Command {
public:
    void setup(Options& options) override {
        options.text("reason", reason_, "TEXT", "why the two are one: kept with the merge");
        options.text("by", by_, "NAME", "who decided so");
        options.flag("dry-run", dry_run_, "say what would become of them, and write nothing");
        write_.setup(options);
    }

    int run(Context& context) override {
        Database database = open_to_write(context, write_, false);
        storage::Writer writer = database.write(context.text);
        entente::Merge merge;
        merge.into = find_actor(context, writer.reader(), context.words[0], Naming::exact);
        merge.absorbed = find_actor(context, writer.reader(), context.words[1], Naming::exact);
        if (merge.into == merge.absorbed) {
            throw Error(ErrorKind::usage, fmt::format("{} and {} are one actor already: {}", context.words[0],
                                                      context.words[1], describe(writer.reader(), merge.into)));
        }
        merge.reason = reason_;
        merge.decided_by = by_;
        const std::string absorbed = describe(writer.reader(), merge.absorbed);
        const MergeResult result = writer.merge(merge);
        const ChangeSetId set = writer.change_set();
        context.out << fmt::format("{} {} {} {}\n", absorbed, dry_run_ ? "would go" : "went", "into",
                                   describe(writer.reader(), merge.into));
        context.out << fmt::format("  {} moved\n", counted(result.moved, "relationship"));
        for (const RelationshipId id : result.self_ties) {
            const auto tie = writer.reader().relationship(id);
            context.out << fmt::format("  {} leads from the actor to itself now: {}\n", handle(id),
                                       tie ? escape_controls(tie->type) : "");
        }
        if (dry_run_) {
            context.err << "a dry run: nothing was written\n";
            return answered;
        }
        writer.commit();
        context.out << fmt::format("  change set {}; `entente split '{}' '{}'` parts them again\n", set.value,
                                   handle(merge.into), handle(merge.absorbed));
        return answered;
    }

private:
    std::string reason_, by_;
    bool dry_run_ = false;
    WriteOptions write_;
};

constexpr Example kExamples[] = {
    {"entente merge zelenskyy NK-2ab --reason 'same date of birth' --by 'A. Reporter'",
     "NK-2ab is Zelenskyy too: its relationships become his"},
    {"entente merge '#17' '#203' --dry-run", "what that would do"},
};

}  // namespace

extern const CommandEntry kMerge;
constinit const CommandEntry kMerge{
    .name = "merge",
    .topic = Topic::write,
    .line = "make one actor of two records",
    .words = "ACTOR ACTOR",
    .least = 2,
    .most = 2,
    .description =
        "The second actor's record goes into the first: its relationships become those of the first, its "
        "names become aliases, its types are added, and so is what the first has no value for. Both keys "
        "find the actor from then on, also in imports. What supported the second supports the first too. "
        "A relationship between the two leads from the actor to itself then; such ones are told.\n"
        "\n"
        "A merge is a change set with its reason and who decided. `entente split` parts the two again even "
        "after later changes, `entente undo` takes the whole change back, and `entente history` tells of "
        "both.",
    .examples = kExamples,
    .make = make_command<MergeActors>,
};

}  // namespace entente::cli
