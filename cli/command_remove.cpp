// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/actors.hpp"
#include "cli/commands.hpp"
#include "cli/records.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

class Remove : public Command {
public:
    void setup(Options& options) override {
        options.flag("with-relationships", with_relationships_,
                     "remove an actor together with its relationships");
        write_.setup(options);
    }

    int run(Context& context) override {
        Database database = open_to_write(context, write_, false);
        storage::Writer writer = database.write(context.text);
        std::string told;
        std::vector<std::string> actors;
        // relationships first, so that an actor may go with the last one that was named beside it
        for (const std::string& word : context.words) {
            if (!is_relationship_handle(word) || writer.reader().actor_by_key(word)) {
                actors.push_back(word);
                continue;
            }
            const RelationshipId id = find_relationship(writer.reader(), word);
            SourceList sources(writer.reader());
            if (const auto stored = writer.reader().relationship(id)) {
                told += fmt::format("removed {}  {}\n", word,
                                    tell(writer.reader(), *stored, sources));
            }
            writer.remove(id);
        }
        for (const ActorId id : find_actors(context, writer.reader(), actors, Naming::exact)) {
            const std::string name = describe(writer.reader(), id);
            std::uint64_t ties = writer.reader().degree(id, storage::Side::out);
            ties += writer.reader().degree(id, storage::Side::in);
            if (ties != 0 && !with_relationships_) {
                throw Error(ErrorKind::usage,
                            fmt::format("{} has {}", name, counted(ties, "relationship")),
                            "nothing was removed; --with-relationships removes them too");
            }
            const std::uint64_t with = writer.remove(id, with_relationships_);
            told += fmt::format("removed {}", name);
            if (with != 0) told += fmt::format(" and {}", counted(with, "relationship"));
            told += "\n";
        }
        const ChangeSetId change_set = writer.change_set();
        writer.commit();
        context.out << told
                    << fmt::format("`entente undo {}` brings it back\n", change_set.value);
        return answered;
    }

private:
    bool with_relationships_ = false;
    WriteOptions write_;
};

constexpr Example kExamples[] = {
    {"entente remove r17", "one relationship"},
    {"entente remove '#4' --with-relationships", "an actor and all its relationships"},
};

}  // namespace

extern const CommandEntry kRemove;
constinit const CommandEntry kRemove{
    .name = "remove",
    .topic = Topic::write,
    .line = "remove relationships or actors",
    .words = "r17|ACTOR...",
    .least = 1,
    .most = kAny,
    .description =
        "Removes what is named, all of it or, when anything is wrong, nothing. An actor that still "
        "has relationships is only removed together with them, when --with-relationships says so. "
        "What is removed stays in the file's history, and `entente undo` brings it back.",
    .examples = kExamples,
    .make = make_command<Remove>,
};

}  // namespace entente::cli
