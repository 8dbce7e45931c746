// SPDX-License-Identifier: MIT
#pragma once

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "importers/formats.hpp"
#include "importers/reading.hpp"
#include "recording_sink.hpp"

namespace entente::importers {

/// A directory of its own that removes itself.
class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "entente-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
        path_ = name;
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
    std::string write(const std::string& name, const std::string& content) const {
        std::filesystem::remove(file(name));  // ext4 writes a file out that is cut to nothing and written again
        std::ofstream(file(name), std::ios::binary) << content;
        return file(name);
    }
    [[nodiscard]] std::string path() const { return path_.string(); }

private:
    std::filesystem::path path_;
};

struct Asked {
    std::string kind = {};
    std::vector<std::string> map = {};
    std::string decimal = {};
    std::string date_format = {};
    bool skip_errors = false;
    bool lines = false;
    bool with_lines = false;
    bool each_event = false;
    int threads = 1;
    std::string format = {};  ///< empty: what the caller reads it as; `?`: as it is found to be
};

inline Reading reading_of(const Asked& asked, Sink& sink, std::uint64_t& sequence) {
    Reading r;
    r.sink = &sink;
    r.name = "t";
    r.layout = parse_layout_options(asked.kind, asked.map);
    r.rules = make_rules(asked.decimal, asked.date_format);
    r.skip_errors = asked.skip_errors;
    r.lines = asked.lines;
    r.each_event = asked.each_event;
    r.threads = asked.threads;
    r.sequence = &sequence;
    return r;
}

/// Reads the file's only text into the sink.
inline void read_file(const std::string& file, bool json, const Asked& asked, RecordingSink& sink) {
    std::uint64_t sequence = 0;
    sink.with_lines = asked.with_lines;
    const Reading reading = reading_of(asked, sink, sequence);
    const auto input = Input::open(file);
    input->next();
    std::string head(512, '\0');
    head.resize(input->read(head.data(), head.size()));
    if (asked.format == "?") format_of("t", head).read(*input, head, reading);
    else if (!asked.format.empty()) format_named(asked.format)->read(*input, head, reading);
    else if (json) read_json(*input, head, reading);
    else read_csv(*input, head, reading);
}

/// What the text brings, one line a row, or `! error <- advice`; rejects after it.
inline std::string outcome(const std::string& text, bool json, const Asked& asked = {}) {
    const TemporaryDirectory here;
    RecordingSink sink;
    try {
        read_file(here.write("t", text), json, asked, sink);
    } catch (const Error& e) {
        return std::string("! ") + e.what() + (e.advice().empty() ? "" : " <- " + e.advice()) +
               (e.kind() == ErrorKind::import || e.kind() == ErrorKind::usage ? "" : " (of another kind)");
    }
    std::string out = sink.text();
    if (const storage::Tally& t = sink.counted; t.read != 0) {
        out += "counted " + std::to_string(t.read) + ": " + std::to_string(t.joined) + " joined, " + std::to_string(t.rejected) + " rejected\n";
    }
    for (const std::string& r : sink.rejects) out += "rejected " + r + "\n";
    for (const std::string& n : sink.notes) out += "note " + n + "\n";
    return out;
}
inline std::string csv(const std::string& text, const Asked& asked = {}) { return outcome(text, false, asked); }
inline std::string json(const std::string& text, const Asked& asked = {}) { return outcome(text, true, asked); }
inline std::string graph(const std::string& format, const std::string& text, Asked asked = {}) {
    asked.format = format;
    return outcome(text, false, asked);
}

}  // namespace entente::importers
