// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "importers/formats.hpp"
#include "importers/graph_records.hpp"
#include "importers/text_stream.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kDeepest = 64;

bool id_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool digit(char c) { return c >= '0' && c <= '9'; }

bool same_word(std::string_view text, std::string_view small) {
    return text.size() == small.size() && std::equal(text.begin(), text.end(), small.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
           });
}

struct Token {
    enum class Kind : std::uint8_t { end, mark, arrow, line, bare, quoted, html };
    Kind kind = Kind::end;
    char mark = '\0';
    std::string text;
    [[nodiscard]] bool is(char c) const { return kind == Kind::mark && mark == c; }
    [[nodiscard]] bool id() const { return kind == Kind::bare || kind == Kind::quoted || kind == Kind::html; }
    [[nodiscard]] bool word(std::string_view small) const { return kind == Kind::bare && same_word(text, small); }
};

class Lexer {
public:
    Lexer(Input& input, std::string_view head, const Reading& reading) : stream_(input, head, reading) { next(); }

    [[nodiscard]] const Token& now() const { return token_; }
    [[nodiscard]] const Place& place() const { return place_; }
    [[noreturn]] void fail(const std::string& what) const { throw Error(ErrorKind::import, place_, what, kMendText); }

    void next() {
        token_ = {};
        skip();
        place_ = stream_.place();
        const char c = stream_.peek();
        if (c == '\0') return;
        if (c == '"') return quoted();
        if (c == '<') return html();
        if (id_start(c) || digit(c) || c == '.') return bare();
        stream_.take();
        if (c == '-') {
            const char d = stream_.peek();
            if (d == '>' || d == '-') {
                stream_.take();
                token_.kind = d == '>' ? Token::Kind::arrow : Token::Kind::line;
                return;
            }
            if (digit(d) || d == '.') {
                bare();
                token_.text.insert(0, "-");
                return;
            }
            fail("a minus sign, expected ->, -- or a number");
        }
        if (std::string_view("{}[]=;,:+").find(c) == std::string_view::npos) fail("a character that may not stand here");
        token_.kind = Token::Kind::mark;
        token_.mark = c;
    }

private:
    void skip() {
        while (true) {
            const char c = stream_.peek();
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                stream_.take();
            } else if (c == '#') {
                stream_.skip_line();
            } else if (c == '/') {
                place_ = stream_.place();
                stream_.take();
                if (stream_.peek() == '/') stream_.skip_line();
                else if (stream_.peek() == '*') comment();
                else fail("a slash, expected a comment");
            } else {
                return;
            }
        }
    }

    void comment() {
        stream_.take();
        char before = '\0';
        while (stream_.peek() != '\0') {
            const char c = stream_.take();
            if (before == '*' && c == '/') return;
            before = c;
        }
        fail("a comment opens here and is not closed by the end of the file");
    }

    void grow(char c) {
        token_.text += c;
        stream_.check_length(token_.text.size(), place_);
    }

    void bare() {
        token_.kind = Token::Kind::bare;
        const bool number = !id_start(stream_.peek());
        while (true) {
            const char c = stream_.peek();
            if (!(digit(c) || (number ? c == '.' : id_start(c)))) break;
            grow(stream_.take());
        }
        stream_.check_token(token_.text, place_);
    }

    // `"a" + "b"` is one text; only `\"` is an escape, what else has a backslash is for labels to read
    void quoted() {
        token_.kind = Token::Kind::quoted;
        while (true) {
            stream_.take();
            while (stream_.peek() != '"') {
                if (stream_.peek() == '\0') fail("a quote opens here and is not closed by the end of the file");
                const char c = stream_.take();
                if (c != '\\') {
                    grow(c);
                } else if (stream_.peek() == '"') {
                    grow(stream_.take());
                } else if (stream_.peek() == '\\') {
                    grow(c);
                    grow(stream_.take());
                } else if (stream_.peek() == '\n') {
                    stream_.take();  // a line that goes on
                } else {
                    grow(c);
                }
            }
            stream_.take();
            const Place begin = place_;
            skip();
            place_ = begin;
            if (stream_.peek() != '+') break;
            stream_.take();
            skip();
            place_ = begin;
            if (stream_.peek() != '"') fail("after + expected a quoted text");
        }
        stream_.check_token(token_.text, place_);
    }

    void html() {
        token_.kind = Token::Kind::html;
        stream_.take();
        for (int depth = 1; depth != 0;) {
            const char c = stream_.take();
            if (c == '\0') fail("a < opens here and is not closed by the end of the file");
            if (c == '<') ++depth;
            if (c == '>' && --depth == 0) break;
            grow(c);
        }
        stream_.check_token(token_.text, place_);
    }

    TextStream stream_;
    Token token_;
    Place place_;
};

