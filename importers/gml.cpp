// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <utility>

#include "importers/formats.hpp"
#include "importers/graph_records.hpp"
#include "importers/text_stream.hpp"

namespace entente::importers {
namespace {

constexpr int kDeepest = 64;

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

void append_utf8(std::string& out, std::uint32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6U));
        out += static_cast<char>(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0U | (c >> 12U));
        out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
        out += static_cast<char>(0xF0U | (c >> 18U));
        out += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
        out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (c & 0x3FU));
    }
}

/// `&quot;`, `&amp;`, `&#1046;`, as GML writes what it has no letters for; others stay as they are.
std::string unescaped(const std::string& text) {
    if (text.find('&') == std::string::npos) return text;
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t end = text[i] == '&' ? text.find(';', i) : std::string::npos;
        if (end == std::string::npos || end - i > 10) {
            out += text[i];
            continue;
        }
        std::string_view name = std::string_view(text).substr(i + 1, end - i - 1);
        if (name == "quot") out += '"';
        else if (name == "amp") out += '&';
        else if (name == "lt") out += '<';
        else if (name == "gt") out += '>';
        else if (name == "apos") out += '\'';
        else {
            const bool hex = name.starts_with("#x");
            const std::string_view digits = name.substr(std::min<std::size_t>(name.size(), hex ? 2 : 1));
            std::uint32_t c = 0;
            const auto [p, error] = std::from_chars(digits.data(), digits.data() + digits.size(), c, hex ? 16 : 10);
            const bool good = name.starts_with('#') && !digits.empty() && error == std::errc{} && p == digits.data() + digits.size() &&
                              c != 0 && c < 0x110000 && (c < 0xD800 || c > 0xDFFF);
            if (!good) {
                out += '&';
                continue;
            }
            append_utf8(out, c);
        }
        i = end;
    }
    return out;
}

class Gml {
public:
    Gml(Input& input, std::string_view head, const Reading& reading)
        : reading_(reading), stream_(input, head, reading), records_(reading, true, GraphRecords::Ids::numbers) {}

    void read() {
        bool any = false;
        while (next_key()) {
            if (key_ != "graph") {
                pass_value(0);  // Creator, Version and the like
                continue;
            }
            if (any) records_.ignored.say("further graphs, read as one with the first");
            any = true;
            open("graph");
            graph();
        }
        if (!any) stream_.fail("the text ends without a graph, expected graph [ ... ]");
        records_.finish();
    }

private:
    /// A node or an edge does not say what it must.
    struct Lacking {
        const char* what;
    };

    void graph() {
        bool directed = false;
        while (!close()) {
            if (!next_key()) stream_.fail("the text ends inside the graph, expected ]");
            const Place place = place_;
            if (key_ == "node" || key_ == "edge") {
                const bool node = key_ == "node";
                open(node ? "node" : "edge");
                values_ = 0;
                raw_.clear();
                Map record = list(1).map();
                try {
                    if (node) take_node(std::move(record), place);
                    else take_edge(std::move(record), directed, place);
                } catch (const Lacking& lacking) {
                    const std::string what = std::string(node ? "a node" : "an edge") + " without " + lacking.what;
                    if (!reading_.skip_errors) throw Error(ErrorKind::import, place, what);
                    reading_.sink->reject({reading_.file, place.line, place.column, what, raw_}, node ? RowKind::actors : RowKind::relationships);
                }
            } else if (key_ == "directed") {
                directed = to_text(value(1)) != "0";
            } else if (key_ == "multigraph") {
                pass_value(1);  // as all networks here are
            } else {
                pass_value(1);
                records_.ignored.add("values of the graph itself");
            }
        }
    }

    void take_node(Map record, const Place& place) {
        const auto id = record.find("id");
        if (id == record.end()) throw Lacking{"id"};
        std::string text = to_text(id->second);
        record.erase(id);
        if (const auto label = record.find("label"); label != record.end()) label->second = Value(to_text(label->second));
        records_.node(std::move(record), std::move(text), place, raw_);
    }

    void take_edge(Map record, bool directed, const Place& place) {
        const auto end = [&](const char* name) {
            const auto found = record.find(name);
            if (found == record.end()) throw Lacking{name};
            std::string text = to_text(found->second);
            record.erase(found);
            return text;
        };
        const std::string from = end("source");
        const std::string to = end("target");
        records_.edge(std::move(record), from, to, directed, place, raw_);
    }

