// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "cli/change_sets.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/text.hpp"
#include "core/model/kept_hash.hpp"

namespace entente::cli {
namespace {

class Log : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        output_.cut_last = "time";
    }

    int run(Context& context) override {
        const Database database = open_to_read(context);
        const storage::Reader reader = database.read();
        if (!context.words.empty()) {
            return show_one(context, reader, find_change_set(reader, context.words[0]));
        }
        auto sets = reader.change_sets();
        std::sort(sets.begin(), sets.end(),
                  [](const ChangeSet& a, const ChangeSet& b) { return a.id > b.id; });
        Table table;
        table.columns = {{"change", true}, {"time"}, {"added"}, {"changed"}, {"removed"},
                         {"note"}, {"what"}};
        for (const ChangeSet& set : sets) {
            table.rows.push_back({static_cast<std::int64_t>(set.id.value), time_text(set.time),
                                  counts_text(set.added), counts_text(set.changed),
                                  counts_text(set.removed), note_of(set), set.what});
        }
        if (table.rows.empty() && !output_.for_programs()) {
            context.out << "nothing was written yet\n";
            return nothing_found;
        }
        write_table(context, table, output_);
        return answered;
    }

private:
    int show_one(Context& context, const storage::Reader& reader, const ChangeSet& set) {
        Table table;
        table.columns = {{"what"}, {"value"}};
        const auto add = [&](const char* what, const std::string& value) {
            if (!value.empty()) table.rows.push_back({what, value});
        };
        add("change", std::to_string(set.id.value));
        add("time", time_text(set.time));
        add("what", set.what);
        if (const auto source = reader.source(set.source)) add("source", source->key);
        add("added", counts_text(set.added));
        add("changed", counts_text(set.changed));
        add("removed", counts_text(set.removed));
        add("note", note_of(set));
        for (const ReadFile& file : set.files) {
            const KeptHash kept = kept_hash(file.hash);
            const std::string read = counts_text(file.read);
            add("file", fmt::format("{}, {} bytes{}{}, XXH3 {}", file.name, file.bytes, read.empty() ? "" : ", " + read,
                                    kept.rejected == 0 ? "" : fmt::format(", {} of them rejected", kept.rejected), kept.hash));
        }
        if (!output_.rows) output_.rows = 0;
        write_table(context, table, output_);
        return answered;
    }

    OutputOptions output_;
};

constexpr Example kExamples[] = {
    {"entente log", "every run that wrote, the latest first"},
    {"entente log 3", "all about the third: its files with their hashes, what it added"},
};

}  // namespace

extern const CommandEntry kLog;
constinit const CommandEntry kLog{
    .name = "log",
    .topic = Topic::file,
    .line = "list the runs that wrote to the database",
    .words = "[CHANGE]",
    .least = 0,
    .most = 1,
    .description = "Every import, addition, correction and removal is a numbered change set. This "
                   "lists them with their time (UTC), the command, and how much each added, changed "
                   "and removed. `entente undo CHANGE` takes one back.",
    .examples = kExamples,
    .make = make_command<Log>,
};

}  // namespace entente::cli
