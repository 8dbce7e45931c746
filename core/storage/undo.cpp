// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/error.hpp"
#include "core/storage/bulk_tuples.hpp"
#include "core/storage/property_entries.hpp"
#include "core/storage/reversal.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// From here on whole tables are filtered instead of single rows erased.
constexpr std::uint64_t kMany = 4096;

/// The parts of [first, last] that have not ended, ascending.
Ranges live_parts(const Tables& tables, Table ended, std::uint64_t first, std::uint64_t last) {
    Ranges out;
    std::uint64_t at = first;
    tables.scan(tuple_schema(ended), {first, 0, 0, 0}, [&](const Tuple& t) {
        if (t[1] > last) return false;
        if (t[1] > at) out.emplace_back(at, t[1] - 1);
        at = std::max(at, t[0] + 1);
        return true;
    });
    if (at <= last) out.emplace_back(at, last);
    return out;
}

std::uint64_t total(const Ranges& parts) {
    std::uint64_t n = 0;
    for (const auto& [a, b] : parts) n += b - a + 1;
    return n;
}

bool inside(std::uint64_t id, std::uint64_t first, std::uint64_t last) {
    return id >= first && id <= last;
}
/// REQUIRES: ascending.
bool inside(std::uint64_t id, const Ranges& ranges) {
    const auto at = std::partition_point(ranges.begin(), ranges.end(),
                                         [&](const auto& r) { return r.second < id; });
    return at != ranges.end() && at->first <= id;
}

}  // namespace

void end_relationships(WriterState& w, std::uint64_t first, std::uint64_t last) {
    if (first <= last) end_relationships(w, Ranges{{first, last}});
}

void end_relationships(WriterState& w, const Ranges& ranges) {
    Ranges parts;
    for (const auto& [first, last] : ranges)
        for (const auto& part : live_parts(*w.tables, Table::ended_relationships, first, last))
            parts.push_back(part);
    const std::uint64_t n = total(parts);
    if (n == 0) return;
    auto& counts = w.dictionary.relationships_of_type;
    const TupleSchema &out = tuple_schema(Table::out), &in = tuple_schema(Table::in),
                      &keys = tuple_schema(Table::relationship_keys);
    if (n == w.state.relationships) {
        for (const TupleSchema* s : {&out, &in, &keys}) w.tables->clear(*s);
        std::fill(counts.begin(), counts.end(), 0);
    } else if (n > kMany) {
        w.tables->retain(out, [&](const Tuple& t) {
            if (!inside(t[3], parts)) return true;
            --counts[t[1]];
            return false;
        });
        w.tables->retain(in, [&](const Tuple& t) { return !inside(t[3], parts); });
        w.tables->retain(keys, [&](const Tuple& t) { return !inside(t[1], parts); });
    } else {
        std::vector<TieRow> ties;
        for (const auto& [a, b] : parts)
            for (std::uint64_t id = a; id <= b; ++id)
                ties.push_back(tie_of(w, *w.tables->row(Table::relationships, id)));
        index_ties(w, ties, true);
    }
    for (const auto& [a, b] : parts) end_range(w, Table::ended_relationships, a, b);
}

void end_actors(WriterState& w, std::uint64_t first, std::uint64_t last) {
    if (first > last) return;
    const auto parts = live_parts(*w.tables, Table::ended_actors, first, last);
    const std::uint64_t n = total(parts);
    if (n == 0) return;
    auto& counts = w.dictionary.actors_of_type;
    if (n == w.state.actors) {
        for (const Table t : {Table::keys, Table::names, Table::words, Table::trigrams,
                              Table::type_list, Table::component_parent, Table::component_size})
            w.tables->clear(tuple_schema(t));
        drop_all_properties(w);
        std::fill(counts.begin(), counts.end(), 0);
    } else if (n > kMany) {
        for (const Table table : {Table::keys, Table::names, Table::words})
            w.tables->retain(tuple_schema(table),
                             [&](const Tuple& t) { return !inside(t[1], first, last); });
        w.tables->retain(tuple_schema(Table::type_list), [&](const Tuple& t) {
            if (!inside(t[1], first, last)) return true;
            --counts[t[0]];
            return false;
        });
        drop_properties(w, first, last);
    } else {
        for (const auto& [a, b] : parts)
            for (std::uint64_t id = a; id <= b; ++id)
                index_actor(w, *w.tables->row(Table::actors, id), true);
    }
    for (const auto& [a, b] : parts) end_range(w, Table::ended_actors, a, b);
}

