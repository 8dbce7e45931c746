// SPDX-License-Identifier: MIT
#include "core/query/answer_table.hpp"

#include <algorithm>
#include <cmath>

#include "core/storage/told_evidence.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

class Shaper {
public:
    Shaper(const storage::Reader& reader, Shape shape) : reader_(reader), shape_(shape) {}

    Value operator()(const Datum& d) const {
        switch (d.kind()) {
            case Kind::node:
                return node(d.node());
            case Kind::relationship:
                return relationship(d.relationship());
            case Kind::path:
                return path(d.walk());
            case Kind::list: {
                List out;
                for (const Datum& each : d.list()) out.push_back((*this)(each));
                return Value(std::move(out));
            }
            case Kind::map: {
                Map out;
                for (const auto& [name, each] : d.map()) out.emplace(name, (*this)(each));
                return Value(std::move(out));
            }
            default:
                return *d.value();
        }
    }

private:
    std::string label(ActorId id) const {
        const auto actor = reader_.actor(id);
        const std::string name = actor ? label_of(*actor) : std::string();
        return "(" + handle(id) + (name.empty() || name == handle(id) ? "" : " " + name) + ")";
    }
    std::string label(RelationshipId id) const {
        const auto ends = reader_.ends(id);
        return "[" + handle(id) + (ends ? " " + reader_.name(ends->type) : "") + "]";
    }

    Value node(ActorId id) const {
        if (shape_ == Shape::handles) return Value(handle(id));
        if (shape_ == Shape::people) return Value(label(id));
        const auto actor = reader_.actor(id);
        Map out;
        out.emplace("id", handle(id));
        if (!actor) return Value(std::move(out));
        if (actor->key) out.emplace("key", *actor->key);
        out.emplace("name", name_of(*actor));
        out.emplace("types", List(actor->types.begin(), actor->types.end()));
        out.emplace("properties", Map(actor->properties));
        return Value(std::move(out));
    }

    Value relationship(RelationshipId id) const {
        if (shape_ == Shape::handles) return Value(handle(id));
        if (shape_ == Shape::people) return Value(label(id));
        const auto r = reader_.relationship(id);
        Map out;
        out.emplace("id", handle(id));
        if (!r) return Value(std::move(out));
        out.emplace("type", r->type);
        out.emplace("from", handle(r->from));
        out.emplace("to", handle(r->to));
        Map properties(r->properties);
        properties.erase("status");
        out.emplace("properties", std::move(properties));
        out.emplace("status", std::string(status_name(status_of(r->properties))));
        out.emplace("evidence", evidence(id));
        return Value(std::move(out));
    }

    /// What it rests on, as `show` tells it; nothing that is unknown.
    [[nodiscard]] List evidence(RelationshipId id) const {
        List out;
        for (const Evidence& e : reader_.evidence(id)) {
            Map one;
            for (auto& [name, value] : storage::told_evidence(reader_, e)) one.emplace(name, std::move(value));
            out.emplace_back(std::move(one));
        }
        return out;
    }

    Value path(const Walk& walk) const {
        if (shape_ == Shape::handles) return Value(to_text(Datum(Walk(walk))));
        if (shape_ == Shape::objects) {
            Map out;
            List actors, relationships;
            for (const ActorId a : walk.actors) actors.push_back(node(a));
            for (const RelationshipId r : walk.relationships) relationships.push_back(relationship(r));
            out.emplace("actors", std::move(actors));
            out.emplace("relationships", std::move(relationships));
            return Value(std::move(out));
        }
        std::string out = label(walk.actors[0]);
        for (std::size_t i = 0; i < walk.relationships.size(); ++i) {
            const auto ends = reader_.ends(walk.relationships[i]);
            const bool back = ends && ends->from != walk.actors[i];
            out += (back ? "<-" : "-") + label(walk.relationships[i]) + (back ? "-" : "->") +
                   label(walk.actors[i + 1]);
        }
        return Value(std::move(out));
    }

    const storage::Reader& reader_;
    Shape shape_;
};

void add_steps(const Operator& op, const std::string& indent, bool with_rows, Table& table) {
    std::vector<Value> row{indent + op.name(), op.detail(),
                           static_cast<std::int64_t>(std::llround(std::min(op.estimate(), 1e15)))};
    if (with_rows) row.emplace_back(static_cast<std::int64_t>(op.rows()));
    table.rows.push_back(std::move(row));
    const auto inputs = op.inputs();
    // The plan within a plan stands deeper than the steps that it belongs to.
    for (std::size_t i = inputs.size(); i-- > 0;) {
        add_steps(*inputs[i], inputs.size() > 1 && i > 0 ? indent + "  | " : indent, with_rows, table);
    }
}

std::string counted(std::uint64_t n, const char* what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

}  // namespace

Table to_table(const Answer& answer, const storage::Reader& reader, Shape shape) {
    const Shaper shaper(reader, shape);
    Table table;
    for (const std::string& name : answer.columns) table.columns.push_back({name, false});
    for (std::size_t i = 0; i < answer.columns.size(); ++i) {
        table.columns[i].numeric =
            !answer.rows.empty() &&
            std::all_of(answer.rows.begin(), answer.rows.end(),
                        [&](const Datums& row) { return row[i].is_number() || row[i].is_null(); }) &&
            std::any_of(answer.rows.begin(), answer.rows.end(),
                        [&](const Datums& row) { return row[i].is_number(); });
    }
    for (const Datums& row : answer.rows) {
        std::vector<Value> cells;
        cells.reserve(row.size());
        for (const Datum& d : row) cells.push_back(shaper(d));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

std::string sentence(const Changes& c) {
    std::string out;
    const auto part = [&](const char* verb, std::uint64_t actors, std::uint64_t relationships) {
        if (actors == 0 && relationships == 0) return;
        out += (out.empty() ? "" : ", ") + std::string(verb) + " ";
        if (actors != 0) out += counted(actors, "actor");
        if (actors != 0 && relationships != 0) out += " and ";
        if (relationships != 0) out += counted(relationships, "relationship");
    };
    part("added", c.actors_added, c.relationships_added);
    part("removed", c.actors_removed, c.relationships_removed);
    const auto lone = [&](const char* verb, std::uint64_t n, const char* what, const char* many) {
        if (n != 0) out += (out.empty() ? "" : ", ") + std::string(verb) + " " + std::to_string(n) + " " + (n == 1 ? what : many);
    };
    lone("made", c.changed, "change", "changes");
    lone("made", c.indexes_added, "index", "indexes");
    lone("dropped", c.indexes_removed, "index", "indexes");
    return out;
}

Table plan_table(const Operator& plan, bool with_rows) {
    Table table;
    table.columns = {{"step", false}, {"detail", false}, {"expected", true}};
    if (with_rows) table.columns.push_back({"rows", true});
    add_steps(plan, "", with_rows, table);
    return table;
}

}  // namespace entente::query
