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

}  // namespace entente::query
