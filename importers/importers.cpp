// SPDX-License-Identifier: MIT
#include "importers/importers.hpp"

#include <algorithm>
#include <initializer_list>
#include <filesystem>
#include <set>
#include <system_error>
#include <thread>

#include <xxhash.h>

#include "importers/events.hpp"
#include "importers/formats.hpp"
#include "importers/loader_sink.hpp"
#include "importers/mapped_table.hpp"
#include "importers/missing_ends.hpp"
#include "importers/reading.hpp"
#include "importers/rejects.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kHead = std::size_t{64} << 10U;

// formats that have a place for sources, so that evidence of one that nobody described is an error
constexpr std::string_view kDescribing[] = {"csv", "json", "jsonl", "xlsx"};

bool ends_in(std::string_view name, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); });
}

/// A text about data or a picture of it, which stands beside it in an archive.
bool is_about_data(const std::string& name) {
    const std::string plain = plain_name(name.substr(name.rfind('/') + 1));
    for (const std::string_view start : {"readme", "licen", "copying"}) {
        if (plain.starts_with(start)) return true;
    }
    return ends_in(plain, {".md", ".pdf", ".html", ".svg", ".png", ".gif", ".jpg", ".jpeg"});
}

/// What lies beside data in a directory as a matter of course: texts about it, drawings of it, hidden files.
bool goes_with_data(const std::string& name) {
    if (name.starts_with('.') || is_about_data(name)) return true;
    return ends_in(plain_name(name), {".txt", ".test", ".dot", ".gv"});
}

/// Directories become the data files in them, by name. With a mapping, which says what it reads, also those in
/// directories in them. `others` are what is left out there, with the reason.
std::vector<std::string> expanded(const std::vector<std::string>& names, const Mapping* mapping, const std::string& database,
                                  std::vector<std::string>& others) {
    namespace fs = std::filesystem;
    std::vector<std::string> out;
    const auto walk = [&](auto it, std::vector<std::string>& inside, std::error_code& error) {
        for (const decltype(it) end; !error && it != end; it.increment(error)) {
            std::error_code ignored;
            const std::string path = it->path().string(), name = it->path().filename().string();
            if (it->is_directory(ignored)) {
                if (mapping == nullptr) others.push_back(path + "/: not read: a directory in a directory is to be named itself");
            } else if (fs::equivalent(path, database, ignored) || fs::equivalent(path, database + "-lock", ignored)) {
                continue;
            } else if (!it->is_regular_file(ignored) || !is_data_name(name)) {
                if (!goes_with_data(name)) others.push_back(path + ": not read: its name is not that of a data file; named itself it is read");
            } else if (mapping == nullptr || takes_file(*mapping, path)) {
                inside.push_back(path);
            } else {
                others.push_back(path + ": not read: no table of the mapping is for it");
            }
        }
    };
    for (const std::string& name : names) {
        std::error_code error;
        if (name == "-" || !fs::is_directory(name, error)) {
            out.push_back(name);
            continue;
        }
        std::vector<std::string> inside;
        if (mapping == nullptr) walk(fs::directory_iterator(name, error), inside, error);
        else walk(fs::recursive_directory_iterator(name, error), inside, error);
        if (error) throw Error(ErrorKind::io, name + ": cannot be read: " + error.message());
        if (inside.empty()) {
            throw Error(ErrorKind::import, Place{name, 0, 0},
                        mapping != nullptr ? "no file in this directory that the mapping " + mapping->name + " is for"
                                           : std::string("no data file in this directory, expected .csv, .json, .graphml and the like, plain or compressed"),
                        "name the file itself");
        }
        std::sort(inside.begin(), inside.end());
        out.insert(out.end(), inside.begin(), inside.end());
    }
    std::sort(others.begin(), others.end());
    if (out.empty()) throw Error(ErrorKind::usage, "no file to import");
    return out;
}

