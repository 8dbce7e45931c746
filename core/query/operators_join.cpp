// SPDX-License-Identifier: MIT
#include "core/query/operators_join.hpp"

#include "core/model/temporal.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

/// What is equal gets one key: a day is a day, of whichever kind; lists and maps are left to the filter.
Datums key_of(const Datum& d) {
    if (d.kind() == Kind::date) {
        const Date& date = d.temporal().date();
        if (date.earliest() == date.latest()) return {Datum(Value(CalendarDay{date.earliest()}))};
    }
    if (d.kind() == Kind::list) return {Datum(Datums())};
    if (d.kind() == Kind::map) return {Datum(DatumMap())};
    return {d};
}

}  // namespace

void JoinActors::open(Row& row, Context& context) {
    table_.clear();
    context.release(held_);
    held_ = 0;
    found_ = nullptr;
    built_ = false;
    input().open(row, context);
}

void JoinActors::build(Row& row, Context& context) {
    built_ = true;
    scan_->open(row, context);
    while (scan_->next(row, context)) {
        context.step();
        const Datum key = evaluate(*key_, row, context);
        if (key.is_null()) continue;
        std::size_t bytes = sizeof(ActorId) * 2;
        const auto [at, fresh] = table_.try_emplace(key_of(key));
        if (fresh) bytes += 128 + key.bytes();
        at->second.push_back(row[slot_].node());
        context.hold(bytes);
        held_ += bytes;
    }
}

bool JoinActors::pull(Row& row, Context& context) {
    for (;;) {
        context.step();
        if (found_ != nullptr && at_ < found_->size()) {
            row[slot_] = Datum((*found_)[at_++]);
            return true;
        }
        found_ = nullptr;
        if (!input().next(row, context)) return false;
        if (!built_) build(row, context);
        const Datum probe = evaluate(*probe_, row, context);
        if (probe.is_null()) continue;
        const auto at = table_.find(key_of(probe));
        if (at == table_.end()) continue;
        found_ = &at->second;
        at_ = 0;
    }
}

}  // namespace entente::query
