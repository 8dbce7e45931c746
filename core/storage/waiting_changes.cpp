// SPDX-License-Identifier: MIT
#include "core/storage/waiting_changes.hpp"

#include <algorithm>
#include <utility>

namespace entente::storage {

std::size_t WaitingChanges::Level::weight() const {
    std::size_t sum = 0;
    for (const OfTable& t : tables) sum += t.weight();
    return sum;
}

bool WaitingChanges::holds(Table table) const {
    if (empty()) return false;
    return std::any_of(levels_.begin(), levels_.end(), [&](const Level& level) {
        return level.written_in == 0 && std::any_of(level.tables.begin(), level.tables.end(), [&](const OfTable& t) {
                   return t.table == table && t.weight() != 0;
               });
    });
}

std::vector<TupleChange> WaitingChanges::changes(Table table, std::uint64_t first) const {
    std::vector<TupleChange> out;
    if (empty()) return out;
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
        if (level->written_in != 0) continue;
        for (const OfTable& t : level->tables) {
            if (t.table != table) continue;
            const auto found = t.latest.find(first);
            for (std::uint32_t at = found == t.latest.end() ? 0 : found->second; at != 0; at = t.earlier[at - 1])
                out.push_back(t.changes[at - 1]);
        }
    }
    std::reverse(out.begin(), out.end());
    return out;
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
    for (const TupleChange& c : changes) {
        t.changes.push_back(c);
        t.earlier.push_back(std::exchange(t.latest[c.tuple[0]], static_cast<std::uint32_t>(t.changes.size())));
    }
    weight_ += changes.size();
}

void WaitingChanges::add(Table table, Row row) {
    const std::uint64_t id = row.id;
    if (of(table).rows.insert_or_assign(id, std::move(row)).second) weight_ += kRow;
}

const Row* WaitingChanges::find(Table table, std::uint64_t id) const {
    if (empty()) return nullptr;
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
        if (level->written_in != 0) continue;
        for (const OfTable& t : level->tables) {
            if (t.table != table) continue;
            if (const auto at = t.rows.find(id); at != t.rows.end()) return &at->second;
        }
    }
    return nullptr;
}

void WaitingChanges::flush(const std::function<void(const TupleSchema&, std::vector<TupleChange>&)>& tuples,
                           const std::function<void(Table, std::vector<Row>)>& rows) {
    if (empty()) return;
    struct Flushing {  // writing looks into the tables itself; nothing waits for it then
        explicit Flushing(bool& on) : on_(on) { on_ = true; }
        ~Flushing() { on_ = false; }
        bool& on_;
    };
    const Flushing flushing(flushing_);
    for (Level& level : levels_) {
        if (level.written_in != 0) continue;
        for (const OfTable& t : level.tables) {
            if (std::vector<TupleChange> changes = t.changes; !changes.empty()) tuples(*t.schema, changes);
            if (t.rows.empty()) continue;
            std::vector<Row> ascending;
            ascending.reserve(t.rows.size());
            for (const auto& [id, row] : t.rows) ascending.push_back(row);
            rows(t.table, std::move(ascending));
        }
    }
    // all of it is written: only now is it known not to wait any more
    weight_ = 0;
    levels_.back().tables.clear();
    for (std::size_t i = 0; i + 1 < levels_.size(); ++i)
        if (levels_[i].written_in == 0) levels_[i].written_in = levels_.size() - 1;
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
    weight_ -= child.weight();
    for (OfTable& t : child.tables) {
        if (!t.changes.empty()) add(*t.schema, t.changes);
        for (auto& [id, row] : t.rows) add(t.table, std::move(row));
    }
}

void WaitingChanges::abort() noexcept {
    levels_.pop_back();
    weight_ = 0;
    for (Level& level : levels_) {
        if (level.written_in == levels_.size()) level.written_in = 0;
        if (level.written_in == 0) weight_ += level.weight();
    }
}

}  // namespace entente::storage
