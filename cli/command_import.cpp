// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/output_path.hpp"
#include "cli/progress.hpp"
#include "cli/rejected.hpp"
#include "cli/text.hpp"
#include "core/error.hpp"
#include "core/model/sentence.hpp"
#include "importers/importers.hpp"

namespace entente::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// A rate says no more than its first two digits.
double two_digits(double number) {
    if (number < 1) return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(number)) - 1);
    return unit < 1 ? std::round(number) : std::round(number / unit) * unit;
}

class Import : public Command {
public:
    void setup(Options& options) override {
        std::vector<std::string> formats;
        for (const auto& [name, line] : importers::formats()) formats.push_back(name);
        options.choice("format", import_.format, formats,
                       "the form of the files, when it cannot be told from them");
        options.choice("kind", import_.kind, {"actors", "relationships", "sources"},
                       "what the rows are, when the header can be read in two ways");
        options.texts("map", import_.map, "COLUMN=>NAME|FILE",
                      "read a column as another: 'Value, EUR=>amount'; or the same for all rows that say "
                      "nothing: type:=CONTRACT; or read tables as a saved mapping says: mapping.json");
        options.text("date-format", import_.date_format, "FORMAT",
                     "how dates are written when not as 2025-07-28: %d/%m/%Y");
        options.choice("decimal", import_.decimal, {".", ","}, "the decimal sign of numbers");
        options.flag("each-event", import_.each_event,
                     "event data (GDELT, ICEWS, POLECAT): a relationship for each event, not one for each day");
        options.flag("replace", import_.load.replace,
                     "supersede the earlier import of the same source: rows that are gone go");
        options.flag("join-names", import_.load.join_names,
                     "let ends also join the one actor that is called so, and list them");
        options.flag("make-actors", import_.load.make_actors,
                     "make an actor of each end that nobody has");
        options.choice("on-error", on_error_, {"stop", "skip"},
                       "at a row that cannot be read: stop and write nothing, or leave it out");
        options.text("rejects", import_.rejects, "FILE",
                     "write the rows that are left out into this file, each with its reason");
        options.flag("dry-run", import_.load.dry_run, "do everything but write");
        options.whole("threads", threads_, "N", "how many processor cores to use (all)", 1, 1024);
        options.choice("output", output_.format_word, {"table", "json", "jsonl", "csv"},
                       "how to write the account");
        write_.setup(options);
        options.group("Source");
        options.text("source", import_.source, "KEY",
                     "the source of everything that names no other");
        options.text("source-title", import_.source_title, "TEXT", "its title");
        options.text("source-publisher", import_.source_publisher, "TEXT", "who published it");
        options.text("source-url", import_.source_url, "URL", "where it can be read");
        options.text("source-archive-url", import_.source_archive_url, "URL", "where a copy is kept");
        options.text("source-date", import_.source_date, "DATE", "when it was published");
        options.text("source-licence", import_.source_licence, "TEXT", "under which licence");
        options.text("source-hash", import_.source_hash, "HEX",
                     "hash of the document, by which copies are known; else that of the file, when it is one");
        options.group("");
    }

    int run(Context& context) override {
        import_.load.skip_errors = on_error_ == "skip";
        if (!import_.rejects.empty() && !import_.load.skip_errors) {
            throw Error(ErrorKind::usage, "--rejects needs --on-error skip",
                        "without it, the first row that cannot be read stops the import");
        }
        for (const std::string& file : context.words) {
            std::error_code problem;
            if (file != "-" && !std::filesystem::exists(file, problem)) {
                throw Error(ErrorKind::usage, fmt::format("there is no file {}", file),
                            "nothing was written; see whether its name is spelled right");
            }
        }
        std::vector<std::string> guarded = database_files(context.database);
        guarded.insert(guarded.end(), context.words.begin(), context.words.end());
        guarded.insert(guarded.end(), import_.map.begin(), import_.map.end());
        refuse_overwriting(import_.rejects, guarded);
        check_room_for_rejects();
        if (threads_) import_.load.threads = static_cast<int>(*threads_);
        import_.load.what = context.text;
        const auto begin = Clock::now();
        Database database = open_to_write(context, write_, true);
        storage::Account account;
        {
            Progress progress(context);
            import_.progress = [&](std::string_view phase, std::uint64_t done,
                                   std::uint64_t total) { progress.update(phase, done, total); };
            import_.load.progress = [&](double share) { progress.update("writing", share); };
            account = importers::import_files(database, context.words, import_);
        }
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        if (!import_.load.dry_run && account.change_set) tell_created(context, database);
        const Outcome outcome = outcome_of(context, account);
        if (outcome.read == 0 && !outcome.there) {
            throw Error(ErrorKind::import,
                        account.files.size() == 1 ? account.files[0].name + ": no rows" : std::string("the files hold no rows"),
                        "no database was made; see whether it is the right file");
        }
        Table table = table_of(account);
        table.notes = notes_of(account, outcome, seconds);
        if (!output_.rows) output_.rows = 0;
        write_table(context, table, output_);
        if (outcome.none_taken()) {
            throw Error(ErrorKind::import,
                        outcome.read == 1 ? std::string("the only row was rejected") : fmt::format("all {} rows were rejected", outcome.read),
                        fmt::format("{}; the account says why", outcome.there ? "nothing was written" : "no database was made"));
        }
        return answered;
    }

private:
    /// Sooner than after all is stored.
    void check_room_for_rejects() const {
        if (import_.rejects.empty()) return;
        const std::filesystem::path path(import_.rejects);
        const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
        std::error_code error;
        if (std::filesystem::is_directory(path, error)) {
            throw Error(ErrorKind::usage, fmt::format("--rejects {} is a directory", import_.rejects), "name a file to write");
        }
        if (!std::filesystem::is_directory(parent, error)) {
            throw Error(ErrorKind::usage, fmt::format("--rejects {}: there is no directory {}", import_.rejects, parent.string()), "make it first");
        }
    }

