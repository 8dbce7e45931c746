// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "importers/attribute_rows.hpp"
#include "importers/formats.hpp"
#include "importers/gexf_time.hpp"
#include "importers/ignored.hpp"
#include "importers/xml.hpp"

namespace entente::importers {
namespace {

CellKind kind_of(std::string_view type) {
    if (type == "integer" || type == "long" || type == "short" || type == "byte") return CellKind::integer;
    if (type == "double" || type == "float") return CellKind::real;
    if (type == "boolean") return CellKind::boolean;
    if (type == "biginteger" || type == "bigdecimal") return CellKind::infer;
    return CellKind::text;
}

/// Which way an edge goes, by the words that GEXF has for it; std::nullopt for others.
std::optional<bool> direction_of(std::string_view word) {
    const std::string small = normalised(word);
    if (small == "directed") return true;
    if (small == "undirected" || small == "mutual") return false;
    return std::nullopt;
}

/// Something that was said for a stretch of time.
struct Dated {
    std::size_t column;
    std::string value;
    GexfSpan span;
};

class Gexf final : public XmlEvents {
public:
    explicit Gexf(const Reading& reading)
        : reading_(reading),
          actors_(reading, RowKind::actors),
          ties_(reading, RowKind::relationships),
          clock_(ignored_),
          label_(actors_.column("label", CellKind::text)) {}

    void start(std::string_view name, const char* const* attributes, const XmlPlace& at) override {
        if (skipping_ != 0) {
            ++skipping_;
            return;
        }
        if (name == "attvalue") return attvalue(attributes);
        if (name == "node") return node(attributes, at);
        if (name == "edge") return edge(attributes, at);
        if (name == "spell" || name == "slice") return spell(attributes);
        if (name == "attvalues" || name == "spells" || name == "slices" || name == "edges") return;
        if (name == "nodes") {
            if (open_ == Open::node) ignored_.say("nodes with nodes inside them, which were read like all others");
            finish_row();
        } else if (name == "attributes") {
            const char* of = attribute(attributes, "class");
            class_ = of != nullptr ? of : "";
        } else if (name == "attribute") {
            declare(attributes);
        } else if (name == "default" && declaring_) {
            in_default_ = true;
            text_.clear();
        } else if (name == "graph") {
            const char* way = attribute(attributes, "defaultedgetype");
            directed_ = way == nullptr || direction_of(way).value_or(false);
        } else if (name == "gexf") {
            seen_root_ = true;
        } else {
            if (!seen_root_) throw Error(ErrorKind::import, at.place(), "no GEXF: it begins with <" + std::string(name) + ">, expected <gexf>");
            skip(name);
        }
    }

    void end(std::string_view name, const XmlPlace&) override {
        if (skipping_ != 0) {
            --skipping_;
            return;
        }
        if (name == "node" || name == "edge") {
            finish_row();
        } else if (name == "attribute") {
            declaring_ = false;
        } else if (name == "default" && in_default_) {
            in_default_ = false;
            for (const auto& [rows, column] : declared_) rows->fallback(column, text_);
        }
    }

    void text(std::string_view piece, const XmlPlace& at) override {
        if (!wants_text()) return;
        if (text_.size() + piece.size() > kLongestRecord) {
            throw Error(ErrorKind::import, at.place(), "a value of more than 64 MiB, expected it to end");
        }
        text_ += piece;
    }

    [[nodiscard]] bool wants_text() const override { return in_default_ && skipping_ == 0; }

    std::exception_ptr settle(const std::exception_ptr& failure) { return ties_.settle(actors_.settle(failure)); }

    void finish() {
        actors_.flush();
        ties_.flush();
        ignored_.tell(reading_);
    }

private:
    enum class Open : std::uint8_t { none, node, edge };
    using Columns = std::map<std::string, std::size_t, std::less<>>;

    void skip(std::string_view name) {
        skipping_ = 1;
        if (name == "meta" || name == "options") return;  // who wrote the file, and which values an editor offers
        if (name == "color" || name == "position" || name == "size" || name == "shape" || name == "thickness") {
            ignored_.add("colours, positions, sizes and shapes of drawing");
        } else if (name == "parents") {
            ignored_.add("parents of nodes");
        } else {
            ignored_.add("elements <" + std::string(name.substr(0, 60)) + ">");
        }
    }

    void declare(const char* const* attributes) {
        const char* id = attribute(attributes, "id");
        const char* title = attribute(attributes, "title");
        const char* type = attribute(attributes, "type");
        declaring_ = true;
        declared_.clear();
        const std::string name = title != nullptr && *title != '\0' ? title : id != nullptr ? id : "";
        const CellKind kind = kind_of(type != nullptr ? type : "string");
        if (id == nullptr || name.empty()) {
            ignored_.add("attributes without id or title");
            return;
        }
        if (class_ == "edge") {
            declared_.emplace_back(&ties_, edge_columns_[id] = ties_.column(name, kind));
        } else {
            declared_.emplace_back(&actors_, node_columns_[id] = actors_.column(name, kind));
        }
    }