// what GraphViz adds when it has laid a graph out
constexpr std::string_view kLayout[] = {"pos", "lp", "xlp", "head_lp", "tail_lp", "width", "height", "bb", "rects", "vertices"};

bool laid_out(std::string_view name) {
    return std::find(std::begin(kLayout), std::end(kLayout), name) != std::end(kLayout) ||
           (name.size() > 2 && name.front() == '_' && name.back() == '_');
}

/// A label as it is read on the drawing, in one line.
std::string label_text(std::string_view text, std::string_view id) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i] == '\n' || text[i] == '\r' ? ' ' : text[i];
            continue;
        }
        const char c = text[++i];
        if (c == 'N') out += id;
        else if (c == 'n' || c == 'l' || c == 'r') out += ' ';
        else if (c != 'G' && c != 'E' && c != 'T' && c != 'H' && c != 'L') out += c;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string without_tags(std::string_view html) {
    std::string out;
    bool tag = false;
    for (const char c : html) {
        if (c == '<') tag = true;
        else if (c == '>') tag = false;
        else if (!tag) out += c;
    }
    return out;
}

class Dot {
public:
    Dot(Input& input, std::string_view head, const Reading& reading) : lexer_(input, head, reading), records_(reading, true) {}

    void read() {
        bool any = false;
        while (lexer_.now().kind != Token::Kind::end) {
            if (any) records_.ignored.say("further graphs, read as one with the first");
            any = true;
            graph();
        }
        if (!any) lexer_.fail("the file is empty, expected graph or digraph");
        for (Node& n : nodes_) {
            clean(n.record, n.id);
            records_.node(std::move(n.record), n.id, n.place, n.id);
        }
        for (Edge& e : edges_) records_.edge(std::move(e.record), e.from, e.to, e.directed, e.place, e.from + (e.directed ? " -> " : " -- ") + e.to);
        records_.finish();
    }

private:
    struct Node {
        std::string id;
        Map record;
        Place place;
    };
    struct Edge {
        std::string from, to;
        Map record;
        bool directed;
        Place place;
    };
    /// What holds inside a pair of braces.
    struct Scope {
        Map node, edge;
        std::vector<std::size_t> members;  ///< nodes that are named in it
    };
    using Ends = std::vector<std::size_t>;

    void graph() {
        strict_ = lexer_.now().word("strict");
        if (strict_) lexer_.next();
        if (lexer_.now().word("digraph")) directed_ = true;
        else if (lexer_.now().word("graph")) directed_ = false;
        else lexer_.fail("expected graph or digraph");
        lexer_.next();
        if (lexer_.now().id()) lexer_.next();
        if (!lexer_.now().is('{')) lexer_.fail("expected {");
        scopes_.assign(1, {});
        lexer_.next();
        statements();
    }

    /// Up to the closing brace, and past it.
    void statements() {
        while (!lexer_.now().is('}')) {
            if (lexer_.now().kind == Token::Kind::end) lexer_.fail("the text ends inside a graph, expected }");
            if (lexer_.now().is(';') || lexer_.now().is(',')) {
                lexer_.next();
                continue;
            }
            statement();
        }
        lexer_.next();
    }

