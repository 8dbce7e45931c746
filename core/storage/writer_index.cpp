// SPDX-License-Identifier: MIT
// What actors and relationships are found by, as they are written.
#include <algorithm>
#include <iterator>

#include "core/storage/merges.hpp"
#include "core/storage/property_entries.hpp"
#include "core/storage/value_codec.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {

void WriterState::change_index(Table table, std::vector<Tables::Change>& changes) {
    if (waits == Waits::all) tables->apply_later(tuple_schema(table), changes);
    else tables->apply(tuple_schema(table), changes);
}

namespace {

/// What an actor is found by.
struct ActorEntries {
    std::vector<Tuple> keys, types, names, words, properties, trigrams;
};

ActorEntries entries_of(WriterState& w, const Row& row, bool names_too = true) {
    ActorEntries out;
    const std::uint64_t id = row.id;
    if (const OwnedCell* key = row.find(column::kKey)) out.keys.push_back({name_hash(key->bytes), id, 0, 0});
    if (w.state.format >= kFormatOfMerges) {
        for (const ActorId other : absorbed_by(*w.tables, ActorId(static_cast<std::uint32_t>(id))))
            if (const auto key = w.tables->cell(Table::actors, other.value, column::kKey))
                out.keys.push_back({name_hash(key->bytes), id, 0, 0});
    }
    if (const OwnedCell* types = row.find(column::kTypes))
        for (const ActorType t : w.dictionary.type_set(static_cast<std::uint32_t>(types->number)))
            out.types.push_back({t.value, id, 0, 0});
    const NameEntries names = names_too ? name_entries(row, w.dictionary) : NameEntries{};
    for (const std::uint64_t h : names.exact) out.names.push_back({h, id, 0, 0});
    for (const std::uint64_t p : names.prefixes) out.words.push_back({p, id, 0, 0});
    for (const auto& [t, p] : names.trigrams) out.trigrams.push_back({t, p, 0, 0});
    out.properties = index_entries(row, w.dictionary);
    for (auto* tuples : {&out.keys, &out.types, &out.names, &out.words, &out.properties, &out.trigrams}) {
        std::sort(tuples->begin(), tuples->end());
        tuples->erase(std::unique(tuples->begin(), tuples->end()), tuples->end());
    }
    return out;
}

std::vector<Tables::Change> difference(const std::vector<Tuple>& before, const std::vector<Tuple>& after) {
    std::vector<Tuple> gone, come;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(come));
    std::vector<Tables::Change> out;
    for (const Tuple& t : gone) out.push_back({t, true});
    for (const Tuple& t : come) out.push_back({t, false});
    return out;
}

void move_entries(WriterState& w, const ActorEntries& before, const ActorEntries& after) {
    std::vector<Tables::Change> changes = difference(before.keys, after.keys);
    w.tables->apply(tuple_schema(Table::keys), changes);
    changes = difference(before.types, after.types);
    for (const Tables::Change& c : changes) {
        auto& count = w.dictionary.actors_of_type[c.tuple[0]];
        count = c.erase ? count - 1 : count + 1;
    }
    w.change_index(Table::type_list, changes);
    changes = difference(before.names, after.names);
    w.change_index(Table::names, changes);
    changes = difference(before.words, after.words);
    w.change_index(Table::words, changes);
    changes = difference(before.properties, after.properties);
    if (!changes.empty()) w.change_index(Table::indexed, changes);
    // Trigrams belong to words, not to actors: another actor may still need them.
    if (before.trigrams == after.trigrams) return;
    changes = difference({}, after.trigrams);
    w.change_index(Table::trigrams, changes);
}

}  // namespace

void index_actor(WriterState& w, const Row& row, bool erase) {
    if (erase) move_entries(w, entries_of(w, row), {});
    else move_entries(w, {}, entries_of(w, row));
}

void reindex_actor(WriterState& w, const Row& before, const Row& after) {
    const bool renamed = names_differ(before, after, w.dictionary);
    move_entries(w, entries_of(w, before, renamed), entries_of(w, after, renamed));
}

TieRow tie_of(const WriterState& w, const Row& row) {
    TieRow t;
    t.id = row.id;
    const auto number = [&](std::uint32_t column) {
        const OwnedCell* c = row.find(column);
        if (c == nullptr) throw_corrupt("a relationship has no ends");
        return static_cast<std::uint32_t>(c->number);
    };
    t.from = number(column::kFrom);
    t.to = number(column::kTo);
    t.type = number(column::kType);
    if (const auto p = w.dictionary.find_property("id"))
        if (const OwnedCell* c = row.find(column::kFirstProperty + p->value))
            t.key = to_text(value_of(c->view()));
    return t;
}

void index_ties(WriterState& w, const std::vector<TieRow>& ties, bool erase) {
    std::vector<Tables::Change> out, in, keys;
    out.reserve(ties.size());
    in.reserve(ties.size());
    for (const TieRow& t : ties) {
        out.push_back({{t.from, t.type, t.to, t.id}, erase});
        in.push_back({{t.to, t.type, t.from, t.id}, erase});
        if (!t.key.empty()) keys.push_back({{name_hash(t.key), t.id, 0, 0}, erase});
        auto& count = w.dictionary.relationships_of_type[t.type];
        count = erase ? count - 1 : count + 1;
    }
    w.change_index(Table::out, out);
    w.change_index(Table::in, in);
    w.change_index(Table::relationship_keys, keys);
}

}  // namespace entente::storage
