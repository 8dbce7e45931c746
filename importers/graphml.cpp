// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "importers/attribute_rows.hpp"
#include "importers/formats.hpp"
#include "importers/ignored.hpp"
#include "importers/xml.hpp"

namespace entente::importers {
namespace {

CellKind kind_of(std::string_view type) {
    if (type == "int" || type == "long" || type == "integer") return CellKind::integer;
    if (type == "float" || type == "double") return CellKind::real;
    if (type == "boolean") return CellKind::boolean;
    return CellKind::text;
}

/// A number or a word stands alone, whatever blanks are around it.
std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return text.substr(0, 0);
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

class GraphMl final : public XmlEvents {
public:
    explicit GraphMl(const Reading& reading)
        : reading_(reading), actors_(reading, RowKind::actors), ties_(reading, RowKind::relationships) {}

    void start(std::string_view name, const char* const* attributes, const XmlPlace& at) override {
        if (skipping_ != 0) {
            ++skipping_;
            return;
        }
        if (in_ == In::data || in_ == In::label) return inside_data(name);
        if (name == "data") return data(attributes, at);
        if (name == "node") return node(attributes, at);
        if (name == "edge") return edge(attributes, at);
        if (name == "graph") return graph(attributes);
        if (name == "key") return key(attributes);
        if (name == "default" && !keys_.empty() && in_ == In::key) {
            in_ = In::fallback;
            text_.clear();
        } else if (name == "desc" && (actors_.started() || ties_.started())) {
            open_data(rows().column("desc", CellKind::text), false);
        } else if (name == "graphml") {
            if (seen_root_) ignored_.add("elements <graphml> inside another");
            seen_root_ = true;
        } else {
            if (!seen_root_) throw Error(ErrorKind::import, at.place(), "no GraphML: it begins with <" + std::string(name) + ">, expected <graphml>");
            skip(name);
        }
    }

    void end(std::string_view name, const XmlPlace&) override {
        if (skipping_ != 0) {
            --skipping_;
            return;
        }
        switch (in_) {
            case In::label:
                if (--depth_ == 0) label();
                return;
            case In::data:
                if (depth_ != 0) {
                    --depth_;
                    return;
                }
                if (!drawn_) value(trim_ ? trimmed(text_) : std::string_view(text_));
                in_ = In::nothing;
                return;
            case In::fallback:
                default_text_ = text_;
                in_ = In::key;
                return;
            case In::key:
                if (name == "key") declare();
                return;
            case In::nothing: break;
        }
        if (name == "node") finish_actor();
        else if (name == "edge" && ties_.started()) ties_.finish();
        else if (name == "graph") --graphs_;
    }

    void text(std::string_view piece, const XmlPlace& at) override {
        if (!wants_text()) return;
        if (text_.size() + piece.size() > kLongestRecord) {
            throw Error(ErrorKind::import, at.place(), "a value of more than 64 MiB, expected it to end");
        }
        text_ += piece;
    }

    [[nodiscard]] bool wants_text() const override { return skipping_ == 0 && in_ != In::nothing && in_ != In::key; }

    std::exception_ptr settle(const std::exception_ptr& failure) { return ties_.settle(actors_.settle(failure)); }

    void finish() {
        actors_.flush();
        ties_.flush();
        ignored_.tell(reading_);
    }

private:
    enum class In : std::uint8_t { nothing, key, fallback, data, label };

    /// A <key>: the columns that its values go to, of nodes and of edges.
    struct Key {
        std::optional<std::size_t> node, edge;
        bool trim = false;   // numbers and words
        bool bars = false;   // `:Person:Politician`, as Neo4j writes labels
    };

    AttributeRows& rows() { return ties_.started() ? ties_ : actors_; }

    void skip(std::string_view name) {
        skipping_ = 1;
        if (name == "port") ignored_.add("ports");
        else if (name == "hyperedge") ignored_.add("hyperedges");
        else if (name == "desc") ignored_.add("descriptions of the graph or its keys");
        else ignored_.add("elements <" + std::string(name.substr(0, 60)) + ">");
    }

