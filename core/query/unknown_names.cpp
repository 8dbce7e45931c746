// SPDX-License-Identifier: MIT
#include "core/query/unknown_names.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/model/date.hpp"
#include "core/names/similarity.hpp"
#include "core/storage/record_cursor.hpp"

namespace entente::query {
namespace {

/// What is asked of an actor or relationship by a function, and sought as a property by who comes from elsewhere.
const char* function_of(const std::string& property) {
    for (const auto& [name, call] : {std::pair("key", "key()"), {"id", "id()"}, {"type", "type() or labels()"}, {"types", "labels()"},
                                     {"labels", "labels()"}, {"source", "sources()"}, {"sources", "sources()"}}) {
        if (property == name) return call;
    }
    return nullptr;
}

class Search {
public:
    explicit Search(const storage::Reader& reader) : reader_(reader) {
        for (std::uint32_t i = 1; i <= reader.actor_type_count(); ++i) actor_types_.push_back(reader.name(ActorType(i)));
        for (std::uint32_t i = 1; i <= reader.relationship_type_count(); ++i) {
            relationship_types_.push_back(reader.name(RelationshipType(i)));
        }
        for (std::uint32_t i = 1; i <= reader.property_count(); ++i) properties_.push_back(reader.name(PropertyId(i)));
    }

    void query(const Query& q) {
        for (const SingleQuery& part : q.parts) {
            for (const Clause& c : part.clauses) clause(c);
        }
    }
    void condition(const ExpressionPtr& e, std::span<const Slot> variables) {
        bound_.insert(variables.begin(), variables.end());
        expression(e);
    }
    std::vector<std::string> found;

private:
    using Names = std::vector<std::string>;

    /// Are there dates among the first values of that property?
    bool holds_dates(const std::string& property) {
        constexpr int kLooked = 10'000;
        const auto id = reader_.find_property(property);
        if (!id) return false;
        for (const auto of : {storage::RecordCursor::Of::relationships, storage::RecordCursor::Of::actors}) {
            storage::RecordCursor at(reader_, of);
            for (int i = 0; i < kLooked && at.next(); ++i) {
                const Value::Kind kind = at.property(*id).kind();
                if (kind == Value::Kind::date || kind == Value::Kind::calendar_day) return true;
            }
        }
        return false;
    }

    /// A date beside a text that reads as one is never what is sought.
    void beside_text(const std::string& variable, const std::string& property, const Expression& other) {
        if (other.op != Op::literal || other.value.kind() != Datum::Kind::text) return;
        const auto date = parse_date(other.value.text());
        if (!date || !holds_dates(property)) return;
        const std::string name = variable.empty() ? property : variable + "." + property;
        const std::string sentence = name + " holds dates, which no text equals: " +
            (date->exact() ? "compare with date('" + date->text() + "')"
                           : "compare with date('2025-07-28'), or ask " + name + ".year and .month");
        if (told_.insert(sentence).second) found.push_back(sentence);
    }
    void comparison(const Expression& e) {
        for (std::size_t i = 0; i + 1 < e.parts.size(); ++i) {
            for (const auto& [own, other] : {std::pair(i, i + 1), {i + 1, i}}) {
                const Expression& p = *e.parts[own];
                if (p.op == Op::property && p.parts[0]->op == Op::variable && bound_.contains(p.parts[0]->slot)) {
                    beside_text(p.parts[0]->text, p.name.name, *e.parts[other]);
                }
            }
        }
    }

    void look(const std::string& name, const Names& known, const char* what) {
        if (std::find(known.begin(), known.end(), name) != known.end()) return;
        if (!told_.insert(what + name).second) return;
        std::string sentence = std::string("there is no ") + what + " " + name;
        if (const char* call = &known == &properties_ ? function_of(name) : nullptr) {
            found.push_back(sentence + ": " + call + " tells it");
            return;
        }
        const auto near = names::nearest(name, known);
        for (std::size_t i = 0; i < near.size(); ++i) sentence += (i == 0 ? "; did you mean " : " or ") + near[i];
        found.push_back(sentence + (near.empty() ? "" : "?"));
    }