    void statement() {
        const Token& t = lexer_.now();
        if (t.word("graph") || t.word("node") || t.word("edge")) {
            const char first = t.text[0];
            lexer_.next();
            Map defaults;
            while (lexer_.now().is('[')) attributes(defaults);
            if (first == 'g' || first == 'G') records_.ignored.add("values of the graph itself", defaults.size());
            else merge(first == 'n' || first == 'N' ? scopes_.back().node : scopes_.back().edge, defaults);
            return;
        }
        const Place place = lexer_.place();
        if (!t.is('{') && !t.word("subgraph")) {
            if (!t.id()) lexer_.fail("expected a node, an edge or }");
            const std::string id = t.text;
            lexer_.next();
            if (lexer_.now().is('=')) {
                lexer_.next();
                if (!lexer_.now().id()) lexer_.fail("expected a value");
                lexer_.next();
                records_.ignored.add("values of the graph itself");
                return;
            }
            port();
            const std::size_t node = named(id, place);
            if (!edge_mark()) {
                Map told;
                while (lexer_.now().is('[')) attributes(told);
                merge(nodes_[node].record, told);
                return;
            }
            chain({node}, place);
            return;
        }
        const Ends ends = subgraph();
        if (edge_mark()) chain(ends, place);
    }

    [[nodiscard]] bool edge_mark() const {
        return lexer_.now().kind == Token::Kind::arrow || lexer_.now().kind == Token::Kind::line;
    }

    /// `a -> b -> {c d} [attributes]`, the first end read already.
    void chain(Ends from, const Place& place) {
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        while (edge_mark()) {
            lexer_.next();
            Ends to;
            if (lexer_.now().is('{') || lexer_.now().word("subgraph")) {
                to = subgraph();
            } else {
                if (!lexer_.now().id()) lexer_.fail("expected the node that the edge goes to");
                const std::string id = lexer_.now().text;
                const Place at = lexer_.place();
                lexer_.next();
                port();
                to = {named(id, at)};
            }
            // a few braces make far more edges than the text has letters
            if (from.size() * to.size() > 1) crossed_ += from.size() * to.size();
            if (crossed_ > kMostPairs) lexer_.fail("edges between braces that make more than 4,194,304 pairs of nodes");
            for (const std::size_t a : from) {
                for (const std::size_t b : to) pairs.emplace_back(a, b);
            }
            from = std::move(to);
        }
        Map told = scopes_.back().edge;
        while (lexer_.now().is('[')) attributes(told);
        bool directed = directed_;
        bool back = false;
        if (const auto dir = told.find("dir"); dir != told.end()) {
            const std::string way = to_text(dir->second);
            if (way == "none" || way == "both") directed = false;
            back = way == "back" && directed;
            told.erase(dir);
        }
        clean(told, {});
        for (const auto& [a, b] : pairs) {
            if (strict_) {  // a second edge of two nodes only adds to what the first says
                const auto [first, fresh] = first_edge_.emplace(directed_ || a < b ? std::pair(a, b) : std::pair(b, a), edges_.size());
                if (!fresh) {
                    merge(edges_[first->second].record, told);
                    continue;
                }
            }
            edges_.push_back({nodes_[back ? b : a].id, nodes_[back ? a : b].id, told, directed, place});
        }
    }

    Ends subgraph() {
        if (lexer_.now().word("subgraph")) {
            lexer_.next();
            if (lexer_.now().id()) lexer_.next();
            if (!lexer_.now().is('{')) lexer_.fail("expected {");
        }
        if (scopes_.size() >= kDeepest) lexer_.fail("braces inside braces deeper than " + std::to_string(kDeepest) + " levels");
        lexer_.next();
        Scope inner;
        inner.node = scopes_.back().node;
        inner.edge = scopes_.back().edge;
        scopes_.push_back(std::move(inner));
        statements();
        Ends ends = std::move(scopes_.back().members);
        scopes_.pop_back();
        std::sort(ends.begin(), ends.end());
        ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
        if (scopes_.size() > 1) scopes_.back().members.insert(scopes_.back().members.end(), ends.begin(), ends.end());
        return ends;
    }

    std::size_t named(const std::string& id, const Place& place) {
        const auto [found, fresh] = by_id_.emplace(id, nodes_.size());
        if (fresh) nodes_.push_back({id, scopes_.back().node, place});
        if (scopes_.size() > 1) scopes_.back().members.push_back(found->second);
        return found->second;
    }

    void port() {
        while (lexer_.now().is(':')) {
            lexer_.next();
            if (!lexer_.now().id()) lexer_.fail("expected the port of a node");
            lexer_.next();
            records_.ignored.add("ports");
        }
    }

