// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/query/operators.hpp"

namespace entente::query {

// --- sorting ---

void Sort::open(Row& row, Context& context) {
    entries_.clear();
    context.release(held_);
    held_ = 0;
    at_ = 0;
    ready_ = false;
    input().open(row, context);
}

bool Sort::before(const Entry& a, const Entry& b) const {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const auto o = order(a.keys[i], b.keys[i]);
        if (o != 0) return keys_[i].descending ? o > 0 : o < 0;
    }
    return a.number < b.number;
}

void Sort::read(Row& row, Context& context) {
    std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    if (limit_ != nullptr) {
        most = row_count(*limit_, row, context);
        if (skip_ != nullptr) most += row_count(*skip_, row, context);
    }
    const auto less = [this](const Entry& a, const Entry& b) { return before(a, b); };
    std::uint64_t number = 0;
    while (input().next(row, context)) {
        context.step();
        Datums keys;
        keys.reserve(keys_.size());
        for (const Key& key : keys_) keys.push_back(evaluate(*key.expression, row, context));
        Entry entry{std::move(keys), Saved({}, row), number++};
        // A heap of the best so far, the worst on top.
        if (entries_.size() >= most && (most == 0 || !before(entry, entries_.front()))) continue;
        entry.saved = Saved(live_, row);
        const std::size_t bytes = entry.saved.bytes() + entry.keys.size() * sizeof(Datum) + 48;
        context.hold(bytes);
        held_ += bytes;
        if (limit_ == nullptr) {
            entries_.push_back(std::move(entry));
            continue;
        }
        if (entries_.size() >= most) {
            std::pop_heap(entries_.begin(), entries_.end(), less);
            const std::size_t gone =
                entries_.back().saved.bytes() + entries_.back().keys.size() * sizeof(Datum) + 48;
            context.release(gone);
            held_ -= gone;
            entries_.pop_back();
        }
        entries_.push_back(std::move(entry));
        std::push_heap(entries_.begin(), entries_.end(), less);
    }
    std::sort(entries_.begin(), entries_.end(), less);
    ready_ = true;
}

bool Sort::pull(Row& row, Context& context) {
    if (!ready_) read(row, context);
    if (at_ >= entries_.size()) return false;
    entries_[at_++].saved.put_back(live_, row);
    return true;
}

// --- reading ahead ---

void Eager::open(Row& row, Context& context) {
    rows_read_.clear();
    context.release(held_);
    held_ = 0;
    at_ = 0;
    ready_ = false;
    input().open(row, context);
}

bool Eager::pull(Row& row, Context& context) {
    if (!ready_) {
        while (input().next(row, context)) {
            context.step();
            rows_read_.emplace_back(live_, row);
            context.hold(rows_read_.back().bytes());
            held_ += rows_read_.back().bytes();
        }
        ready_ = true;
    }
    if (at_ >= rows_read_.size()) return false;
    rows_read_[at_++].put_back(live_, row);
    return true;
}

// --- grouping ---

void Aggregation::open(Row& row, Context& context) {
    groups_.clear();
    places_.clear();
    context.release(held_);
    held_ = 0;
    at_ = 0;
    ready_ = false;
    input().open(row, context);
}

Aggregation::Group& Aggregation::group_of(const Datums& keys, Context& context) {
    const auto at = places_.find(keys);
    if (at != places_.end()) return groups_[at->second];
    Group group;
    for (const AggregateItem& item : items_) {
        Gathered& g = group.gathered.emplace_back();
        if (item.call->op != Op::count_star) g.accumulator = item.call->aggregate->make();
    }
    std::size_t bytes = 200 + items_.size() * 160;
    for (const Datum& d : keys) bytes += 2 * d.bytes();
    context.hold(bytes);
    held_ += bytes;
    group.keys = keys;
    places_.emplace(keys, groups_.size());
    groups_.push_back(std::move(group));
    return groups_.back();
}

void Aggregation::add(Group& group, Row& row, Context& context) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const Expression& call = *items_[i].call;
        Gathered& g = group.gathered[i];
        if (call.op == Op::count_star) {
            ++g.count;
            continue;
        }
        Datums& arguments = arguments_;
        arguments.clear();
        for (const ExpressionPtr& part : call.parts) arguments.push_back(evaluate(*part, row, context));
        if (call.distinct) {
            if (arguments[0].is_null()) continue;
            const std::size_t bytes = arguments[0].bytes() + 64;
            if (!g.seen.insert({arguments[0]}).second) continue;
            context.hold(bytes);
            held_ += bytes;
        }
        const std::size_t before = g.accumulator->bytes();
        g.accumulator->add({context, arguments, call.at});
        const std::size_t now = g.accumulator->bytes();
        if (now > before) {
            context.hold(now - before);
            held_ += now - before;
        }
    }
}

void Aggregation::read(Row& row, Context& context) {
    // count(*) alone needs no rows, only their number.
    if (keys_.empty() && items_.size() == 1 && items_[0].call->op == Op::count_star) {
        group_of({}, context).gathered[0].count = input().count(row, context);
        ready_ = true;
        return;
    }
    while (input().next(row, context)) {
        context.step();
        keys_now_.clear();
        for (const Project::Item& key : keys_) keys_now_.push_back(evaluate(*key.expression, row, context));
        add(group_of(keys_now_, context), row, context);
    }
    if (keys_.empty() && groups_.empty()) group_of({}, context);
    ready_ = true;
}

bool Aggregation::pull(Row& row, Context& context) {
    if (!ready_) read(row, context);
    if (at_ >= groups_.size()) return false;
    Group& group = groups_[at_++];
    for (std::size_t i = 0; i < keys_.size(); ++i) row[keys_[i].slot] = group.keys[i];
    for (std::size_t i = 0; i < items_.size(); ++i) {
        Gathered& g = group.gathered[i];
        row[items_[i].slot] =
            g.accumulator ? g.accumulator->result() : Datum(static_cast<std::int64_t>(g.count));
    }
    return true;
}

}  // namespace entente::query