    void graph(const char* const* attributes) {
        if (actors_.started()) {
            ignored_.say("graphs inside nodes; what is in them was read like everything else");
            actors_.finish();
        } else if (graphs_ == 0 && any_graph_) {
            ignored_.say("further graphs, read as one with the first");
        }
        any_graph_ = true;
        ++graphs_;
        const char* way = attribute(attributes, "edgedefault");
        if (way != nullptr) directed_ = std::string_view(way) != "undirected";
    }

    void key(const char* const* attributes) {
        in_ = In::key;
        const auto text = [&](std::string_view name) {
            const char* value = attribute(attributes, name);
            return value != nullptr ? std::string(value) : std::string();
        };
        key_id_ = text("id");
        key_for_ = text("for");
        key_name_ = text("attr.name");
        key_type_ = text("attr.type");
        drawing_key_ = key_name_.empty() && !text("yfiles.type").empty();
        default_text_.reset();
        keys_.try_emplace(key_id_);
    }

    void declare() {
        in_ = In::nothing;
        std::string name = key_name_.empty() ? key_id_ : key_name_;
        const CellKind kind = kind_of(key_type_);
        Key& k = keys_[key_id_];
        k.trim = kind != CellKind::text;
        if (drawing_key_) return;  // what is drawn gives no more than labels
        const bool nodes = key_for_ == "node" || key_for_ == "all" || key_for_.empty();
        const bool edges = key_for_ == "edge" || key_for_ == "all" || key_for_.empty();
        if (nodes) {
            std::string column = name;
            if (name == "labels" || name == "labelV") {
                k.bars = true;
                column = "type";
            }
            k.node = actors_.column(column, kind);
            if (default_text_) actors_.fallback(*k.node, k.trim ? trimmed(*default_text_) : std::string_view(*default_text_));
        }
        if (edges) {
            k.edge = ties_.column(name == "labelE" ? "type" : name, kind);
            if (default_text_) ties_.fallback(*k.edge, k.trim ? trimmed(*default_text_) : std::string_view(*default_text_));
        }
    }

    void node(const char* const* attributes, const XmlPlace& at) {
        if (actors_.started()) finish_actor();
        actors_.start(at.line(), at.column());
        for (; *attributes != nullptr; attributes += 2) {
            const std::string_view name = attributes[0];
            if (name == "id") actors_.set(AttributeRows::key, attributes[1]);
            else if (name == "labels") types(attributes[1]);
            else if (name.find(':') == std::string_view::npos && !name.starts_with("parse.")) {
                actors_.set(actors_.column(std::string(name), CellKind::text), attributes[1]);
            }
        }
        if (actors_.get(AttributeRows::key).empty()) leave_out(actors_, "a node without id");
    }

    /// With all that is in its element.
    void leave_out(AttributeRows& rows, const char* why) {
        rows.refuse(why);
        skipping_ = 1;
    }

    void finish_actor() {
        if (actors_.started()) actors_.finish();
    }

    void types(std::string_view text) {
        const std::size_t column = actors_.column("type", CellKind::text);
        if (!text.starts_with(':')) return actors_.set(column, text);
        std::string out;
        while (!text.empty()) {
            const std::size_t colon = text.find(':');
            if (colon != 0) out.append(out.empty() ? "" : "|").append(text.substr(0, colon));
            text = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
        }
        actors_.set(column, out);
    }

    void edge(const char* const* attributes, const XmlPlace& at) {
        finish_actor();
        if (ties_.started()) throw Error(ErrorKind::import, at.place(), "an edge inside an edge");
        ties_.start(at.line(), at.column());
        bool directed = directed_;
        for (; *attributes != nullptr; attributes += 2) {
            const std::string_view name = attributes[0];
            const std::string_view value = attributes[1];
            if (name == "source") ties_.set(AttributeRows::from, value);
            else if (name == "target") ties_.set(AttributeRows::to, value);
            else if (name == "id") {
                if (!is_counter(value)) ties_.set(AttributeRows::id, value);
            } else if (name == "directed") directed = value != "false";
            else if (name == "label") ties_.set(ties_.column("type", CellKind::text), value);
            else if (name == "sourceport" || name == "targetport") ignored_.add("ports of edges");
            else if (name.find(':') == std::string_view::npos && !name.starts_with("parse.")) {
                ties_.set(ties_.column(std::string(name), CellKind::text), value);
            }
        }
        if (ties_.get(AttributeRows::from).empty()) return leave_out(ties_, "an edge without source");
        if (ties_.get(AttributeRows::to).empty()) return leave_out(ties_, "an edge without target");
        ties_.set(AttributeRows::direction, directed ? "directed" : "undirected");
    }

