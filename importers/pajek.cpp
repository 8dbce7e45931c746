// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "importers/formats.hpp"
#include "importers/graph_records.hpp"
#include "importers/line_reader.hpp"
#include "importers/numbers.hpp"

namespace entente::importers {
namespace {

struct Word {
    std::string text;
    bool quoted = false;
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string small(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool number(const Word& word) { return !word.quoted && parse_real(word.text).has_value(); }

// how Pajek draws vertices and lines
constexpr std::string_view kDrawing[] = {"ic", "bc", "bw", "lc", "la", "lphi", "lp", "lr", "fos", "font", "x_fact", "y_fact",
                                         "phi", "r", "q", "size", "s_size", "w", "c", "p", "s", "a", "ap", "lt",
                                         "hook1", "hook2", "a1", "a2", "k1", "k2", "b", "k", "h1", "h2"};

class Pajek {
public:
    Pajek(Input& input, std::string_view head, const Reading& reading)
        : reading_(reading), lines_(input, head, reading), records_(reading, true, GraphRecords::Ids::numbers_first) {}

    void read() {
        std::string_view line;
        while (lines_.next(line)) {
            const std::size_t at = line.find_first_not_of(" \t");
            if (at == std::string_view::npos || line[at] == '%') continue;
            line_ = line.substr(at);
            try {
                if (line_[0] == '*') section();
                else row();
            } catch (const Error& e) {
                if (!reading_.skip_errors || e.kind() != ErrorKind::import) throw;
                std::string what = e.what();
                if (const std::string place = e.place().text() + ": "; what.starts_with(place)) what.erase(0, place.size());
                const bool vertices = section_ == Section::vertices || section_ == Section::partition || section_ == Section::vector;
                reading_.sink->reject({reading_.file, e.place().line, e.place().column, what, std::string(line_)},
                                      vertices ? RowKind::actors : RowKind::relationships);
            }
        }
        if (!any_) throw Error(ErrorKind::import, Place{reading_.name, 1, 1}, "no line begins with *, expected *Vertices and *Arcs or *Edges");
        const std::uint64_t silent = vertices_ > listed_.size() ? vertices_ - listed_.size() : 0;
        if (silent != 0) records_.ignored.say("vertices without a line of their own; they are actors if a line joins them");
        records_.finish();
    }

private:
    enum class Section : std::uint8_t { none, vertices, arcs, edges, arcs_list, edges_list, matrix, partition, vector, other };

    [[noreturn]] void fail(const std::string& what, std::size_t column = 1) const {
        throw Error(ErrorKind::import, lines_.place(column), what);
    }

    /// Words between blanks; quoted ones, in either quote, as a whole; `[1-5,7]` too.
    std::vector<Word> words(std::string_view line) const {
        std::vector<Word> out;
        std::size_t i = 0;
        while (i < line.size()) {
            const char c = line[i];
            if (c == ' ' || c == '\t') {
                ++i;
            } else if (c == '"' || c == '\'') {
                const std::size_t end = line.find(c, i + 1);
                if (end == std::string_view::npos) fail("a quote opens here and is not closed in its line", i + 1);
                out.push_back({std::string(line.substr(i + 1, end - i - 1)), true});
                i = end + 1;
            } else {
                std::size_t end = c == '[' ? line.find(']', i) : line.find_first_of(" \t", i);
                if (end == std::string_view::npos) end = line.size();
                else if (c == '[') ++end;
                out.push_back({std::string(line.substr(i, end - i)), false});
                i = end;
            }
        }
        return out;
    }

    void section() {
        any_ = true;
        const std::size_t end = line_.find_first_of(" \t:");
        const std::string name = small(line_.substr(1, end == std::string_view::npos ? end : end - 1));
        const std::string_view rest = end == std::string_view::npos ? std::string_view() : line_.substr(end);
        next_ = 0;
        if (name == "vertices") {
            if (section_ == Section::partition || section_ == Section::vector) return;  // their own count
            const auto told = words(rest);
            std::int64_t n = 0;
            if (told.empty() || !parse_integer(told[0].text, n) || n < 0) fail("*Vertices: expected their number");
            vertices_ = static_cast<std::uint64_t>(n);
            first_mode_ = 0;
            if (told.size() > 1 && parse_integer(told[1].text, n) && n >= 0) first_mode_ = static_cast<std::uint64_t>(n);
            section_ = Section::vertices;
            return;
        }
        relation_.clear();
        if (name == "arcs") section_ = Section::arcs;
        else if (name == "edges") section_ = Section::edges;
        else if (name == "arcslist") section_ = Section::arcs_list;
        else if (name == "edgeslist") section_ = Section::edges_list;
        else if (name == "matrix") section_ = Section::matrix;
        else if (name == "partition") section_ = Section::partition;
        else if (name == "vector") section_ = Section::vector;
        else if (name == "network") section_ = Section::none;
        else {
            section_ = Section::other;
            records_.ignored.add("sections *" + name.substr(0, 60));
        }
        const auto told = words(rest);
        for (const Word& w : told) {
            if (!w.text.empty() && !w.text.starts_with(':')) relation_ = w.text;
        }
        if (section_ == Section::partition || section_ == Section::vector) {
            const std::size_t at = rest.find_first_not_of(" \t");
            column_ = at == std::string_view::npos ? name : std::string(rest.substr(at));
        }
    }

    void row() {
        switch (section_) {
            case Section::vertices: return vertex();
            case Section::arcs: return tie(true);
            case Section::edges: return tie(false);
            case Section::arcs_list: return list(true);
            case Section::edges_list: return list(false);
            case Section::matrix: return matrix();
            case Section::partition:
            case Section::vector: return value();
            case Section::none: fail("expected a line that begins with *, such as *Vertices");
            case Section::other: return;
        }
    }

    std::uint64_t id(const std::string& text) const {
        std::int64_t n = 0;
        if (!parse_integer(text, n) || n < 1) fail("'" + text.substr(0, 40) + "' is no number of a vertex, expected 1 or more");
        if (vertices_ != 0 && static_cast<std::uint64_t>(n) > vertices_) {
            fail("there is no vertex " + text + ", *Vertices told of " + std::to_string(vertices_));
        }
        return static_cast<std::uint64_t>(n);
    }

    void vertex() {
        auto told = words(line_);
        const std::uint64_t n = id(told[0].text);
        Map record;
        Map more;
        if (told.size() > 1 && !told[1].text.empty()) record.emplace("label", Value(told[1].text));
        if (first_mode_ != 0) record.emplace("mode", Value(n <= first_mode_ ? 1 : 2));
        std::size_t i = 2;
        while (i < told.size() && i < 5 && number(told[i])) ++i;
        std::size_t drawn = i > 2 ? 1 : 0;
        parameters(told, i, true, record, more, drawn);
        if (drawn != 0) records_.ignored.add("positions, shapes and colours of drawing", drawn);
        if (!more.empty()) record.insert_or_assign("properties", Value(std::move(more)));
        listed_.insert(n);
        records_.node(std::move(record), std::to_string(n), lines_.place(), std::string(line_));
    }

    /// Does a word stand there that has no value after it? Times stand alone too.
    static bool is_shape(const std::vector<Word>& told, std::size_t i) {
        if (told[i].quoted || told[i].text.starts_with('[')) return false;
        const auto alone = std::count_if(told.begin() + static_cast<std::ptrdiff_t>(i), told.end(),
                                         [](const Word& word) { return !word.quoted && word.text.starts_with('['); });
        return (told.size() - i - static_cast<std::size_t>(alone)) % 2 == 1;
    }

    /// `name value` pairs; a name without one is a shape.
    void parameters(std::vector<Word>& told, std::size_t i, bool vertex, Map& record, Map& more, std::size_t& drawn) {
        if (vertex && i < told.size() && is_shape(told, i)) {
            ++i;  // ellipse, box, diamond
            ++drawn;
        }
        while (i < told.size()) {
            if (!told[i].quoted && told[i].text.starts_with('[')) {
                record.insert_or_assign("time", Value(told[i++].text));
                continue;
            }
            const std::string name = told[i].text;
            if (i + 1 == told.size()) {
                ++drawn;
                break;
            }
            Word& value = told[i + 1];
            i += 2;
            const bool drawing = std::find(std::begin(kDrawing), std::end(kDrawing), small(name)) != std::end(kDrawing);
            if (drawing) {
                ++drawn;
            } else if (name == "properties") {
                if (auto read = value_from_json(value.text); read && read->kind() == Value::Kind::map) {
                    for (const auto& [n, v] : read->map()) more.insert_or_assign(n, v);
                }
            } else if (!vertex && name == "l") {
                record.insert_or_assign("label", Value(value.text));
            } else {
                more.insert_or_assign(name, value.quoted ? Value(value.text) : bare_value(value.text));
            }
        }
    }

    void tie(bool directed) {
        auto told = words(line_);
        if (told.size() < 2) fail("expected the numbers of two vertices");
        Map record;
        Map more;
        std::size_t i = 2;
        if (i < told.size() && number(told[i])) record.emplace("weight", bare_value(told[i++].text));
        std::size_t drawn = 0;
        parameters(told, i, false, record, more, drawn);
        if (drawn != 0) records_.ignored.add("colours and shapes of drawing", drawn);
        if (!more.empty()) record.insert_or_assign("properties", Value(std::move(more)));
        emit(std::move(record), id(told[0].text), id(told[1].text), directed);
    }

    void emit(Map record, std::uint64_t from, std::uint64_t to, bool directed) {
        if (!relation_.empty()) record.try_emplace("type", Value(relation_));
        for (const std::uint64_t end : {from, to}) {
            // others have a line of their own, and then all need to be actors
            if (!listed_.empty() && listed_.insert(end).second) records_.node({}, std::to_string(end), lines_.place(), std::string(line_));
        }
        records_.edge(std::move(record), std::to_string(from), std::to_string(to), directed, lines_.place(), std::string(line_));
    }

    void list(bool directed) {
        const auto told = words(line_);
        for (std::size_t i = 1; i < told.size(); ++i) emit({}, id(told[0].text), id(told[i].text), directed);
    }

    void matrix() {
        const auto told = words(line_);
        const std::uint64_t from = ++next_;
        id(std::to_string(from));
        for (std::size_t i = 0; i < told.size(); ++i) {
            if (!number(told[i])) fail("'" + told[i].text.substr(0, 40) + "' is no number of a matrix");
            const Value weight = bare_value(told[i].text);
            if (weight.number().value_or(0) == 0) continue;
            emit({{"weight", weight}}, from, id(std::to_string(i + 1)), true);
        }
    }

    // one number a line, for the first vertex, the second, ...
    void value() {
        const auto told = words(line_);
        const std::uint64_t n = ++next_;
        id(std::to_string(n));
        if (told.size() != 1 || !number(told[0])) fail("expected one number, the value of vertex " + std::to_string(n));
        listed_.insert(n);
        records_.node({{"." + column_, bare_value(told[0].text)}}, std::to_string(n), lines_.place(), std::string(line_));
    }

    const Reading& reading_;
    LineReader lines_;
    GraphRecords records_;
    std::string_view line_;
    Section section_ = Section::none;
    bool any_ = false;
    std::uint64_t vertices_ = 0, first_mode_ = 0, next_ = 0;
    std::unordered_set<std::uint64_t> listed_;
    std::string relation_, column_;
};

void read(Input& input, std::string_view head, const Reading& reading) { Pajek(input, head, reading).read(); }

Fit sniff(std::string_view head) {
    const std::string_view text = past_comments(head, "%");
    const std::string start = small(text.substr(0, 10));
    for (const std::string_view word : {"*vertices", "*network", "*arcs", "*edges", "*partition", "*matrix"}) {
        if (start.starts_with(word)) return Fit::sure;
    }
    return Fit::no;
}

constexpr std::string_view kSuffixes[] = {".net", ".paj"};

}  // namespace

extern const Format kPajek;
constinit const Format kPajek{
    .name = "pajek",
    .line = "Pajek's networks, with partitions and vectors",
    .suffixes = kSuffixes,
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
