// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/actors.hpp"
#include "cli/assignments.hpp"
#include "cli/commands.hpp"
#include "cli/records.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

class Cite : public Command {
public:
    void setup(Options& options) override {
        write_.setup(options);
        source_.setup(options);
    }

    int run(Context& context) override {
        Database database = open_to_write(context, write_, false);
        storage::Writer writer = database.write(context.text);
        std::string told;
        const auto source = source_.resolve(writer);
        if (!source) {
            throw Error(ErrorKind::usage, "to cite needs a source",
                        "add --source KEY; `entente sources` lists those that are known");
        }
        const Evidence added = source_.evidence(*source);
        for (const std::string& word : context.words) {
            if (is_relationship_handle(word) && !writer.reader().actor_by_key(word)) {
                const RelationshipId id = find_relationship(writer.reader(), word);
                cite(writer, id, added);
                SourceList sources(writer.reader());
                if (const auto stored = writer.reader().relationship(id)) {
                    told += fmt::format("{}  {}\n", word, tell(writer.reader(), *stored, sources));
                }
                for (const std::string& line : sources.lines()) told += "  " + line + "\n";
            } else {
                const ActorId id = find_actor(context, writer.reader(), word, Naming::exact);
                cite(writer, id, added);
                told += fmt::format("{} has {}\n", describe(writer.reader(), id),
                                    counted(writer.reader().evidence(id).size(), "source"));
            }
        }
        writer.commit();
        context.out << told;
        return answered;
    }

private:
    /// What supported it so far, its import's source included, is written out beside the new one:
    /// own evidence stands in the place of the import's.
    template <class Id>
    static void cite(storage::Writer& writer, Id id, const Evidence& added) {
        for (const Evidence& before : writer.reader().evidence(id)) writer.cite(id, before);
        writer.cite(id, added);
    }

    WriteOptions write_;
    SourceOptions source_;
};

std::string grade_table() {
    std::string out =
        "Admiralty grades are kept as they are given. For ranking they count as a number, that of the letter (how "
        "reliable the source is) times that of the number (how credible what it says is):\n\n";
    for (char letter = 'A'; letter <= 'F'; ++letter) {
        for (char digit = '1'; digit <= '6'; ++digit) {
            const std::string grade{letter, digit};
            out += fmt::format("  {} {:.2f}", grade, confidence_of_grade(grade).value_or(0));
        }
        out += "\n";
    }
    return out;
}

constexpr Example kExamples[] = {
    {"entente cite r17 --source article --locator 'page 3' --grade B2",
     "a second source for the relationship r17"},
    {"entente cite r17 r18 --source minutes --title 'Minutes of the board' --url "
     "https://example.org/minutes.pdf",
     "a source that was not there before, for two relationships"},
};

}  // namespace

extern const CommandEntry kCite;
constinit const CommandEntry kCite{
    .name = "cite",
    .topic = Topic::write,
    .line = "give a relationship or an actor a further source",
    .words = "r17|ACTOR...",
    .least = 1,
    .most = kAny,
    .description =
        "Says which source supports a fact, where in it (--locator), in which words (--excerpt) and "
        "how sure that makes it (--grade or --confidence). A fact may have many sources. The same "
        "source and place again replaces what was said before. A source that is not known yet is "
        "made when it is described with --title or --url.",
    .examples = kExamples,
    .make = make_command<Cite>,
    .appendix = grade_table,
};

}  // namespace entente::cli