void restore_evidence(WriterState& w, std::uint64_t subject, std::string_view text) {
    std::vector<Tables::Change> links, inverse;
    for (const Tuple& t : w.tables->tuples_of(tuple_schema(Table::evidence_source), subject)) {
        links.push_back({t, true});
        inverse.push_back({{t[1] >> 1, subject, 0, 0}, true});
    }
    for (const auto& link : links)
        if ((link.tuple[1] & kHasDetail) != 0 &&
            w.tables->erase(evidence_key(
                subject, SourceId(static_cast<std::uint32_t>(link.tuple[1] >> 1)))))
            --w.state.evidence_details;
    w.change_index(Table::evidence_source, links);
    w.change_index(Table::evidence_subject, inverse);
    links.clear();
    inverse.clear();
    ByteReader in(text);
    while (!in.done()) {
        const std::uint64_t link = in.varint();
        const SourceId source(static_cast<std::uint32_t>(link >> 1));
        links.push_back({{subject, link, 0, 0}, false});
        inverse.push_back({{source.value, subject, 0, 0}, false});
        if ((link & kHasDetail) == 0) continue;
        w.tables->put(evidence_key(subject, source), in.text());
        ++w.state.evidence_details;
    }
    w.change_index(Table::evidence_source, links);
    w.change_index(Table::evidence_subject, inverse);
}

namespace {

/// Undoings of undoings: those that made `id` stand again.
std::vector<std::uint64_t> standing_redos(const WriterState& w, std::uint64_t id, std::uint64_t last) {
    std::vector<std::uint64_t> out;
    for (std::uint64_t n = id + 1; n <= last; ++n) {
        const StoredChangeSet redo = stored_set(w, n);
        if (!redo.set.undoes || redo.set.undoes.value <= id) continue;
        if (stored_set(w, redo.set.undoes.value).set.undoes.value == id) out.push_back(n);
    }
    return out;
}

std::string numbers(const std::vector<Resting>& resting) {
    std::string out;
    for (const Resting& r : resting) out += (out.empty() ? "" : ", ") + std::to_string(r.set);
    return out;
}

}  // namespace

std::vector<std::uint32_t> undone_by(const WriterState& w, std::uint64_t last) {
    std::vector<std::uint32_t> by(last + 1, 0);
    for (std::uint64_t n = 1; n <= last; ++n) {
        const std::uint64_t undone = stored_set(w, n).set.undoes.value;
        if (undone == 0) continue;
        for (std::uint32_t& each : by)
            if (each == undone) each = 0;
        by[undone] = static_cast<std::uint32_t>(n);
        for (const std::uint64_t redo : standing_redos(w, undone, n - 1))
            if (by[redo] == 0) by[redo] = static_cast<std::uint32_t>(n);
    }
    return by;
}

void undo_change_set(WriterState& w, ChangeSetId id) {
    if (!id || id.value > w.state.change_sets)
        throw Error(ErrorKind::usage, "there is no change set " + std::to_string(id.value),
                    "'entente log' lists them");
    const StoredChangeSet set = stored_set(w, id.value);
    if (set.set.undone_by)
        throw Error(ErrorKind::usage,
                    "change set " + std::to_string(id.value) + " was undone by change set " +
                        std::to_string(set.set.undone_by.value));
    if (const auto resting = resting_on(w, set); !resting.empty()) {
        std::string why;
        for (const Resting& r : resting)
            why += "change set " + std::to_string(r.set) + " " + r.why + " (" +
                   stored_set(w, r.set).set.what + ")\n";
        throw Error(ErrorKind::usage,
                    "change set " + std::to_string(id.value) + " cannot be undone: change set " +
                        numbers(resting) + (resting.size() == 1 ? " rests" : " rest") + " on it",
                    why + "undo " + std::to_string(resting.back().set) + " first");
    }
    reverse(w, set);
    w.set.set.undoes = id;
    // Undoing an undoing makes what that had undone stand again.
    for (std::uint64_t n = 1; n < id.value; ++n) {
        StoredChangeSet earlier_set = stored_set(w, n);
        if (earlier_set.set.undone_by != id) continue;
        earlier_set.set.undone_by = {};
        store_set(w, earlier_set);
    }
    std::vector<std::uint64_t> undone = standing_redos(w, id.value, w.state.change_sets);
    undone.push_back(id.value);
    for (const std::uint64_t n : undone) {
        StoredChangeSet one = stored_set(w, n);
        if (one.set.undone_by) continue;
        one.set.undone_by = w.set.set.id;
        store_set(w, one);
    }
}

}  // namespace entente::storage