/// The saved mapping that was asked for, by `--map` or as a format; none: nullopt.
std::optional<Mapping> asked_mapping(const ImportOptions& o) {
    std::vector<std::string> names;
    for (const std::string& m : o.map) {
        if (names_mapping(m)) names.push_back(m);
    }
    if (names.size() > 1) throw Error(ErrorKind::usage, "--map " + names[1] + ": a second saved mapping, expected one");
    if (!names.empty() && o.map.size() > 1) {
        throw Error(ErrorKind::usage, "--map " + names[0] + ": a saved mapping says all that --map can say, expected nothing beside it");
    }
    if (!names.empty() && !o.kind.empty()) throw Error(ErrorKind::usage, "--kind beside a saved mapping, which says what the rows are");
    for (const ShippedMapping& shipped : shipped_mappings()) {
        if (o.format == shipped.name && names.empty()) names.emplace_back(shipped.name);
    }
    if (names.empty()) return std::nullopt;
    if (!o.format.empty() && o.format != names[0] && o.format != "csv" && o.format != "xlsx") {
        throw Error(ErrorKind::usage, "--format " + o.format + " beside a saved mapping, which is for tables", "leave --format out");
    }
    return load_mapping(names[0]);
}

/// What else than its bytes decides what a file brings; empty when nothing was said.
std::string reading_mark(const ImportOptions& o, const Mapping* mapping) {
    std::string said;
    const auto add = [&said](char tag, const std::string& text) {
        if (!text.empty()) said.append(1, tag).append(std::to_string(text.size())).append(":").append(text);
    };
    add('f', o.format);
    add('k', o.kind);
    for (const std::string& m : o.map) add('m', m);
    if (mapping != nullptr) add('h', mapping->hash);
    add('d', o.date_format);
    add('n', o.decimal);
    if (o.source) add('s', *o.source);
    if (o.load.join_names) add('j', "names");
    if (o.load.make_actors) add('a', "make");
    if (o.each_event) add('e', "each");
    if (said.empty()) return {};
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out = "-";
    std::uint64_t hash = XXH3_64bits(said.data(), said.size());
    for (int i = 0; i < 16; ++i, hash >>= 4U) out += kHex[hash & 15U];
    return out;
}

class Import {
public:
    Import(Database& database, const std::vector<std::string>& names, const ImportOptions& options)
        : options_(options),
          database_(database),
          mapping_(asked_mapping(options)),
          files_(expanded(names, mapping_ ? &*mapping_ : nullptr, database.path(), others_)),
          loader_(database, load_options(options, names)),
          sink_(loader_) {
        base_.sink = &sink_;
        if (mapping_) base_.mapping = &*mapping_;
        else base_.layout = parse_layout_options(options.kind, options.map);
        base_.declared = &declared_;
        base_.rules = make_rules(options.decimal, options.date_format);
        base_.skip_errors = options.load.skip_errors;
        base_.threads = options.load.threads > 0
                            ? options.load.threads
                            : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        base_.sequence = &sequence_;
        base_.renamed = &renamed_;
        base_.carried = &carried_;
        base_.events = &events_;
        base_.each_event = options.each_event;
    }