    /// An import of which no row could be taken, or that brought none to a database that is not there, has failed.
    struct Outcome {
        std::uint64_t read = 0, rejected = 0;
        bool there = false;  ///< the database
        [[nodiscard]] bool none_taken() const { return read != 0 && rejected == read; }
    };
    static Outcome outcome_of(const Context& context, const storage::Account& account) {
        Outcome out;
        for (const storage::FileAccount& file : account.files) {
            const storage::Tally all = file.total();
            out.read += all.read;
            out.rejected += all.rejected;
        }
        std::error_code error;
        out.there = std::filesystem::exists(context.database, error);
        return out;
    }

    static Table table_of(const storage::Account& account) {
        Table table;
        table.columns = {{"file"}, {"what"}, {"read", true}, {"stored", true}, {"joined", true},
                         {"changed", true}, {"rejected", true}};
        const auto add = [&](const std::string& file, const char* what,
                             const storage::Tally& tally) {
            if (tally.read == 0) return;
            const auto cell = [](std::uint64_t n) { return Value(static_cast<std::int64_t>(n)); };
            table.rows.push_back({file, what, cell(tally.read), cell(tally.stored),
                                  cell(tally.joined), cell(tally.changed), cell(tally.rejected)});
        };
        for (const storage::FileAccount& file : account.files) {
            add(file.name, "actors", file.actors);
            add(file.name, "relationships", file.relationships);
            add(file.name, "sources", file.sources);
            add(file.name, "types", file.types);
            add(file.name, "evidence", file.evidence);
        }
        return table;
    }

    static std::string new_here(const storage::NewNames& names) {
        std::string out;
        const auto add = [&](std::string_view what, const std::vector<std::string>& all) {
            constexpr std::size_t kMost = 12;
            if (all.empty()) return;
            out += out.empty() ? "new here: " : "; ";
            out += what;
            for (std::size_t i = 0; i < std::min(all.size(), kMost); ++i) out.append(i == 0 ? " " : ", ").append(clip(all[i], 60));
            if (all.size() > kMost) out += fmt::format(" and {} more", all.size() - kMost);
        };
        add("properties", names.properties);
        add("types of actors", names.actor_types);
        add("types of relationships", names.relationship_types);
        return out;
    }

    std::vector<std::string> notes_of(const storage::Account& account, const Outcome& outcome, double seconds) const {
        std::vector<std::string> notes;
        for (const storage::FileAccount& file : account.files) {
            const std::uint64_t rejected = file.total().rejected;
            if (file.made_actors != 0) {
                notes.push_back(fmt::format("{}: {} made of ends that had none", file.name,
                                            counted(file.made_actors, "actor")));
            }
            if (file.unchanged) {
                notes.push_back(fmt::format("{}: the same file as before, nothing to do{}", file.name,
                                            rejected == 0 ? std::string() : fmt::format("; {} of it rejected then", counted(rejected, "row"))));
            }
        }
        if (account.retired != 0) {
            notes.push_back(fmt::format("{} of the earlier import no longer there and taken away",
                                        counted(account.retired, "record")));
        }
        for (const std::string& joined : account.joined_names) notes.push_back("joined " + joined);
        for (std::string& line : left_out(account, !import_.rejects.empty())) notes.push_back(std::move(line));
        notes.insert(notes.end(), account.notes.begin(), account.notes.end());
        if (std::string line = new_here(account.new_names); !line.empty()) notes.push_back(std::move(line));
        if (import_.load.dry_run) {
            notes.push_back("a dry run: nothing was written");
        } else if (!account.change_set && !outcome.none_taken()) {
            notes.push_back("nothing was new: nothing was written");
        }
        const double rate = static_cast<double>(outcome.read) / std::max(seconds, 1e-6);
        notes.push_back(fmt::format("{} in {:.2f} s, {} a second", counted(outcome.read, "row"), seconds,
                                    tell_number(two_digits(rate))));
        return notes;
    }

