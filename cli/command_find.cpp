// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/known_at.hpp"
#include "cli/output.hpp"
#include "cli/records.hpp"
#include "cli/text.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t kMostForPrograms = 1000;

class Find : public Command {
public:
    void setup(Options& options) override { output_.setup(options);
        known_at_.setup(options); }

    int run(Context& context) override {
        const Database database = open_to_read(context);
        const storage::Reader reader = known_at_.read(database);
        const std::string wanted = fmt::format("{}", fmt::join(context.words, " "));
        const std::size_t most = std::min(output_.most_rows(), kMostForPrograms);
        Table table;
        table.columns = {{"id"}, {"key"}, {"name"}, {"type"}, {"matched"}, {"score", true},
                         {"reason"}};
        const auto add = [&](const Actor& actor, const std::string& matched, double score,
                             const std::string& reason) {
            table.rows.push_back({handle(actor.id), actor.key ? Value(*actor.key) : Value(),
                                  name_of(actor), types_text(actor), matched, score, reason});
        };
        std::optional<ActorId> by_key = reader.actor_by_key(wanted);
        if (!by_key && wanted.starts_with('#')) {
            const auto number = parse_whole(std::string_view(wanted).substr(1));
            if (number && *number <= UINT32_MAX) by_key = ActorId(static_cast<std::uint32_t>(*number));
        }
        if (by_key) {
            if (const auto actor = reader.actor(*by_key)) add(*actor, wanted, 1.0, "key");
        }
        for (const storage::NameMatch& match : reader.find(wanted, most)) {
            if (by_key && match.actor == *by_key) continue;
            if (const auto actor = reader.actor(match.actor)) {
                add(*actor, match.name, match.score, match.reason);
            }
        }
        if (table.rows.empty()) {
            if (output_.for_programs()) {
                write_table(context, table, output_);
            } else {
                context.out << "no actor is called anything like \"" << escape_controls(wanted)
                            << "\"\n";
            }
            return nothing_found;
        }
        write_table(context, table, output_);
        return answered;
    }

private:
    OutputOptions output_;
    KnownAtOption known_at_;
};

constexpr Example kExamples[] = {
    {"entente find Zelensky", "finds Volodymyr Zelenskyy, and whoever is spelled nearly so"},
    {"entente find Зеленський", "the same, whatever the script"},
    {"entente find SOCAR -n 5", "the five best matches"},
    {"entente find Naftogaz --format csv", "all matches, for a program"},
};

}  // namespace

extern const CommandEntry kFind;
constinit const CommandEntry kFind{
    .name = "find",
    .topic = Topic::ask,
    .line = "find actors by name, in any script and spelling",
    .words = "NAME...",
    .least = 1,
    .most = kAny,
    .description =
        "Lists the actors whose name or alias is like the one given, the best match first: the "
        "same name, the same in another script, a beginning of it, or with typing errors. The "
        "score goes from 0 to 1, and the reason says why an actor is in the list.\n"
        "\n"
        "The first column is the actor's handle, such as #17. It names the actor in every other "
        "command; in a shell write it in quotes: '#17'.",
    .examples = kExamples,
    .make = make_command<Find>,
};

}  // namespace entente::cli
