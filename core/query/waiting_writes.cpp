// SPDX-License-Identifier: MIT
#include "core/query/waiting_writes.hpp"

#include <algorithm>

namespace entente::query {
namespace {

bool blind(const ExpressionPtr& e) {
    return !e || (e->pattern == nullptr && e->subquery == nullptr && std::all_of(e->parts.begin(), e->parts.end(), blind));
}

bool blind(const Pattern& pattern) {
    return std::all_of(pattern.paths.begin(), pattern.paths.end(), [](const PathPattern& path) {
        const auto of_bare_values = [](const auto& element) { return blind(element.properties); };
        return std::all_of(path.nodes.begin(), path.nodes.end(), of_bare_values) &&
               std::all_of(path.relationships.begin(), path.relationships.end(), of_bare_values);
    });
}

bool merges(const std::vector<Clause>& clauses) {
    return std::any_of(clauses.begin(), clauses.end(), [](const Clause& clause) {
        return clause.kind == Clause::Kind::merge || merges(clause.body) || (clause.subquery && merges(*clause.subquery));
    });
}

}  // namespace

bool looks_at_single_records(const Clause& clause) {
    const auto of_bare_values = [](const SetItem& item) { return blind(item.target) && blind(item.value); };
    const auto all_of = [&](const std::vector<SetItem>& items) { return std::all_of(items.begin(), items.end(), of_bare_values); };
    return blind(clause.pattern) && blind(clause.expression) && all_of(clause.sets) && all_of(clause.on_create) && all_of(clause.on_match);
}

bool merges(const Query& query) {
    return std::any_of(query.parts.begin(), query.parts.end(), [](const auto& part) { return merges(part.clauses); });
}

bool only_adds(const Query& query) {
    if (query.parts.size() != 1) return false;
    const auto& clauses = query.parts.front().clauses;
    return std::all_of(clauses.begin(), clauses.end(), [](const Clause& clause) {
        if (clause.kind == Clause::Kind::unwind) return blind(clause.expression);
        return clause.kind == Clause::Kind::create && blind(clause.pattern);
    });
}

}  // namespace entente::query