    void data(const char* const* attributes, const XmlPlace& at) {
        const char* const id = attribute(attributes, "key");
        if (id == nullptr) throw Error(ErrorKind::import, at.place(), "<data> without key");
        const bool edge = ties_.started();
        if (!edge && !actors_.started()) {
            ignored_.add("values of the graph itself");
            skipping_ = 1;
            return;
        }
        auto found = keys_.find(std::string_view(id));
        if (found == keys_.end()) {
            // declared further down or nowhere
            if (keys_.size() >= kMostKeys) throw Error(ErrorKind::import, at.place(), "more than 100,000 keys");
            found = keys_.try_emplace(id).first;
            ignored_.say("keys that are not declared before their values; the kinds of these were found");
            found->second.trim = true;
            found->second.node = actors_.column(id, CellKind::infer);
            found->second.edge = ties_.column(id, CellKind::infer);
        }
        const Key& k = found->second;
        bars_ = k.bars && !edge;
        column_ = edge ? k.edge : k.node;
        open_data(column_, k.trim);
    }

    void open_data(std::optional<std::size_t> column, bool trim) {
        in_ = In::data;
        column_ = column;
        trim_ = trim;
        drawn_ = false;
        depth_ = 0;
        text_.clear();
    }

    // XML inside a value is how yEd says what a thing looks like; only what is written on it is of use.
    void inside_data(std::string_view name) {
        if (in_ == In::data && depth_ == 0 && !drawn_) {
            drawn_ = true;
            ignored_.add("values that say how something is drawn, but what is written on it");
        }
        ++depth_;
        if (in_ == In::label || (name != "NodeLabel" && name != "EdgeLabel")) return;
        outer_depth_ = depth_ - 1;
        depth_ = 1;
        in_ = In::label;
        text_.clear();
    }

    void label() {
        in_ = In::data;
        depth_ = outer_depth_;
        const std::string_view text = trimmed(text_);
        if (!text.empty()) {
            const std::size_t column = rows().column("label", CellKind::text);
            if (rows().has(column)) ignored_.add("further labels of a thing");
            else rows().set(column, text);
        }
        text_.clear();
    }

    void value(std::string_view text) {
        if (!column_) {
            ignored_.add("values of keys that are not for where they stand");
            return;
        }
        AttributeRows& r = rows();
        if (r.has(*column_)) ignored_.add("values before another one of the same key");
        if (bars_) types(text);
        else r.set(*column_, text);
    }

    static constexpr std::size_t kMostKeys = 100000;

    const Reading& reading_;
    AttributeRows actors_, ties_;
    Ignored ignored_;
    std::map<std::string, Key, std::less<>> keys_;
    std::string key_id_, key_for_, key_name_, key_type_;
    std::optional<std::string> default_text_;
    bool drawing_key_ = false;
    In in_ = In::nothing;
    std::optional<std::size_t> column_;
    bool trim_ = false, bars_ = false, drawn_ = false;
    std::size_t depth_ = 0, outer_depth_ = 0;
    std::size_t skipping_ = 0;
    std::size_t graphs_ = 0;
    bool any_graph_ = false, seen_root_ = false, directed_ = true;
    std::string text_;
};

Fit sniff(std::string_view head) { return xml_root(head) == "graphml" ? Fit::sure : Fit::no; }

constexpr std::string_view kSuffixes[] = {".graphml"};

}  // namespace

extern const Format kGraphMl;
constinit const Format kGraphMl{
    .name = "graphml",
    .line = "GraphML, with what yEd, igraph, NetworkX, Neo4j and TinkerPop make of it",
    .suffixes = kSuffixes,
    .sniff = sniff,
    .read = read_xml_graph<GraphMl>,
};

}  // namespace entente::importers
