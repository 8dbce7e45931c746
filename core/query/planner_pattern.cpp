// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/query/functions.hpp"
#include "core/query/operators.hpp"
#include "core/query/operators_graph.hpp"
#include "core/query/planner.hpp"

namespace entente::query {
namespace {

void pattern_slots(const Pattern& p, std::vector<Slot>& out) {
    for (const PathPattern& path : p.paths) {
        for (const NodePattern& n : path.nodes) {
            out.push_back(n.slot);
            if (n.properties) slots_of(*n.properties, out);
            if (n.where) slots_of(*n.where, out);
        }
        for (const RelationshipPattern& r : path.relationships) {
            out.push_back(r.slot);
            if (r.properties) slots_of(*r.properties, out);
            if (r.where) slots_of(*r.where, out);
        }
    }
}

void query_slots(const Query& q, std::vector<Slot>& out) {
    for (const SingleQuery& part : q.parts) {
        for (const Clause& c : part.clauses) {
            pattern_slots(c.pattern, out);
            for (const ExpressionPtr* e : {&c.where, &c.expression, &c.skip, &c.limit}) {
                if (*e) slots_of(**e, out);
            }
            for (const ProjectionItem& item : c.items) slots_of(*item.expression, out);
            for (const ProjectionItem& item : c.keys) slots_of(*item.expression, out);
            for (const SortItem& item : c.order) slots_of(*item.expression, out);
            for (const ExpressionPtr& e : c.arguments) slots_of(*e, out);
            if (c.subquery) query_slots(*c.subquery, out);
        }
    }
}

std::string hop_text(const PathPattern& path, std::size_t i, bool reversed) {
    PathPattern one;
    const auto node = [](const NodePattern& from) {
        NodePattern n;
        n.variable = from.variable;
        return n;
    };
    one.nodes.push_back(node(path.nodes[reversed ? i + 1 : i]));
    RelationshipPattern r;
    const RelationshipPattern& from = path.relationships[i];
    r.variable = from.variable;
    r.types = from.types;
    r.hops = from.hops;
    r.heading = from.heading;
    if (reversed && r.heading != Heading::both) {
        r.heading = r.heading == Heading::left ? Heading::right : Heading::left;
    }
    one.relationships.push_back(std::move(r));
    one.nodes.push_back(node(path.nodes[reversed ? i : i + 1]));
    return to_text(one);
}

ExpressionPtr variable_of(const std::string& name, Slot slot, Offset at) {
    auto e = std::make_unique<Expression>(Op::variable, at, at);
    e->text = name.empty() ? "_" : name;
    e->slot = slot;
    return e;
}

/// `subject.name = value` for a property of a pattern.
ExpressionPtr property_test(ExpressionPtr subject, const std::string& name, const Expression& value) {
    const Offset at = value.at;
    auto property = std::make_unique<Expression>(Op::property, at, at);
    property->name.name = name;
    property->parts.push_back(std::move(subject));
    auto reference = std::make_unique<Expression>(Op::reference, at, at);
    reference->referred = &value;
    auto test = std::make_unique<Expression>(Op::comparison, at, at);
    test->names.emplace_back("=");
    test->parts.push_back(std::move(property));
    test->parts.push_back(std::move(reference));
    return test;
}

}  // namespace

void slots_of(const Expression& e, std::vector<Slot>& out) {
    if (e.op == Op::variable || e.op == Op::group_value) out.push_back(e.slot);
    for (const ExpressionPtr& part : e.parts) {
        if (part) slots_of(*part, out);
    }
    if (e.pattern) pattern_slots(*e.pattern, out);
    if (e.subquery) query_slots(*e.subquery, out);
    if (e.referred != nullptr) slots_of(*e.referred, out);
}

bool Planner::is_bound(const Match& m, Slot s) { return !m.own.contains(s) || m.bound.contains(s); }
bool Planner::all_bound(const Match& m, const std::vector<Slot>& slots) {
    return std::all_of(slots.begin(), slots.end(), [&](Slot s) { return is_bound(m, s); });
}

void Planner::add_predicate(Match& m, const Expression& e) {
    if (e.op == Op::and_) {
        for (const ExpressionPtr& part : e.parts) add_predicate(m, *part);
        return;
    }
    Predicate p;
    p.expression = &e;
    std::vector<Slot> all;
    slots_of(e, all);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    for (const Slot s : all) {
        if (!m.own.contains(s)) continue;
        m.about[s].push_back(m.predicates.size());
        ++p.missing;
    }
    if (p.missing == 0) m.ready.push_back(m.predicates.size());
    m.predicates.push_back(p);
}

/// From now on the slot has a value: what that makes possible is open, or ready.
void Planner::bind(Match& m, Slot s) {
    if (!m.own.contains(s) || !m.bound.insert(s).second) return;
    if (const auto at = m.about.find(s); at != m.about.end()) {
        for (const std::size_t i : at->second) {
            if (--m.predicates[i].missing == 0) m.ready.push_back(i);
        }
    }
    if (const auto at = m.touching.find(s); at != m.touching.end()) {
        for (const std::size_t i : at->second) {
            if (!m.steps[i].done) m.open.insert(i);
        }
    }
}

void Planner::finish(Match& m, Step& s) {
    s.done = true;
    ++m.done;
    m.open.erase(static_cast<std::size_t>(&s - m.steps.data()));
}

bool Planner::any_unbound(Match& m) {
    while (m.first < m.nodes.size() && is_bound(m, m.nodes[m.first]->slot)) ++m.first;
    return m.first < m.nodes.size();
}

std::vector<const Planner::Predicate*> Planner::about(const Match& m, Slot s) {
    std::vector<const Predicate*> out;
    if (const auto at = m.about.find(s); at != m.about.end()) {
        for (const std::size_t i : at->second) out.push_back(&m.predicates[i]);
    }
    return out;
}

/// The properties of a relationship of several hops are asked for at each hop: what they name has to be known.
bool Planner::ready(const Match& m, const Step& s) const {
    const RelationshipPattern& r = s.path->relationships[s.index];
    return (!r.hops && s.path->selector == Selector::all) || !r.properties || known(m, *r.properties);
}

/// The step that adds fewest rows among those that begin at something known; null when there is none.
Planner::Step* Planner::next_step(Match& m) const {
    constexpr int kLooked = 64;
    Step* best = nullptr;
    double least = std::numeric_limits<double>::infinity();
    int looked = 0;
    for (const std::size_t i : m.open) {
        if (!ready(m, m.steps[i])) continue;
        if (++looked > kLooked) break;
        const double each = fan_out(m, m.steps[i]);
        if (each < least) {
            least = each;
            best = &m.steps[i];
        }
    }
    return best;
}

void Planner::count_step() {
    constexpr std::size_t kMost = 25'000;
    if (++operators_ <= kMost) return;
    throw Failure(fault::syntax("UnexpectedSyntax"), kNowhere, "the plan of the statement has more than 25,000 steps",
                  "break it into several statements");
}

void Planner::look_at_clock() {
    constexpr std::uint64_t kSteps = 64;
    if (bounds_ == nullptr || ++steps_ % kSteps != 0) return;
    check_clock(*bounds_);
}

double Planner::relationships_of(const std::vector<NameRef>& types) const {
    if (types.empty()) return static_cast<double>(reader_.counts().relationships);
    double sum = 0;
    for (const NameRef& name : types) {
        const auto type = reader_.find_relationship_type(name.name);
        if (type && reader_.name(*type) == name.name) sum += static_cast<double>(reader_.count(*type));
    }
    return sum;
}

double Planner::fan_out(const Match& m, const Step& s) const {
    const RelationshipPattern& r = s.path->relationships[s.index];
    const NodePattern& a = s.path->nodes[s.index];
    const NodePattern& b = s.path->nodes[s.index + 1];
    if (r.bound) return 0;
    const double actors = std::max(1.0, static_cast<double>(reader_.counts().actors));
    double each = relationships_of(r.types) / actors * (r.heading == Heading::both ? 2 : 1);
    if (r.hops) {
        const double most = std::min(5.0, static_cast<double>(r.hops->most));
        each = std::max(each + 1, std::pow(std::max(each, 1.1), most));
    }
    if (is_bound(m, a.slot) && is_bound(m, b.slot)) return r.hops ? each : each / actors;
    const NodePattern& sought = is_bound(m, a.slot) ? b : a;
    for (const NameRef& label : sought.labels) {
        const auto type = reader_.find_actor_type(label.name);
        const double share = type ? static_cast<double>(reader_.count(*type)) / actors : 0;
        each *= std::max(share, 1e-6);
    }
    if (sought.properties) each *= 0.1;
    return each;
}

/// The relationship of the pattern with fewest of its kind, if reading all of them is cheaper than
/// asking every actor for its ties.
Planner::Step* Planner::whole_step(Match& m) const {
    if (!m.relationships.empty()) return nullptr;
    constexpr double kCheaper = 50;  // a record read in passing beside a look-up
    if (static_cast<double>(reader_.last_relationship().value) >
        kCheaper * static_cast<double>(reader_.counts().actors)) {
        return nullptr;
    }
    Step* best = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (Step& s : m.steps) {
        const RelationshipPattern& r = s.path->relationships[s.index];
        const Slot left = s.path->nodes[s.index].slot, right = s.path->nodes[s.index + 1].slot;
        if (s.done || r.hops || r.bound || s.path->selector != Selector::all || left == right ||
            is_bound(m, left) || is_bound(m, right)) {
            continue;
        }
        const double rows = relationships_of(r.types);
        if (rows < least) {
            least = rows;
            best = &s;
        }
    }
    return best;
}

OperatorPtr Planner::relationships(Match& m, Step& s, OperatorPtr input) {
    finish(m, s);
    const RelationshipPattern& r = s.path->relationships[s.index];
    const Slot left = s.path->nodes[s.index].slot, right = s.path->nodes[s.index + 1].slot;
    rows_ *= relationships_of(r.types) * (r.heading == Heading::both ? 2 : 1);
    m.relationships.push_back(r.slot);
    for (const Slot slot : {left, r.slot, right}) bind(m, slot);
    Hop hop{left, r.slot, right, r.heading, &r.types, false, {}};
    return made(std::make_unique<ScanRelationships>(std::move(input), std::move(hop)),
                hop_text(*s.path, s.index, false));
}

OperatorPtr Planner::many(Match& m, PathPattern& path, RelationshipPattern& r, bool reversed,
                          OperatorPtr input) {
    const std::size_t i = static_cast<std::size_t>(&r - path.relationships.data());
    const NodePattern& from = path.nodes[reversed ? i + 1 : i];
    const NodePattern& to = path.nodes[reversed ? i : i + 1];
    Hop hop{from.slot, r.slot, to.slot, r.heading, &r.types, is_bound(m, to.slot), m.relationships};
    if (reversed && hop.heading != Heading::both) {
        hop.heading = hop.heading == Heading::left ? Heading::right : Heading::left;
    }
    std::vector<const Expression*> each;
    std::vector<ExpressionPtr>& owned = made_->made;
    if (r.properties && r.properties->op == Op::map) {
        for (std::size_t k = 0; k < r.properties->parts.size(); ++k) {
            owned.push_back(property_test(variable_of(r.variable, r.each, r.at), r.properties->names[k],
                                          *r.properties->parts[k]));
            each.push_back(owned.back().get());
        }
    }
    const Hops hops = r.hops.value_or(Hops{1, 1});
    const std::string detail = hop_text(path, i, reversed);
    if (path.selector != Selector::all) {
        return made(std::make_unique<ExpandShortest>(std::move(input), std::move(hop), hops,
                                                     std::move(each), r.each == kNoSlot ? r.slot : r.each,
                                                     reversed, path.selector, path.count),
                    detail);
    }
    return made(std::make_unique<ExpandMany>(std::move(input), std::move(hop), hops, std::move(each), r.each,
                                             reversed, r.bound),
                detail);
}

OperatorPtr Planner::step(Match& m, Step& s, OperatorPtr input) {
    finish(m, s);
    PathPattern& path = *s.path;
    RelationshipPattern& r = path.relationships[s.index];
    const NodePattern& left = path.nodes[s.index];
    const NodePattern& right = path.nodes[s.index + 1];
    const bool reversed = !is_bound(m, left.slot) && is_bound(m, right.slot);
    rows_ *= std::max(fan_out(m, s), 1e-9);
    OperatorPtr op;
    if (r.hops || path.selector != Selector::all) {
        op = many(m, path, r, reversed, std::move(input));
    } else if (r.bound) {
        Hop hop{left.slot, r.slot, right.slot, r.heading, &r.types, is_bound(m, right.slot), m.relationships};
        op = made(std::make_unique<ExpandKnown>(std::move(input), std::move(hop), is_bound(m, left.slot)),
                  hop_text(path, s.index, false));
    } else {
        const NodePattern& from = reversed ? right : left;
        const NodePattern& to = reversed ? left : right;
        Hop hop{from.slot, r.slot, to.slot, r.heading, &r.types, is_bound(m, to.slot), m.relationships};
        if (reversed && hop.heading != Heading::both) {
            hop.heading = hop.heading == Heading::left ? Heading::right : Heading::left;
        }
        op = made(std::make_unique<Expand>(std::move(input), std::move(hop)),
                  hop_text(path, s.index, reversed));
    }
    m.relationships.push_back(r.slot);
    for (const Slot slot : {left.slot, r.slot, right.slot}) bind(m, slot);
    return op;
}

OperatorPtr Planner::filter(Match& m, OperatorPtr input) {
    std::vector<const Expression*> ready;
    std::string detail;
    std::sort(m.ready.begin(), m.ready.end());
    for (const std::size_t i : std::exchange(m.ready, {})) {
        Predicate& p = m.predicates[i];
        if (p.used) continue;
        p.used = true;
        ready.push_back(p.expression);
        detail += (detail.empty() ? "" : " AND ") + to_text(*p.expression);
        rows_ *= p.expression->op == Op::comparison && p.expression->names[0] == "=" ? 0.1 : 0.5;
    }
    if (ready.empty()) return input;
    return made(std::make_unique<Filter>(std::move(input), std::move(ready)), detail);
}

void Planner::node_predicates(Match& m, const NodePattern& n) {
    std::vector<ExpressionPtr>& owned = made_->made;
    if (!n.labels.empty()) {
        auto test = std::make_unique<Expression>(Op::has_labels, n.at, n.at);
        test->parts.push_back(variable_of(n.variable, n.slot, n.at));
        test->labels = n.labels;
        owned.push_back(std::move(test));
        add_predicate(m, *owned.back());
    }
    if (n.properties && n.properties->op == Op::map) {
        for (std::size_t i = 0; i < n.properties->parts.size(); ++i) {
            owned.push_back(property_test(variable_of(n.variable, n.slot, n.at), n.properties->names[i],
                                          *n.properties->parts[i]));
            add_predicate(m, *owned.back());
        }
    }
    if (n.where) add_predicate(m, *n.where);
}

void Planner::relationship_predicates(Match& m, const RelationshipPattern& r) {
    std::vector<ExpressionPtr>& owned = made_->made;
    if (r.properties && r.properties->op == Op::map && !r.hops) {
        for (std::size_t i = 0; i < r.properties->parts.size(); ++i) {
            owned.push_back(property_test(variable_of(r.variable, r.slot, r.at), r.properties->names[i],
                                          *r.properties->parts[i]));
            add_predicate(m, *owned.back());
        }
    }
    if (r.where) add_predicate(m, *r.where);
}

/// A shortest path to an end that is easily found is searched for from both ends, once that is done.
bool Planner::far_end_first(const Match& m, const Step& s) const {
    constexpr double kFew = 100;
    if (s.path->selector == Selector::all) return false;
    for (const std::size_t i : {s.index, s.index + 1}) {
        NodePattern& n = s.path->nodes[i];
        if (!is_bound(m, n.slot) && best_start(m, n).rows <= kFew) return true;
    }
    return false;
}

OperatorPtr Planner::pattern(Pattern& p, const ExpressionPtr& where, OperatorPtr input) {
    Pattern* const outer = std::exchange(made_, &p);
    Match m;
    for (PathPattern& path : p.paths) {
        for (NodePattern& n : path.nodes) {
            if (!n.bound) m.own.insert(n.slot);
            m.nodes.push_back(&n);
        }
        for (std::size_t i = 0; i < path.relationships.size(); ++i) {
            if (!path.relationships[i].bound) m.own.insert(path.relationships[i].slot);
            for (const std::size_t end : {i, i + 1}) m.touching[path.nodes[end].slot].push_back(m.steps.size());
            m.steps.push_back({&path, i, false});
        }
        m.own.insert(path.slot);
    }
    for (std::size_t i = 0; i < m.steps.size(); ++i) {
        const Step& s = m.steps[i];
        const RelationshipPattern& r = s.path->relationships[s.index];
        if (is_bound(m, s.path->nodes[s.index].slot) || is_bound(m, s.path->nodes[s.index + 1].slot) || (r.bound && !r.hops)) {
            m.open.insert(i);
        }
    }
    for (PathPattern& path : p.paths) {
        for (const NodePattern& n : path.nodes) {
            node_predicates(m, n);
            if (n.bound && path.nodes.size() == 1) {
                auto test = std::make_unique<Expression>(Op::is_not_null, n.at, n.at);
                test->parts.push_back(variable_of(n.variable, n.slot, n.at));
                p.made.push_back(std::move(test));
                add_predicate(m, *p.made.back());
            }
        }
        for (const RelationshipPattern& r : path.relationships) relationship_predicates(m, r);
    }
    if (where) add_predicate(m, *where);

    OperatorPtr op = filter(m, std::move(input));
    for (;;) {
        look_at_clock();
        Step* const best = next_step(m);
        const bool lone = any_unbound(m);
        if (best != nullptr && !(lone && far_end_first(m, *best))) {
            op = step(m, *best, std::move(op));
        } else if (lone) {
            op = begin(m, std::move(op));
        } else if (m.done == m.steps.size()) {
            break;
        } else {
            const Step& waiting = m.steps[*m.open.begin()];
            throw Failure(fault::syntax("UndefinedVariable"), waiting.path->relationships[waiting.index].at,
                          "the properties of relationships of several hops name each other, or what they are a part of",
                          "compare them in WHERE");
        }
        op = filter(m, std::move(op));
    }
    for (PathPattern& path : p.paths) {
        bind(m, path.slot);
        if (path.variable.empty()) continue;
        op = made(std::make_unique<MakePath>(std::move(op), &path), path.variable);
    }
    op = filter(m, std::move(op));
    made_ = outer;
    return op;
}

}  // namespace entente::query