    char take() {
        const char c = stream_.take();
        if (reading_.skip_errors && c != '\0' && raw_.size() < kLongestRecord) raw_ += c == '\n' ? ' ' : c;
        return c;
    }

    char skip_blanks() {
        while (true) {
            const char c = stream_.peek();
            if (blank(c)) take();
            else if (c == '#') stream_.skip_line();
            else return c;
        }
    }

    bool next_key() {
        const char c = skip_blanks();
        if (c == '\0') return false;
        place_ = stream_.place();
        if (!letter(c)) stream_.fail("expected the name of a value");
        key_.clear();
        while (letter(stream_.peek()) || (stream_.peek() >= '0' && stream_.peek() <= '9')) {
            key_ += take();
            stream_.check_length(key_.size(), place_);
        }
        return true;
    }

    void open(const char* what) {
        if (skip_blanks() != '[') stream_.fail(std::string(what) + ": expected [");
        take();
    }
    bool close() {
        if (skip_blanks() != ']') return false;
        take();
        return true;
    }

    /// What stands between the brackets; a name that comes again makes a list of its values.
    Value list(int depth) {
        std::map<std::string, List> found;
        if (depth > kDeepest) stream_.fail("brackets inside brackets deeper than " + std::to_string(kDeepest) + " levels");
        while (!close()) {
            if (!next_key()) stream_.fail("the text ends inside brackets, expected ]");
            if (++values_ > kMostValues) stream_.fail("a node or an edge of more than 1,048,576 values");
            List& of_name = found[key_];
            of_name.push_back(value(depth));
        }
        Map out;
        for (auto& [name, values] : found) {
            out.emplace(name, values.size() == 1 ? std::move(values.front()) : Value(std::move(values)));
        }
        return Value(std::move(out));
    }

    Value value(int depth) {
        const char c = skip_blanks();
        if (c == '[') {
            take();
            return list(depth + 1);
        }
        const Place begin = stream_.place();
        std::string text;
        if (c == '"') {
            take();
            while (stream_.peek() != '"') {
                if (stream_.peek() == '\0') throw Error(ErrorKind::import, begin, "a quote opens here and is not closed by the end of the file", kMendText);
                text += take();
                stream_.check_length(text.size(), begin);
            }
            take();
            stream_.check_token(text, begin);
            return Value(unescaped(text));
        }
        while (stream_.peek() != '\0' && !blank(stream_.peek()) && stream_.peek() != ']' && stream_.peek() != '[') {
            text += take();
            stream_.check_length(text.size(), begin);
        }
        if (text.empty()) stream_.fail(key_ + ": expected a value");
        stream_.check_token(text, begin);
        return bare_value(text);
    }

    void pass_value(int depth) {
        values_ = 0;
        value(depth);
    }

    static constexpr std::size_t kMostValues = std::size_t{1} << 20U;

    const Reading& reading_;
    TextStream stream_;
    GraphRecords records_;
    std::string key_, raw_;
    Place place_;
    std::size_t values_ = 0;
};

void read(Input& input, std::string_view head, const Reading& reading) { Gml(input, head, reading).read(); }

// `graph [` after lines of Creator, Version and comments
Fit sniff(std::string_view head) {
    std::string_view text = past_comments(head, "#");
    for (int i = 0; i < 8; ++i) {
        std::size_t n = 0;
        while (n < text.size() && letter(text[n])) ++n;
        if (n == 0) return Fit::no;
        const bool graph = text.substr(0, n) == "graph";
        text.remove_prefix(n);
        text = past_comments(text, "#");
        if (graph) return text.starts_with('[') ? Fit::sure : Fit::no;
        if (text.starts_with('{')) return Fit::no;  // `strict digraph G {` of DOT
        const std::size_t end = text.starts_with('"') ? text.find('"', 1) : text.find_first_of(" \t\r\n");
        if (end == std::string_view::npos) return Fit::no;
        text = past_comments(text.substr(end + (text[end] == '"' ? 1 : 0)), "#");
    }
    return Fit::no;
}

constexpr std::string_view kSuffixes[] = {".gml"};

}  // namespace

extern const Format kGml;
constinit const Format kGml{
    .name = "gml",
    .line = "GML, as igraph, NetworkX and Newman's collection write it",
    .suffixes = kSuffixes,
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
