// SPDX-License-Identifier: MIT
#include "core/error.hpp"
#include "core/storage/reversal.hpp"
#include "core/storage/store.hpp"

namespace entente::storage {
namespace {

/// Takes the traces of a reversed change set out of history and journal.
void forget(WriterState& w, std::uint64_t set) {
    std::vector<Tables::Change> journal;
    for (const JournalLine& l : journal_of(w, set)) {
        journal.push_back({{set, static_cast<std::uint64_t>(l.operation), l.id, 0}, true});
        if (w.tables->erase(history_key(l.operation, l.id, static_cast<std::uint32_t>(set)))) --w.state.history;
    }
    w.tables->apply(tuple_schema(Table::journal), journal);
    w.tables->erase(number_key(Table::change_sets, set));
}

}  // namespace

Reader Store::read_at(ChangeSetId then) const {
    Reader now = read();
    ReaderState& r = now.state();
    if (then.value > r.state->change_sets)
        throw Error(ErrorKind::usage, "there is no change set " + std::to_string(then.value),
                    "'entente log' lists them");
    if (then.value == r.state->change_sets) return now;
    WriterState w;
    w.environment = environment_;
    w.tables = std::make_unique<Tables>(std::move(*r.own_tables));
    w.tables->lay_sheet();
    w.state = *r.own_state;
    w.dictionary = *r.own_dictionary;
    w.reader = std::make_unique<Reader>(detached_reader());
    w.borrow();
    w.going_back = true;
    w.set.set.id = ChangeSetId(w.state.change_sets + 1);
    for (std::uint64_t n = w.state.change_sets; n > then.value; --n) reverse(w, stored_set(w, n));
    for (std::uint64_t n = w.state.change_sets; n > then.value; --n) forget(w, n);
    w.state.change_sets = then.value;
    const StoredChangeSet last = then ? stored_set(w, then.value) : StoredChangeSet{};
    w.state.last_actor = last.last_actor;
    w.state.last_relationship = last.last_relationship;
    const auto by = undone_by(w, then.value);
    for (std::uint64_t n = 1; n <= then.value; ++n) {
        StoredChangeSet set = stored_set(w, n);
        if (set.set.undone_by.value == by[n]) continue;
        set.set.undone_by = ChangeSetId(by[n]);
        store_set(w, set);
    }
    w.tables->only_read();
    r.own_tables.emplace(std::move(*w.tables));
    r.tables = &*r.own_tables;
    r.own_state = w.state;
    r.state = &*r.own_state;
    r.own_dictionary = std::make_shared<const Dictionary>(std::move(w.dictionary));
    r.dictionary = r.own_dictionary.get();
    return now;
}

}  // namespace entente::storage