    void node(const char* const* attributes, const XmlPlace& at) {
        finish_row();
        begin_row(Open::node, actors_, at);
        for (; *attributes != nullptr; attributes += 2) {
            const std::string_view name = attributes[0];
            const std::string_view value = attributes[1];
            if (name == "id") actors_.set(AttributeRows::key, value);
            else if (name == "label") actors_.set(label_, value);
            else if (name == "pid") actors_.set(actors_.column("pid", CellKind::text), value);
            else if (!own_.take(name, value) && name.find(':') == std::string_view::npos) {
                actors_.set(actors_.column(std::string(name), CellKind::text), value);
            }
        }
        if (actors_.get(AttributeRows::key).empty()) leave_out(actors_, "a node without id");
    }

    /// With all that is in its element.
    void leave_out(AttributeRows& rows, const char* why) {
        rows.refuse(why);
        open_ = Open::none;
        skipping_ = 1;
    }

    void edge(const char* const* attributes, const XmlPlace& at) {
        finish_row();
        begin_row(Open::edge, ties_, at);
        bool directed = directed_;
        for (; *attributes != nullptr; attributes += 2) {
            const std::string_view name = attributes[0];
            const std::string_view value = attributes[1];
            if (name == "source") ties_.set(AttributeRows::from, value);
            else if (name == "target") ties_.set(AttributeRows::to, value);
            else if (name == "id") {
                if (!is_counter(value)) ties_.set(AttributeRows::id, value);
            } else if (name == "type") {
                const auto told = direction_of(value);
                if (told) directed = *told;
                else word_ = value;
            }
            else if (name == "kind") ties_.set(ties_.column("type", CellKind::text), value);
            else if (name == "weight") ties_.set(ties_.column("weight", CellKind::real), value);
            else if (!own_.take(name, value) && name.find(':') == std::string_view::npos) {
                ties_.set(ties_.column(std::string(name), CellKind::text), value);
            }
        }
        if (ties_.get(AttributeRows::from).empty()) return leave_out(ties_, "an edge without source");
        if (ties_.get(AttributeRows::to).empty()) return leave_out(ties_, "an edge without target");
        ties_.set(AttributeRows::direction, directed ? "directed" : "undirected");
    }

    void begin_row(Open kind, AttributeRows& rows, const XmlPlace& at) {
        open_ = kind;
        line_ = at.line();
        place_ = at.column();
        own_ = {};
        word_.clear();
        spells_.clear();
        dated_.clear();
        rows.start(line_, place_);
    }

    void attvalue(const char* const* attributes) {
        if (open_ == Open::none) {
            ignored_.add("values outside of nodes and edges");
            return;
        }
        std::string_view id;
        const char* value = nullptr;
        GexfSpan span;
        for (; *attributes != nullptr; attributes += 2) {
            const std::string_view name = attributes[0];
            if (name == "for" || name == "id") id = attributes[1];
            else if (name == "value") value = attributes[1];
            else span.take(name, attributes[1]);
        }
        if (value == nullptr) {
            ignored_.add("attributes of a node or an edge without value");
            return;
        }
        AttributeRows& rows = open_ == Open::edge ? ties_ : actors_;
        Columns& columns = open_ == Open::edge ? edge_columns_ : node_columns_;
        auto found = columns.find(id);
        if (found == columns.end()) {
            ignored_.say("attributes that are not declared before their values; the kinds of these were found");
            found = columns.emplace(std::string(id), rows.column(std::string(id), CellKind::infer)).first;
        }
        if (span.empty()) {
            if (rows.has(found->second)) ignored_.add("values before another one of the same attribute");
            rows.set(found->second, value);
        } else {
            within();
            dated_.push_back({found->second, value, std::move(span)});
        }
    }

    void spell(const char* const* attributes) {
        GexfSpan span;
        for (; *attributes != nullptr; attributes += 2) span.take(attributes[0], attributes[1]);
        if (open_ == Open::none || span.empty()) {
            ignored_.add("spells of time of nothing");
            return;
        }
        within();
        spells_.push_back(std::move(span));
    }

    void within() const {
        constexpr std::size_t kMost = std::size_t{1} << 20U;
        if (spells_.size() + dated_.size() >= kMost) {
            throw Error(ErrorKind::import, Place{reading_.name, line_, place_}, "more than 1,048,576 spells of time of one node or edge");
        }
    }

    void finish_row() {
        const Open open = std::exchange(open_, Open::none);
        if (open == Open::node) finish_node();
        else if (open == Open::edge) finish_edge();
    }

    /// Sets when it held, where no attribute says so already.
    void set_dates(AttributeRows& rows, const GexfClock::Dates& dates) {
        if (dates.numbers) {
            ignored_.say("times that are no dates, kept in the properties start and end");
            if (!dates.start.empty()) rows.set(rows.column(".start", CellKind::infer), dates.start);
            if (!dates.end.empty()) rows.set(rows.column(".end", CellKind::infer), dates.end);
            return;
        }
        const auto told = [&](const char* name) { return rows.has(rows.column(name, CellKind::text)); };
        if (told("date") || told("startDate") || told("endDate")) return;
        if (!dates.start.empty()) rows.set(rows.column("startDate", CellKind::text), dates.start);
        if (!dates.end.empty()) rows.set(rows.column("endDate", CellKind::text), dates.end);
    }