    storage::Account run() {
        check_options();
        std::set<std::uint64_t> sizes;
        for (const ChangeSet& set : database_.read().change_sets()) {
            for (const ReadFile& f : set.files) sizes.insert(f.bytes);
        }
        for (const std::string& name : files_) total_ += size_of(name);
        if (options_.source) sink_.set_source(default_source());
        for (const std::string& left_out : others_) sink_.note(left_out);
        const std::string mark = reading_mark(options_, base_.mapping);
        bool read_any = false;
        for (const std::string& name : files_) {
            const std::uint32_t file = loader_.add_file(name);
            // a new edition is read even if it is the old one: what it has must not be taken for gone
            if (sizes.contains(size_of(name)) && !options_.load.dry_run && !options_.load.replace) {
                const FileHash hash = hash_file(name);
                if (loader_.known(hash.hash + mark)) {
                    loader_.skip_known(file, hash.hash + mark);
                    done_ += hash.bytes;
                    continue;
                }
            }
            read(name, file, mark);
            read_any = true;
        }
        if (carried_.unused()) {
            throw Error(ErrorKind::import, carried_.place, "a header alone, and no file after it that has as many columns",
                        "name the files it is for after it");
        }
        if (events_.any()) events_.finish();
        if (read_any) check_renames();
        if (read_any && options_.each_event && !events_.any()) {
            throw Error(ErrorKind::usage, "--each-event: none of the files holds event data", "it is for GDELT, ICEWS and POLECAT");
        }
        storage::Account account = finish();
        account.notes.insert(account.notes.end(), sink_.notes().begin(), sink_.notes().end());
        if (!options_.rejects.empty() && read_any) write_rejects(options_.rejects, account);
        if (!options_.rejects.empty() && !read_any) account.notes.push_back(options_.rejects + ": not written, as no file was read again");
        return account;
    }

private:
    storage::Account finish() {
        const FindEnds find = [this](std::uint32_t file, std::vector<EndCell>& ends) { find_ends(file, ends); };
        sink_.stage_named(database_.read());
        try {
            storage::Account account = loader_.finish();
            place_at_ends(account, find);
            sink_.place(account);
            return account;
        } catch (const Error& error) {
            const auto named = std::find(files_.begin(), files_.end(), error.place().file);
            if (named == files_.end()) throw sink_.placed(error);
            throw sink_.placed(placed_at_end(error, static_cast<std::uint32_t>(named - files_.begin()), find));
        }
    }

    /// Reads a table once more; not standard input, members of archives, sheets and what a saved mapping is for.
    void find_ends(std::uint32_t file, std::vector<EndCell>& ends) {
        const std::string& name = files_[file];
        if (name == "-" || mapping_) return;
        const auto input = Input::open(name);
        if (!input->next() || input->text_name() != name) return;
        std::string head(kHead, '\0');
        head.resize(input->read(head.data(), head.size()));
        const Format* forced = format_named(options_.format);
        const Format& format = forced != nullptr ? *forced : format_of(name, head);
        if (format.name != "csv") return;
        Reading reading = base_;
        reading.file = file;
        reading.name = name;
        find_end_cells(*input, head, reading, ends);
    }

    static storage::LoadOptions load_options(const ImportOptions& options, const std::vector<std::string>& names) {
        storage::LoadOptions out = options.load;
        if (out.what.empty()) {
            out.what = "import";
            for (const std::string& name : names) out.what.append(" ").append(name);
        }
        if (!out.progress && options.progress) {
            out.progress = [progress = options.progress](double share) {
                progress("storing", static_cast<std::uint64_t>(share * 1000), 1000);
            };
        }
        return out;
    }

    void check_options() const {
        for (const auto& [name, value] : {std::pair("title", &options_.source_title), {"publisher", &options_.source_publisher},
                                          {"url", &options_.source_url}, {"archive-url", &options_.source_archive_url},
                                          {"date", &options_.source_date}, {"licence", &options_.source_licence},
                                          {"hash", &options_.source_hash}}) {
            if (options_.source || value->empty()) continue;
            throw Error(ErrorKind::usage, std::string("--source-") + name + " describes a source, and --source KEY does not say which",
                        "add --source KEY: a short name of your own for it");
        }
        if (options_.format.empty() || format_named(options_.format) != nullptr) return;
        std::string names;
        for (const Format* f : format_table()) names.append(names.empty() ? "" : ", ").append(f->name);
        throw Error(ErrorKind::usage, "--format " + options_.format + ": expected one of " + names);
    }