    /// `sought`: it is matched, not made.
    void pattern(const Pattern& p, bool sought) {
        for (const PathPattern& path : p.paths) {
            for (const NodePattern& n : path.nodes) {
                bound_.insert(n.slot);
                if (sought) {
                    for (const NameRef& label : n.labels) look(label.name, actor_types_, "actor type");
                    keys(n.variable, n.properties);
                } else if (n.properties && n.properties->op == Op::map) {
                    for (std::size_t i = 0; i < n.properties->names.size(); ++i) {
                        if (n.properties->names[i] == "key") ordinary_key(*n.properties->parts[i]);
                    }
                }
                expression(n.properties);
                expression(n.where);
            }
            for (const RelationshipPattern& r : path.relationships) {
                if (!r.hops) bound_.insert(r.slot);
                if (sought) {
                    for (const NameRef& type : r.types) look(type.name, relationship_types_, "relationship type");
                    keys(r.variable, r.properties);
                }
                expression(r.properties);
                expression(r.where);
            }
        }
    }
    /// Who comes from SQL takes it for the number of a column.
    void same_for_all(const Expression& constant) {
        const std::string value = to_text(constant);
        const std::string sentence = "ORDER BY " + value + " orders by " + value + " itself, which is the same for all rows: name the column";
        if (told_.insert(sentence).second) found.push_back(sentence);
    }
    /// Who comes from elsewhere takes it for the key of the actor.
    void ordinary_key(const Expression& value) {
        const std::string sentence = "key is an ordinary property here, not the key of the actor: MATCH (a) WHERE key(a) = " +
                                     to_text(value) + " finds that one";
        if (told_.insert(sentence).second) found.push_back(sentence);
    }
    void keys(const std::string& variable, const ExpressionPtr& map) {
        if (!map || map->op != Op::map) return;
        for (std::size_t i = 0; i < map->names.size(); ++i) {
            look(map->names[i], properties_, "property");
            beside_text(variable, map->names[i], *map->parts[i]);
        }
    }

    void clause(const Clause& c) {
        pattern(c.pattern, c.kind == Clause::Kind::match);
        for (const ExpressionPtr* e : {&c.where, &c.expression, &c.skip, &c.limit}) expression(*e);
        for (const ProjectionItem& item : c.items) expression(item.expression);
        for (const SortItem& item : c.order) {
            expression(item.expression);
            if (item.expression->op == Op::literal) same_for_all(*item.expression);
        }
        for (const ExpressionPtr& e : c.arguments) expression(e);
        for (const SetItem& item : c.sets) expression(item.value);
        if (c.subquery) query(*c.subquery);
        for (const Clause& each : c.body) clause(each);
    }

    void expression(const ExpressionPtr& e) {
        if (!e) return;
        if (e->op == Op::property && e->parts[0]->op == Op::variable && bound_.contains(e->parts[0]->slot)) {
            look(e->name.name, properties_, "property");
        }
        if (e->op == Op::comparison || e->op == Op::starts_with) comparison(*e);
        // `r:T` asks for the type of a relationship.
        if (e->op == Op::has_labels && e->parts[0]->op == Op::variable) {
            for (const NameRef& label : e->labels) {
                if (!reader_.find_relationship_type(label.name)) look(label.name, actor_types_, "type");
            }
        }
        if (e->pattern) pattern(*e->pattern, true);
        if (e->subquery) query(*e->subquery);
        for (const ExpressionPtr& part : e->parts) expression(part);
    }

    const storage::Reader& reader_;
    Names actor_types_, relationship_types_, properties_;
    std::set<Slot> bound_;
    std::set<std::string> told_;
};

}  // namespace

std::vector<std::string> unknown_names(const Statement& statement, const storage::Reader& reader) {
    Search search(reader);
    search.query(statement.query);
    return std::move(search.found);
}

std::vector<std::string> unknown_names(const ExpressionPtr& condition, std::span<const Slot> variables,
                                       const storage::Reader& reader) {
    Search search(reader);
    search.condition(condition, variables);
    return std::move(search.found);
}

}  // namespace entente::query
