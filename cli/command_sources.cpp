// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "cli/change_sets.hpp"
#include "cli/commands.hpp"
#include "cli/known_at.hpp"
#include "cli/output.hpp"
#include "cli/selection_options.hpp"
#include "cli/text.hpp"

namespace entente::cli {
namespace {

class Sources : public Command {
public:
    void setup(Options& options) override {
        output_.setup(options);
        known_at_.setup(options);
    }

    int run(Context& context) override {
        const Database database = open_to_read(context);
        const storage::Reader reader = known_at_.read(database);
        std::optional<SourceId> only;
        if (!context.words.empty()) only = find_source(reader, context.words[0]);
        Table table;
        table.columns = {{"key"}, {"title"}, {"publisher"}, {"date"}, {"url"}, {"archiveUrl"},
                         {"licence"}, {"hash"}, {"relationships", true}, {"actors", true}};
        const std::vector<Counts> counts = reader.support_counts();
        for (const Source& source : reader.sources()) {
            if (only && source.id != *only) continue;
            table.rows.push_back(
                {source.key, source.title, source.publisher, source.date, source.url,
                 source.archive_url, source.licence, source.hash,
                 static_cast<std::int64_t>(counts[source.id.value].relationships),
                 static_cast<std::int64_t>(counts[source.id.value].actors)});
            if (only) details(reader, source, table.notes);
        }
        if (table.rows.empty() && !output_.for_programs()) {
            context.out << "there are no sources yet\n";
            return nothing_found;
        }
        write_table(context, only || output_.for_programs() ? table : shorter(table), output_);
        return table.rows.empty() ? nothing_found : answered;
    }

private:
    /// Which files brought what rests on it, and what else is known of it.
    static void details(const storage::Reader& reader, const Source& source, std::vector<std::string>& notes) {
        for (const auto& [name, value] : source.properties) notes.push_back(name + ": " + to_text(value));
        for (const ChangeSet& set : reader.change_sets()) {
            if (set.source != source.id || set.undone_by) continue;
            std::string note = fmt::format("change set {}, {}: {}", set.id.value, time_text(set.time), set.what);
            for (const ReadFile& file : set.files) {
                note += fmt::format("; file {}, {}", file.name, counted(file.bytes, "byte"));
                if (!file.hash.empty()) note += ", hash " + file.hash.substr(0, file.hash.find('-'));
            }
            notes.push_back(std::move(note));
        }
    }

    /// Columns that no source fills only take room from the others.
    static Table shorter(const Table& table) {
        Table out;
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            bool filled = false;
            for (const auto& row : table.rows) filled = filled || !to_text(row[i]).empty();
            if (!filled) continue;
            kept.push_back(i);
            out.columns.push_back(table.columns[i]);
        }
        for (const auto& row : table.rows) {
            auto& cells = out.rows.emplace_back();
            for (const std::size_t i : kept) cells.push_back(row[i]);
        }
        return out;
    }

    OutputOptions output_;
    KnownAtOption known_at_;
};

constexpr Example kExamples[] = {
    {"entente sources", "all sources, and how many relationships rest on each"},
    {"entente sources article", "one of them"},
};

}  // namespace

extern const CommandEntry kSources;
constinit const CommandEntry kSources{
    .name = "sources",
    .topic = Topic::file,
    .line = "list the sources, and how much rests on each",
    .words = "[KEY]",
    .least = 0,
    .most = 1,
    .description = "Lists the documents and data sets that the facts come from, with the number of "
                   "relationships that each supports. `--source KEY` in the commands that ask "
                   "answers from one source alone; `entente cite` adds one to a fact.",
    .examples = kExamples,
    .make = make_command<Sources>,
};

}  // namespace entente::cli
