// SPDX-License-Identifier: MIT
#include "core/query/only_adds.hpp"

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

}  // namespace

bool only_adds(const Query& query) {
    if (query.parts.size() != 1) return false;
    const auto& clauses = query.parts.front().clauses;
    return std::all_of(clauses.begin(), clauses.end(), [](const Clause& clause) {
        if (clause.kind == Clause::Kind::unwind) return blind(clause.expression);
        return clause.kind == Clause::Kind::create && blind(clause.pattern);
    });
}

}  // namespace entente::query
