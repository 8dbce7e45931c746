// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/change_sets.hpp"
#include "cli/commands.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

class Undo : public Command {
public:
    void setup(Options& options) override { write_.setup(options); }

    int run(Context& context) override {
        Database database = open_to_write(context, write_, false);
        ChangeSet undone;
        {
            const storage::Reader reader = database.read();
            undone = context.words.empty() ? last(reader)
                                           : find_change_set(reader, context.words[0]);
        }
        if (undone.undone_by) {
            throw Error(ErrorKind::usage,
                        fmt::format("change set {} is undone already, by {}", undone.id.value,
                                    undone.undone_by.value),
                        fmt::format("`entente undo {}` brings it back", undone.undone_by.value));
        }
        storage::Writer writer =
            database.write(fmt::format("undo {}: {}", undone.id.value, undone.what));
        writer.undo(undone.id);
        const ChangeSetId by = writer.change_set();
        writer.commit();
        context.out << fmt::format("undone: change set {}, {}\n", undone.id.value,
                                   escape_controls(undone.what));
        const auto tell = [&](const Counts& counts, const char* what) {
            const std::string text = counts_text(counts);
            if (!text.empty()) context.out << "  " << what << ": " << text << "\n";
        };
        const storage::Reader reader = database.read();
        if (const auto set = reader.change_set(by)) {
            tell(set->added, "back again");
            tell(set->changed, "as before");
            tell(set->removed, "taken away");
        }
        return answered;
    }

private:
    /// The latest that still stands and is itself no undoing.
    static ChangeSet last(const storage::Reader& reader) {
        const auto sets = reader.change_sets();
        const ChangeSet* found = nullptr;
        for (const ChangeSet& set : sets) {
            if (set.undone_by || set.undoes) continue;
            if (found == nullptr || set.id > found->id) found = &set;
        }
        if (found == nullptr) {
            throw Error(ErrorKind::usage, "there is nothing to undo", "`entente log` shows why");
        }
        return *found;
    }

    WriteOptions write_;
};

constexpr Example kExamples[] = {
    {"entente undo", "take the latest change back"},
    {"entente undo 3", "take change set 3 back"},
};

}  // namespace

extern const CommandEntry kUndo;
constinit const CommandEntry kUndo{
    .name = "undo",
    .topic = Topic::write,
    .line = "take a change back",
    .words = "[CHANGE]",
    .least = 0,
    .most = 1,
    .description =
        "Takes back what one change set did, the latest that still stands unless a number says "
        "which (`entente log` lists them): what it added goes, what it changed or removed is again "
        "as it was. When later changes rest on it, they are named and nothing is done. An undoing "
        "is a change set itself and can be undone.",
    .examples = kExamples,
    .make = make_command<Undo>,
};

}  // namespace entente::cli
