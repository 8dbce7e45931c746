// SPDX-License-Identifier: MIT
#include "core/storage/waiting_changes.hpp"

#include <algorithm>
#include <utility>

namespace entente::storage {

std::size_t WaitingChanges::Level::size() const {
    std::size_t sum = 0;
    for (const OfTable& t : tables) sum += t.size();
    return sum;
}

bool WaitingChanges::holds(Table table) const {
    if (empty()) return false;
    return std::any_of(levels_.begin(), levels_.end(), [&](const Level& level) {
        return level.written_in == 0 && std::any_of(level.tables.begin(), level.tables.end(), [&](const OfTable& t) {
                   return t.table == table && t.size() != 0;
               });
    });
}

WaitingChanges::OfTable& WaitingChanges::of(Table table) {
    std::vector<OfTable>& tables = levels_.back().tables;
    for (OfTable& t : tables)
        if (t.table == table) return t;
    tables.emplace_back();
    tables.back().table = table;
    return tables.back();
}

void WaitingChanges::add(const TupleSchema& schema, const std::vector<TupleChange>& changes) {
    OfTable& t = of(schema.table);
    t.schema = &schema;
    t.changes.insert(t.changes.end(), changes.begin(), changes.end());
    count_ += changes.size();
}

void WaitingChanges::add(Table table, Row row) {
    of(table).rows.push_back(std::move(row));
    ++count_;
}

void WaitingChanges::flush(const std::function<void(const TupleSchema&, std::vector<TupleChange>&)>& tuples,
                           const std::function<void(Table, std::vector<Row>)>& rows) {
    if (empty()) return;
    count_ = 0;  // before writing, which looks into the tables itself
    for (std::size_t i = 0; i < levels_.size(); ++i) {
        if (levels_[i].written_in != 0) continue;
        const bool own = i + 1 == levels_.size();
        for (OfTable& t : levels_[i].tables) {
            std::vector<TupleChange> changes = own ? std::exchange(t.changes, {}) : t.changes;
            if (!changes.empty()) tuples(*t.schema, changes);
            std::vector<Row> fresh = own ? std::exchange(t.rows, {}) : t.rows;
            if (!fresh.empty()) rows(t.table, std::move(fresh));
        }
        if (!own) levels_[i].written_in = levels_.size() - 1;
    }
}

void WaitingChanges::begin() { levels_.emplace_back(); }

void WaitingChanges::end() {
    Level child = std::move(levels_.back());
    levels_.pop_back();
    const std::size_t depth = levels_.size();
    for (std::size_t i = 0; i < depth; ++i) {
        if (levels_[i].written_in != depth) continue;
        if (i + 1 == depth) levels_[i] = {};
        else levels_[i].written_in = depth - 1;
    }
    count_ -= child.size();
    for (OfTable& t : child.tables) {
        if (!t.changes.empty()) add(*t.schema, t.changes);
        for (Row& row : t.rows) add(t.table, std::move(row));
    }
}

void WaitingChanges::abort() noexcept {
    count_ -= levels_.back().size();
    levels_.pop_back();
    for (Level& level : levels_) {
        if (level.written_in != levels_.size()) continue;
        level.written_in = 0;
        count_ += level.size();
    }
}

}  // namespace entente::storage
