// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>

#include "core/query/functions.hpp"
#include "core/query/operators_graph.hpp"
#include "core/query/operators_join.hpp"
#include "core/query/planner.hpp"

namespace entente::query {
namespace {

using How = IndexBound::How;

// What is expected of an index where the value is not known yet.
constexpr double kEqualRows = 10;
constexpr double kShareOfPrefix = 0.05, kShareOfRange = 0.25;
/// Of a test of a text; and how much cheaper it is to look at one text of an actor than at the actor.
constexpr double kShareOfText = 0.02, kCheaperText = 10;
constexpr double kShareOfJoin = 0.1;
/// Entries are counted no further than this.
constexpr std::uint64_t kCounted = 200'000;

std::string node_name(const NodePattern& n) { return n.variable.empty() ? "()" : n.variable; }

bool is_variable(const Expression& e, Slot slot) { return e.op == Op::variable && e.slot == slot; }

/// The name of the property if that is what the expression is.
const std::string* property_of(const Expression& e, Slot slot) {
    return e.op == Op::property && is_variable(*e.parts[0], slot) ? &e.name.name : nullptr;
}

/// One of two sides of a predicate that tells of the actor in `slot`, and the other.
struct Sides {
    const Expression* own = nullptr;
    const Expression* value = nullptr;
    How how = How::equal;
};

How turned(How how) {
    return how == How::at_least ? How::at_most : how == How::at_most ? How::at_least : how;
}

std::optional<How> asked(const Expression& e) {
    if (e.op == Op::in) return How::in;
    if (e.op == Op::starts_with) return How::prefix;
    if (e.op != Op::comparison || e.names.size() != 1) return std::nullopt;
    const std::string& sign = e.names[0];
    if (sign == "=") return How::equal;
    if (sign == "<" || sign == "<=") return How::at_most;
    if (sign == ">" || sign == ">=") return How::at_least;
    return std::nullopt;
}

std::vector<Sides> sides_of(const Expression& e) {
    const auto how = asked(e);
    if (!how) return {};
    std::vector<Sides> out{{e.parts[0].get(), e.parts[1].get(), *how}};
    if (e.op == Op::comparison) out.push_back({e.parts[1].get(), e.parts[0].get(), turned(*how)});
    return out;
}

std::string bound_text(const std::string& subject, const IndexBound& bound) {
    const char* sign = bound.how == How::equal      ? " = "
                       : bound.how == How::in       ? " IN "
                       : bound.how == How::prefix   ? " STARTS WITH "
                       : bound.how == How::at_least ? " >= "
                                                    : " <= ";
    return subject + sign + to_text(*bound.value);
}

}  // namespace

bool Planner::known(const Match& m, const Expression& e) const {
    std::vector<Slot> needs;
    slots_of(e, needs);
    return all_bound(m, needs);
}

std::optional<Datum> Planner::constant(const Expression& e) const {
    if (e.op == Op::reference) return constant(*e.referred);
    if (e.op == Op::literal) return e.value;
    if (e.op == Op::parameter) {
        const auto at = parameters_.find(e.text);
        if (at != parameters_.end()) return at->second;
    }
    if (e.op == Op::list) {
        Datums parts;
        for (const ExpressionPtr& part : e.parts) {
            auto value = constant(*part);
            if (!value) return std::nullopt;
            parts.push_back(*std::move(value));
        }
        return Datum(std::move(parts));
    }
    return std::nullopt;
}

/// By key, number or name.
void Planner::try_lookups(const Match& m, Start& best) const {
    for (const Predicate* p : about(m, best.node->slot)) {
        for (const Sides& sides : sides_of(*p->expression)) {
            if (sides.how != How::equal && sides.how != How::in) continue;
            const Expression& own = *sides.own;
            const std::string* property = property_of(own, best.node->slot);
            Start found = best;
            if (property != nullptr && *property == "name") {
                found.how = Start::How::by_name;
            } else if (own.op == Op::call && own.parts.size() == 1 && own.function != nullptr &&
                       is_variable(*own.parts[0], best.node->slot)) {
                if (own.function->name != "key" && own.function->name != "id") continue;
                found.how = own.function->name == "key" ? Start::How::by_key : Start::How::by_number;
            } else {
                continue;
            }
            if (!known(m, *sides.value)) continue;
            found.rows = found.how == Start::How::by_name ? 2 : 1;
            found.one_of = sides.how == How::in;
            if (found.one_of) {
                const auto list = constant(*sides.value);
                found.rows *= list && list->kind() == Datum::Kind::list ? static_cast<double>(list->list().size())
                                                                        : kEqualRows;
            }
            found.value = sides.value;
            found.bounds.clear();
            if (found.rows < best.rows || best.how == Start::How::all) best = found;
        }
    }
}

double Planner::indexed_rows(const Start& start) const {
    const double all = static_cast<double>(storage::count_entries(reader_, start.index.number));
    std::optional<storage::IndexSpan> span;
    double share = 1;
    for (const IndexBound& bound : start.bounds) {
        const auto value = constant(*bound.value);
        if (bound.how == How::in) {
            if (!value || value->kind() != Datum::Kind::list) return std::min(all, 10 * kEqualRows);
            double sum = 0;
            for (const Datum& each : value->list()) {
                const auto one = span_of(How::equal, each);
                sum += one ? static_cast<double>(storage::count_indexed(reader_, start.index.number, *one, kCounted))
                           : std::numeric_limits<double>::infinity();
            }
            return sum;
        }
        if (!value) {
            if (bound.how == How::equal) return std::min(all, kEqualRows);
            share *= bound.how == How::prefix ? kShareOfPrefix : kShareOfRange;
            continue;
        }
        const auto one = span_of(bound.how, *value);
        if (!one) return std::numeric_limits<double>::infinity();
        span = span ? span->within(*one) : *one;
    }
    if (!span) return all * share;
    return share * static_cast<double>(storage::count_indexed(reader_, start.index.number, *span, kCounted));
}

void Planner::try_indexes(const Match& m, Start& best) const {
    if (indexes_.empty()) return;
    const Slot slot = best.node->slot;
    const auto known_of = about(m, slot);
    const auto has_type = [&](const std::string& type) {
        return std::any_of(known_of.begin(), known_of.end(), [&](const Predicate* p) {
            const Expression& e = *p->expression;
            return e.op == Op::has_labels && is_variable(*e.parts[0], slot) &&
                   std::any_of(e.labels.begin(), e.labels.end(), [&](const NameRef& l) { return l.name == type; });
        });
    };
    for (const storage::PropertyIndex& index : indexes_) {
        if (!index.type.empty() && !has_type(index.type)) continue;
        std::vector<IndexBound> range;
        const auto consider = [&](std::vector<IndexBound> bounds) {
            Start found = best;
            found.how = Start::How::by_index;
            found.index = index;
            found.bounds = std::move(bounds);
            found.rows = indexed_rows(found);
            if (found.rows < best.rows) best = std::move(found);
        };
        for (const Predicate* p : known_of) {
            for (const Sides& sides : sides_of(*p->expression)) {
                const std::string* property = property_of(*sides.own, slot);
                if (property == nullptr || *property != index.property || !known(m, *sides.value)) continue;
                const IndexBound bound{sides.how, sides.value};
                if (bound.how == How::at_least || bound.how == How::at_most) {
                    range.push_back(bound);
                } else {
                    consider({bound});
                }
            }
        }
        if (!range.empty()) consider(std::move(range));
    }
}

/// Where all actors have to be looked at anyway, or so many that it does not matter.
void Planner::try_texts(const Match& m, Start& best) const {
    if (best.how != Start::How::all && best.how != Start::How::of_type) return;
    if (best.rows * kCheaperText < static_cast<double>(reader_.counts().actors)) return;
    for (const Predicate* p : about(m, best.node->slot)) {
        const Expression& e = *p->expression;
        if (e.op != Op::contains && e.op != Op::starts_with && e.op != Op::ends_with) continue;
        const std::string* property = property_of(*e.parts[0], best.node->slot);
        if (property == nullptr || constant(*e.parts[1]) == std::nullopt) continue;
        best.how = Start::How::by_text;
        best.rows *= kShareOfText;
        best.property = *property;
        best.value = e.parts[1].get();
        best.test = e.op == Op::contains      ? storage::TextTest::contains
                    : e.op == Op::starts_with ? storage::TextTest::starts_with
                                              : storage::TextTest::ends_with;
        return;
    }
}

/// Rather than scanning again for each of many rows.
void Planner::try_joins(const Match& m, Start& best) const {
    const bool scans = best.how == Start::How::all || best.how == Start::How::of_type || best.how == Start::How::by_text;
    if (!scans || rows_ < 2 || writes_) return;
    for (const Predicate* p : about(m, best.node->slot)) {
        for (const Sides& sides : sides_of(*p->expression)) {
            if (sides.how != How::equal || !known(m, *sides.value)) continue;
            // A property: reading it of actors that another condition leaves out cannot fail.
            std::vector<Slot> other;
            slots_of(*sides.value, other);
            if (property_of(*sides.own, best.node->slot) == nullptr || other.empty()) continue;
            best.how = Start::How::joined;
            best.rows *= kShareOfJoin;
            best.key = sides.own;
            best.value = sides.value;
            return;
        }
    }
}

Planner::Start Planner::best_start(const Match& m, NodePattern& n) const {
    Start best;
    best.node = &n;
    best.rows = static_cast<double>(reader_.counts().actors);
    for (const Predicate* p : about(m, n.slot)) {
        const Expression& e = *p->expression;
        if (e.op != Op::has_labels || !is_variable(*e.parts[0], n.slot)) continue;
        for (const NameRef& label : e.labels) {
            const auto type = reader_.find_actor_type(label.name);
            const double rows =
                type && reader_.name(*type) == label.name ? static_cast<double>(reader_.count(*type)) : 0;
            if (rows > best.rows) continue;
            best.rows = rows;
            best.how = Start::How::of_type;
            best.type = &label;
        }
    }
    try_lookups(m, best);
    try_indexes(m, best);
    try_texts(m, best);
    try_joins(m, best);
    return best;
}

/// Scans or finds the actor that is cheapest to begin with.
OperatorPtr Planner::begin(Match& m, OperatorPtr input) {
    constexpr std::size_t kLooked = 10'000;  // at nodes, while a pattern is planned
    Start best;
    double best_cost = std::numeric_limits<double>::infinity();
    for (std::size_t i = m.first; i < m.nodes.size(); ++i) {
        NodePattern& node = *m.nodes[i];
        if (is_bound(m, node.slot)) continue;
        if (best.node != nullptr && m.looked >= kLooked) break;
        ++m.looked;
        look_at_clock();
        Start s = best_start(m, node);
        double cost = s.rows;
        // Beside equally many rows the one whose properties say more.
        if (node.properties) cost *= 0.9;
        if (best.node == nullptr || cost < best_cost) {
            best = std::move(s);
            best_cost = cost;
        }
    }
    if (best.how == Start::How::all && rows_ <= 1) {
        if (Step* all = whole_step(m)) return relationships(m, *all, std::move(input));
    }
    NodePattern& n = *best.node;
    rows_ *= std::max(best.rows, 0.0);
    bind(m, n.slot);
    const std::string name = node_name(n);
    const auto scan = [&](OperatorPtr below) { return std::make_unique<ScanActors>(std::move(below), n.slot, best.type); };
    const auto aside = [&] { return scan(std::make_unique<Argument>()); };
    if (best.how == Start::How::of_type || best.how == Start::How::joined) {
        // Who comes from the list of a type has it.
        for (const std::size_t i : m.about[n.slot]) {
            Predicate& known_by_type = m.predicates[i];
            const Expression& e = *known_by_type.expression;
            if (e.op == Op::has_labels && is_variable(*e.parts[0], n.slot) && e.labels.size() == 1 &&
                best.type != nullptr && e.labels[0].name == best.type->name) {
                known_by_type.used = true;
            }
        }
    }
    switch (best.how) {
        case Start::How::all:
        case Start::How::of_type:
            return made(scan(std::move(input)), name + (best.type != nullptr ? ":" + best.type->name : ""));
        case Start::How::by_index: {
            std::string detail = name + " by " + best.index.name + ":";
            for (const IndexBound& bound : best.bounds) {
                detail += (&bound == &best.bounds.front() ? " " : " AND ") +
                          bound_text(name + "." + best.index.property, bound);
            }
            return made(std::make_unique<FindIndexed>(std::move(input), n.slot, best.index.number,
                                                      std::move(best.bounds), aside()),
                        std::move(detail));
        }
        case Start::How::by_text: {
            const char* word = best.test == storage::TextTest::contains      ? " CONTAINS "
                               : best.test == storage::TextTest::starts_with ? " STARTS WITH "
                                                                             : " ENDS WITH ";
            const std::string detail = name + "." + best.property + word + to_text(*best.value);
            return made(std::make_unique<FindByText>(std::move(input), n.slot, std::move(best.property), best.test,
                                                     best.value),
                        detail);
        }
        case Start::How::joined: {
            const std::string detail = name + ": " + to_text(*best.key) + " = " + to_text(*best.value);
            OperatorPtr all = scan(std::make_unique<Argument>());
            all->describe(name + (best.type != nullptr ? ":" + best.type->name : ""), best.rows / kShareOfJoin);
            return made(std::make_unique<JoinActors>(std::move(input), n.slot, std::move(all), best.key, best.value),
                        detail);
        }
        case Start::How::by_name:
        case Start::How::by_number:
        case Start::How::by_key:
            break;
    }
    const auto by = best.how == Start::How::by_key      ? FindActors::By::key
                    : best.how == Start::How::by_number ? FindActors::By::number
                                                        : FindActors::By::name;
    return made(std::make_unique<FindActors>(std::move(input), n.slot, by, best.value, best.one_of, aside()),
                name + (best.one_of ? " IN " : " = ") + to_text(*best.value));
}

}  // namespace entente::query
