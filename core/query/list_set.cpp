// SPDX-License-Identifier: MIT
#include "core/query/list_set.hpp"

#include <utility>

#include "core/query/compare.hpp"

namespace entente::query {
ListSet::ListSet(Datum list) : list_(std::move(list)) {
    for (const Datum& each : list_.list()) {
        if (each.kind() == Datum::Kind::text) texts_.insert(each.text());
        else if (each.kind() == Datum::Kind::integer) integers_.insert(each.integer());
        else others_.push_back(each);
    }
}

std::optional<bool> ListSet::holds(const Datum& what) const {
    if (what.kind() == Datum::Kind::text) {
        if (texts_.contains(what.text())) return true;
        return among(what, others_);
    }
    if (what.kind() == Datum::Kind::integer) {
        if (integers_.contains(what.integer())) return true;
        return among(what, others_);
    }
    return among(what, list_.list());
}

}  // namespace entente::query
