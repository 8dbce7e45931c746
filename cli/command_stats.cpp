// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"
#include "cli/known_at.hpp"
#include "cli/output.hpp"

namespace entente::cli {
namespace {

class Stats : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        known_at_.setup(options);
        options.flag("tables", tables_, "also what each table of the file holds, and its size");
    }

    int run(Context& context) override {
        const Database database = open_to_read(context);
        const storage::Reader reader = known_at_.read(database);
        Table table;
        table.columns = {{"what"}, {"name"}, {"count", true}};
        const auto add = [&](const char* what, const std::string& name, std::uint64_t count) {
            table.rows.push_back({what, name, static_cast<std::int64_t>(count)});
        };
        const Counts counts = reader.counts();
        add("actors", "", counts.actors);
        for (std::uint32_t i = 1; i <= reader.actor_type_count(); ++i) {
            const ActorType type(i);
            if (reader.count(type) != 0) add("actor type", reader.name(type), reader.count(type));
        }
        add("relationships", "", counts.relationships);
        for (std::uint32_t i = 1; i <= reader.relationship_type_count(); ++i) {
            const RelationshipType type(i);
            if (reader.count(type) != 0) {
                add("relationship type", reader.name(type), reader.count(type));
            }
        }
        add("sources", "", reader.sources().size());
        add("change sets", "", reader.change_sets().size());
        if (tables_) {
            for (const auto& each : reader.table_sizes()) {
                add("entries of table", each.table, each.entries);
                add("bytes of table", each.table, each.bytes);
            }
        }
        add("bytes of file", "", reader.file_bytes());
        if (!output_.rows) output_.rows = 0;
        write_table(context, table, output_);
        return answered;
    }

private:
    OutputOptions output_;
    KnownAtOption known_at_;
    bool tables_ = false;
};

constexpr Example kExamples[] = {
    {"entente stats", "how much of what is in the database"},
    {"entente --db big.db stats --tables", "where the bytes of the file go"},
};

}  // namespace

extern const CommandEntry kStats;
constinit const CommandEntry kStats{
    .name = "stats",
    .topic = Topic::file,
    .line = "count what the database holds",
    .words = "",
    .least = 0,
    .most = 0,
    .description = "Says how many actors of each type, relationships of each type, sources and "
                   "change sets there are, and how large the file is.",
    .examples = kExamples,
    .make = make_command<Stats>,
};

}  // namespace entente::cli