    std::string told(const GexfSpan& span) {
        const GexfClock::Dates dates = clock_.dates(span);
        return dates.start == dates.end ? dates.start : dates.start + ".." + dates.end;
    }

    // A node stays one actor: the last value counts, and all of them are kept beside it.
    void finish_node() {
        if (!own_.empty()) spells_.insert(spells_.begin(), own_);
        if (spells_.size() == 1) {
            set_dates(actors_, clock_.dates(spells_.front()));
        } else if (!spells_.empty()) {
            set_dates(actors_, clock_.dates({spells_.front().start, spells_.back().end, spells_.front().start_open, spells_.back().end_open}));
            List all;
            for (const GexfSpan& s : spells_) all.emplace_back(told(s));
            actors_.set(actors_.column("spells:json", CellKind::json), to_json(Value(std::move(all))));
        }
        std::map<std::size_t, List> over_time;
        for (const Dated& d : dated_) {
            actors_.set(d.column, d.value);
            over_time[d.column].emplace_back(told(d.span) + ": " + d.value);
        }
        for (auto& [column, list] : over_time) {
            actors_.set(actors_.column(actors_.name(column) + " over time:json", CellKind::json), to_json(Value(std::move(list))));
        }
        actors_.finish();
    }

    /// A stretch of time of an edge, and what was said for just that time.
    struct Held {
        GexfClock::Dates dates;
        std::vector<const Dated*> values;
    };

    // An edge's word for itself, which many programs write as its `type`.
    void take_word() {
        if (word_.empty()) return;
        const std::size_t type = ties_.column("type", CellKind::text);
        ignored_.say("edges whose `type` is none of GEXF's words for directions, which became the type of their relationships");
        if (!ties_.has(type)) ties_.set(type, word_);
        else if (ties_.get(type) != word_) ties_.set(ties_.column(".type", CellKind::text), word_);
    }

    // Each stretch of time of an edge becomes a relationship, with what was said for just that time.
    void finish_edge() {
        take_word();
        if (!own_.empty() && (spells_.empty() || spells_.front() != own_)) spells_.insert(spells_.begin(), own_);
        std::vector<Held> all;
        std::map<std::pair<std::string, std::string>, std::size_t> seen;
        const auto add = [&](std::vector<Held>& to, const GexfSpan& s) {
            const auto [found, fresh] = seen.emplace(std::pair(s.start + (s.start_open ? "(" : "["), s.end + (s.end_open ? ")" : "]")), to.size());
            if (fresh) to.push_back({clock_.dates(s), {}});
            return found->second;
        };
        for (const Dated& d : dated_) all[add(all, d.span)].values.push_back(&d);
        GexfCover parts;
        for (const Held& part : all) parts.add(part.dates);
        parts.settle();
        // its own life says nothing more where values are told for all of it
        std::vector<Held> lives;
        for (const GexfSpan& s : spells_) {
            add(lives, s);
            if (!lives.empty() && parts.covers(lives.back().dates)) lives.pop_back();
        }
        all.insert(all.begin(), std::make_move_iterator(lives.begin()), std::make_move_iterator(lives.end()));
        if (all.empty()) {
            ties_.finish();
            return;
        }
        std::vector<std::pair<std::size_t, std::string>> cells;
        if (all.size() > 1) {
            cells = ties_.cells();
            ignored_.say("edges of several times, which became a relationship for each");
        }
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i != 0) {
                ties_.start(line_, place_);
                for (const auto& [column, text] : cells) {
                    if (column == AttributeRows::id) ties_.set(column, text + "/" + std::to_string(i + 1));
                    else ties_.set(column, text);
                }
            }
            for (const Dated* d : all[i].values) ties_.set(d->column, d->value);
            set_dates(ties_, all[i].dates);
            ties_.finish();
        }
    }

    const Reading& reading_;
    AttributeRows actors_, ties_;
    Ignored ignored_;
    GexfClock clock_;
    std::size_t label_;
    Columns node_columns_, edge_columns_;
    std::string class_;
    std::vector<std::pair<AttributeRows*, std::size_t>> declared_;
    bool declaring_ = false, in_default_ = false, seen_root_ = false, directed_ = true;
    std::size_t skipping_ = 0;
    Open open_ = Open::none;
    std::uint64_t line_ = 1, place_ = 1;
    GexfSpan own_;
    std::string word_;  ///< an edge's `type` that is no direction
    std::vector<GexfSpan> spells_;
    std::vector<Dated> dated_;
    std::string text_;
};

Fit sniff(std::string_view head) { return xml_root(head) == "gexf" ? Fit::sure : Fit::no; }

constexpr std::string_view kSuffixes[] = {".gexf"};

}  // namespace

extern const Format kGexf;
constinit const Format kGexf{
    .name = "gexf",
    .line = "GEXF 1.1 to 1.3, Gephi's own, with times",
    .suffixes = kSuffixes,
    .sniff = sniff,
    .read = read_xml_graph<Gexf>,
};

}  // namespace entente::importers