    [[nodiscard]] Source default_source() const {
        Source s;
        s.key = *options_.source;
        if (s.key.empty()) throw Error(ErrorKind::usage, "--source: expected the key of a source");
        s.title = options_.source_title;
        s.publisher = options_.source_publisher;
        s.url = options_.source_url;
        s.archive_url = options_.source_archive_url;
        const auto date = told_moment(options_.source_date, base_.rules);
        if (!date) {
            const Refusal refusal = refusal_of(CellKind::moment, options_.source_date, base_.rules);
            throw Error(ErrorKind::usage, "--source-date: " + refusal.why, refusal.advice);
        }
        s.date = *date;
        s.licence = options_.source_licence;
        s.hash = options_.source_hash;
        return s;
    }

    static std::uint64_t size_of(const std::string& name) {
        std::error_code error;
        const auto size = std::filesystem::file_size(name, error);
        return error ? 0 : static_cast<std::uint64_t>(size);
    }

    void read(const std::string& name, std::uint32_t file, const std::string& mark) {
        const auto input = Input::open(name);
        Reading reading = base_;
        reading.file = file;
        reading.progress = [&] {
            if (options_.progress) options_.progress("reading", done_ + input->raw_bytes(), total_);
        };
        bool any = false;
        while (input->next()) {
            reading.name = input->text_name();
            const bool member = !input->member().empty();
            reading.path = member ? name + "/" + input->member() : name;
            if (member && is_about_data(input->member())) {
                sink_.note(reading.name + ": not read: a text about the data, or a picture");
                continue;
            }
            if (member && mapping_ && !takes_file(*mapping_, reading.path)) {
                sink_.note(reading.name + ": not read: no table of the mapping is for it");
                continue;
            }
            any = true;
            sink_.text(member ? reading.name : std::string());
            std::string head(kHead, '\0');
            head.resize(input->read(head.data(), head.size()));
            if (mapping_) {
                read_table(*input, head, reading);
                continue;
            }
            const Format* forced = format_named(options_.format);
            const Format& format = forced != nullptr                     ? *forced
                                   : continues_header(carried_, head) ? *format_named("neo4j")
                                                                      : format_of(reading.path, head);
            const bool describes = std::find(std::begin(kDescribing), std::end(kDescribing), format.name) != std::end(kDescribing);
            sink_.may_name_sources(!describes);
            format.read(*input, head, reading);
        }
        if (!any) throw Error(ErrorKind::import, Place{name, 0, 0}, "nothing in this archive is data that is read");
        sink_.text({});
        const std::string hash = input->finish_hash();
        loader_.set_hash(file, hash + mark, input->raw_bytes());
        done_ += input->raw_bytes();
    }

    void check_renames() const {
        for (const auto& rename : base_.layout.renames) {
            if (renamed_.contains(rename.asked)) continue;
            throw Error(ErrorKind::usage, "--map " + rename.asked + ": no file has a column of that name");
        }
    }

    const ImportOptions& options_;
    Database& database_;
    std::optional<Mapping> mapping_;
    std::vector<std::string> others_;  ///< what directories hold besides, and why it is not read
    std::vector<std::string> files_;
    storage::Loader loader_;
    LoaderSink sink_;
    Reading base_;
    std::uint64_t sequence_ = 0;
    std::set<std::string> renamed_;
    std::set<std::string> declared_;
    CarriedHeader carried_;
    Events events_{base_};
    std::uint64_t done_ = 0, total_ = 0;
};

}  // namespace

storage::Account import_files(Database& database, const std::vector<std::string>& files,
                              const ImportOptions& options) {
    return Import(database, files, options).run();
}

const std::vector<SavedMapping>& saved_mappings() {
    static const auto kMappings = [] {
        std::vector<SavedMapping> out;
        for (const ShippedMapping& m : shipped_mappings()) {
            out.push_back({std::string(m.name), shipped_mapping(m.name).title, std::string(m.text)});
        }
        return out;
    }();
    return kMappings;
}

const std::vector<std::pair<std::string, std::string>>& formats() {
    static const auto kFormats = [] {
        std::vector<std::pair<std::string, std::string>> out;
        for (const Format* f : format_table()) out.emplace_back(f->name, f->line);
        std::sort(out.begin(), out.end());
        return out;
    }();
    return kFormats;
}

}  // namespace entente::importers