    /// `[name=value, name=value; ...]`
    void attributes(Map& out) {
        lexer_.next();
        while (!lexer_.now().is(']')) {
            if (lexer_.now().is(',') || lexer_.now().is(';')) {
                lexer_.next();
                continue;
            }
            if (!lexer_.now().id()) lexer_.fail("expected the name of an attribute or ]");
            if (out.size() > kMostAttributes) lexer_.fail("more than 65,536 attributes");
            std::string name = lexer_.now().text;
            lexer_.next();
            Value value("true");
            if (lexer_.now().is('=')) {
                lexer_.next();
                const Token& t = lexer_.now();
                if (!t.id()) lexer_.fail("expected the value of " + name);
                if (t.kind == Token::Kind::html) {
                    records_.ignored.say("texts in HTML, of which the letters were kept");
                    value = Value(without_tags(t.text));
                } else {
                    value = t.kind == Token::Kind::bare ? bare_value(t.text) : Value(t.text);
                }
                lexer_.next();
            }
            out.insert_or_assign(std::move(name), std::move(value));
        }
        lexer_.next();
    }

    void merge(Map& into, Map& told) {
        for (auto& [name, value] : told) into.insert_or_assign(name, std::move(value));
    }

    /// Takes out what is for drawing only, and makes of a label what can be read.
    void clean(Map& record, std::string_view id) {
        std::size_t drawn = 0;
        for (auto it = record.begin(); it != record.end();) {
            if (laid_out(it->first)) {
                it = record.erase(it);
                ++drawn;
            } else {
                ++it;
            }
        }
        if (drawn != 0) records_.ignored.add("positions and sizes of drawing", drawn);
        if (const auto label = record.find("label"); label != record.end()) {
            std::string text = label_text(to_text(label->second), id);
            if (text.empty() || (to_text(label->second) == "\\N")) record.erase(label);
            else label->second = Value(std::move(text));
        }
    }

    static constexpr std::size_t kMostPairs = std::size_t{1} << 22U;
    static constexpr std::size_t kMostAttributes = 65536;

    Lexer lexer_;
    GraphRecords records_;
    bool directed_ = true;
    bool strict_ = false;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> first_edge_;  ///< of a strict graph, by its nodes
    std::vector<Scope> scopes_;
    std::vector<Node> nodes_;  // a node may be told of at any place: they wait for the end
    std::vector<Edge> edges_;
    std::unordered_map<std::string, std::size_t> by_id_;
    std::size_t crossed_ = 0;
};

void read(Input& input, std::string_view head, const Reading& reading) { Dot(input, head, reading).read(); }

// `strict digraph "name" {`
Fit sniff(std::string_view head) {
    std::string_view text = past_comments(head, "#");
    while (text.starts_with("//") || text.starts_with("/*")) {
        const std::string_view close = text[1] == '/' ? "\n" : "*/";
        const std::size_t end = text.find(close);
        if (end == std::string_view::npos) return Fit::no;
        text = past_comments(text.substr(end + close.size()), "#");
    }
    const auto word = [&](std::string_view w) {
        if (!same_word(text.substr(0, w.size()), w) || (text.size() > w.size() && (id_start(text[w.size()]) || digit(text[w.size()])))) return false;
        text = past_comments(text.substr(w.size()), {});
        return true;
    };
    const bool strict = word("strict");
    if (!word("digraph") && !word("graph")) return strict ? Fit::maybe : Fit::no;
    if (text.starts_with('{')) return Fit::sure;
    const std::size_t end = text.starts_with('"') ? text.find('"', 1) : text.find_first_of(" \t\r\n{");
    if (end == std::string_view::npos) return Fit::no;
    text = past_comments(text.substr(end + (text[end] == '"' ? 1 : 0)), {});
    return text.starts_with('{') ? Fit::sure : Fit::no;
}

constexpr std::string_view kSuffixes[] = {".dot", ".gv"};

}  // namespace

extern const Format kDot;
constinit const Format kDot{
    .name = "dot",
    .line = "DOT, the language of GraphViz",
    .suffixes = kSuffixes,
    .picture = true,
    .sniff = sniff,
    .read = read,
};

}  // namespace entente::importers