    importers::ImportOptions import_;
    std::string on_error_ = "stop";
    std::optional<std::uint64_t> threads_;
    OutputOptions output_;
    WriteOptions write_;
};

constexpr Example kExamples[] = {
    {"entente import actors.csv relationships.csv sources.csv",
     "three files as one change: all of it, or nothing"},
    {"entente import graphs/azerbaijan-ukraine-2025", "every data file of a directory"},
    {"entente import contracts.csv.gz --source register --source-title 'Register of contracts' "
     "--map 'Value, EUR=>amount' --map type:=CONTRACT",
     "a foreign table: a column under another name, a type for all rows, and where it comes from"},
    {"entente import meetings.csv --date-format %d/%m/%Y --on-error skip --rejects bad.csv",
     "dates in another form; rows that cannot be read go into bad.csv"},
    {"entente import network.graphml soc-Epinions1.txt.gz", "a graph that another program wrote, and a list of edges"},
    {"entente import entities.ftm.json --make-actors",
     "sanctions and companies of OpenSanctions; whoever is named in them but not told of is made"},
    {"entente import persons-header.csv persons.csv knows.csv", "tables for Neo4j, the first header in a file of its own"},
    {"entente import 20250728*.export.CSV.zip", "a day of GDELT's events, as they come"},
    {"entente import --each-event 20250728*.export.CSV.zip 20250728*.mentions.CSV.zip",
     "each event by itself, with every article that mentions it"},
    {"entente import register.xlsx --map register.json", "the sheets of a workbook, each row as a saved mapping says"},
    {"entente import full-oldb.LATEST.zip --format icij", "the Offshore Leaks as they are published"},
    {"curl -s https://example.org/data.jsonl | entente import - --format jsonl",
     "from standard input"},
};

}  // namespace

extern const CommandEntry kImport;
constinit const CommandEntry kImport{
    .name = "import",
    .topic = Topic::write,
    .line = "read actors, relationships and sources from files",
    .words = "FILE|DIRECTORY|-...",
    .least = 1,
    .most = kAny,
    .description =
        "Reads CSV, JSON and JSON lines, and the formats of graphs: GraphML, GEXF, GML, Pajek, DOT, "
        "edge lists (SNAP, KONECT), JSON of nodes and links (NetworkX, D3), Cytoscape's JSON, tables "
        "for Neo4j; entities of FollowTheMoney, statements of OpenSanctions and of BODS (beneficial "
        "owners), event data (GDELT, ICEWS, POLECAT), spreadsheets (.xlsx), ICIJ's Offshore Leaks and the "
        "tables of LDBC; plain or compressed with gzip, zstd or zip. The form of a file is found by what "
        "stands in it, then by its name; --format says it. They go into the database, which is made "
        "if there is none. All files are one change: when anything is wrong, the place is named as "
        "file:line:column and nothing is written.\n"
        "\n"
        "The header of a CSV file says what it holds. Columns `from` and `to` (or `source` and "
        "`target`) make a row a relationship; `key`, `name` and `type` an actor; `key` and `title` "
        "a source; where that leaves two ways, a file called actors.csv, relationships.csv or sources.csv is what "
        "its name says. Every other column becomes a property. Ends of relationships are the keys of "
        "actors.\n"
        "\n"
        "In a graph, nodes are actors by their ids and edges relationships; attributes mean what columns "
        "of that name mean. An edge list makes its actors. A file with nothing but the header of a "
        "Neo4j table stands before the files that it is for. What a file has and the database does "
        "not take (ports, positions, colours ...) is counted and named.\n"
        "\n"
        "Entities of FollowTheMoney are actors, or relationships where their schema links two others (Ownership, "
        "Directorship, Family ...); a property that names an entity is a relationship such as HAS_OWNER. Lines of "
        "one id are parts of one entity. Data sets are sources.\n"
        "\n"
        "Event data says who did what to whom on a day. All events of a day, an actor, an action and a "
        "recipient become one relationship with their number, the sums of their counts and the means of "
        "their scores; with --each-event each is one by itself. Their types are named after the action "
        "(VISIT) under PLOVER's (CONSULT). Rows without a recipient are counted and left out; with --on-error skip they "
        "stand among the rejects.\n"
        "\n"
        "A table whose rows bring several actors and relationships, or in which nothing has our names, is read "
        "through a saved mapping: a JSON file that says what a row makes (`entente mappings` lists those at "
        "hand; importers/MAPPINGS.md explains them). Of a directory only the files are read then that the "
        "mapping is for, those in directories in it too.\n"
        "\n"
        "The account says what became of each row: stored as new, joined with what was there "
        "already, changed, or rejected, and names the properties and types that are new and that nobody "
        "knows. Importing the same file twice changes nothing. With "
        "--replace a newer edition takes the place of the earlier one, and what it no longer has "
        "goes. `entente undo` takes an import back.",
    .examples = kExamples,
    .make = make_command<Import>,
};

}  // namespace entente::cli
