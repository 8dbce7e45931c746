// SPDX-License-Identifier: MIT
#include <algorithm>
#include <tuple>

#include "core/model/fragments.hpp"
#include "core/storage/arc_buckets.hpp"
#include "core/storage/loader_impl.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// Batches whose rows are counted through, whether they are kept or not; those that `of` chooses become arcs.
struct TieRows {
    TieRows(const std::map<std::uint64_t, TieChunk>& chunks, auto&& of) {
        std::uint64_t rows = 0;
        for (const auto& [sequence, chunk] : chunks) {
            std::uint64_t arcs = 0;
            for (std::size_t r = 0; r < chunk.rows; ++r) arcs += of(chunk, r) ? 1 : 0;
            chunk.let_go();
            sources.push_back({&chunk, static_cast<std::uint32_t>(rows), arcs});
            sequences.push_back(sequence);
            rows += chunk.rows;
            total += arcs;
        }
    }
    /// The batch of a row.
    [[nodiscard]] std::size_t at(std::uint32_t row) const {
        const auto after = std::upper_bound(sources.begin(), sources.end(), row,
                                            [](std::uint32_t r, const ArcSource& s) { return r < s.first_row; });
        return static_cast<std::size_t>(after - sources.begin() - 1);
    }
    std::vector<ArcSource> sources;
    std::vector<std::uint64_t> sequences;
    std::uint64_t total = 0;
};

}  // namespace

void Loader::Impl::join_ties() {
    join_ties_by_id();
    std::set<std::uint32_t> files_with_ties;
    for (const auto& [sequence, chunk] : tie_chunks) files_with_ties.insert(chunk.file);
    if (writer.reader().counts().relationships != 0 || files_with_ties.size() > 1) join_equal_ties();
}

void Loader::Impl::join_ties_by_id() {
    struct Place {
        std::uint64_t stored = 0;
        std::uint64_t sequence = 0;
        std::uint32_t row = 0;
    };
    using Known = tsl::robin_map<std::string, Place>;
    const bool look = writer.reader().counts().relationships != 0 &&
                      writer.reader().find_property("id").has_value();
    const auto meet = [&](Known& known, std::uint64_t sequence, TieChunk& chunk, std::uint32_t r) {
        std::string id(chunk.ids.bytes(r));
        Place place{0, sequence, r};
        if (look)
            if (const auto stored = writer.reader().relationship_by_key(id))
                place.stored = stored->value;
        const auto [at, fresh] = known.emplace(std::move(id), place);
        if (fresh && place.stored == 0) return;
        const Place& first = at->second;
        chunk.keep[r] = 0;
        tie_changes.push_back({sequence, r, first.stored, first.sequence, first.row});
    };
    const auto named = [](const TieChunk& chunk, std::size_t r) { return chunk.keep[r] != 0 && chunk.ids.has(r); };
    TieRows rows(tie_chunks, named);
    Known known;
    if (rows.total <= options.sorted_at_once / kChangesApart) {
        for (auto& [sequence, chunk] : tie_chunks) {
            if (chunk.ids.kind != Column::Kind::text) continue;
            for (std::size_t r = 0; r < chunk.rows; ++r)
                if (named(chunk, r)) meet(known, sequence, chunk, static_cast<std::uint32_t>(r));
            chunk.let_go();
        }
        return;
    }
    ArcBuckets buckets(rows.sources, kHashesTop, options.sorted_at_once, threads, writer.state().environment->path(),
                       [&](const ArcSource& s, auto&& visit) {
                           const TieChunk& chunk = *s.chunk;
                           for (std::size_t r = 0; r < chunk.rows; ++r) {
                               if (!named(chunk, r)) continue;
                               visit(hash_arc(name_hash(chunk.ids.bytes(r)), s.first_row + static_cast<std::uint32_t>(r)));
                           }
                           chunk.let_go();
                       });
    TouchedRows touched(spill);
    for (std::size_t k = 0; k < buckets.count(); ++k) {
        ArcBuckets::Loan loan = buckets.take(k);
        const auto arcs = loan.arcs;
        std::sort(arcs.begin(), arcs.end(), ActorArcLess{});
        for (std::size_t i = 0; i < arcs.size(); ++i) {
            const bool as_before = i > 0 && hash_of(arcs[i - 1]) == hash_of(arcs[i]);
            const bool as_next = i + 1 < arcs.size() && hash_of(arcs[i + 1]) == hash_of(arcs[i]);
            if (!as_before) known.clear();
            if (!look && !as_before && !as_next) continue;
            const std::size_t at = rows.at(arcs[i].row);
            touched.touch();
            meet(known, rows.sequences[at], tie_chunks.at(rows.sequences[at]), arcs[i].row - rows.sources[at].first_row);
        }
    }
    spill.let_go();
    std::sort(tie_changes.begin(), tie_changes.end(), [](const TieChange& a, const TieChange& b) {
        return std::tie(a.sequence, a.row) < std::tie(b.sequence, b.row);
    });
}

void Loader::Impl::change_ties() {
    const EditsWait waiting(writer.state());
    TouchedRows touched(spill);
    std::size_t other_ends = 0;
    std::string first_other_ends;
    for (const TieChange& c : tie_changes) {
        touched.touch();
        const TieChunk& chunk = tie_chunks.at(c.sequence);
        std::uint64_t id = c.id;
        if (id == 0) {
            const TieChunk& other = tie_chunks.at(c.other_sequence);
            id = other.first_id;
            for (std::uint32_t r = 0; r < c.other_row; ++r) id += other.keep[r];
        }
        Relationship fresh = tie_of_row(chunk, c.row);
        auto old = writer.reader().relationship(RelationshipId(id));
        if (!old) {  // a later row of this import has put another in its place
            const auto now = writer.reader().relationship_by_key(fresh.properties.at("id").text());
            if (!now) throw_corrupt("an identified relationship is missing");
            id = now->value;
            old = writer.reader().relationship(*now);
        }
        Tally& tally = account.files[chunk.file].relationships;
        // The first row of this import takes the place of what was there; further parts of it join it.
        const bool part = !met_relationships.insert(id).second || c.id == 0;
        const bool turned = old->from == fresh.to && old->to == fresh.from &&
                            writer.state().dictionary.relationship_types()[chunk.type[c.row] - 1].symmetric;
        if (((old->from == fresh.from && old->to == fresh.to) || turned) && old->type == fresh.type) {
            if (chunk.fragments && part) {
                Properties whole = old->properties;
                unite(whole, fresh.properties);
                writer.change(RelationshipId(id), whole);
                ++tally.joined;
                support(RelationshipId(id), chunk, c.row);
                continue;
            }
            // what the row does not tell stays, but in a new edition
            const bool edition = options.replace && !part && told_by_this_source(RelationshipId(id), old->since);
            Properties whole = edition ? Properties() : old->properties;
            for (auto& [name, value] : fresh.properties) whole[name] = std::move(value);
            ++(writer.change(RelationshipId(id), whole) ? tally.changed : tally.joined);
            support(RelationshipId(id), chunk, c.row);
            continue;
        }
        const auto name = [&](ActorId actor) { return writer.reader().key(actor).value_or(handle(actor)); };
        const std::string was = name(old->from) + " -" + old->type + "-> " + name(old->to);
        if (part && !chunk.fragments) {
            reject_row(RowOf::relationships, chunk.file, chunk.line(c.row),
                       "the id '" + to_text(fresh.properties.at("id")) + "' is that of another relationship of this import, " + was,
                       chunk.raw.has(c.row) ? std::string(chunk.raw.bytes(c.row)) : std::string(),
                       "ids that only number rows are left out: --map 'id=>'");
            continue;
        }
        if (!chunk.fragments && other_ends++ == 0) first_other_ends = "id '" + to_text(fresh.properties.at("id")) + "' was " + was;
        writer.remove(RelationshipId(id));
        const RelationshipId made = writer.add(fresh);
        met_relationships.insert(made.value);
        ++tally.changed;
        support(made, chunk, c.row);
    }
    if (other_ends != 0) {
        account.notes.push_back(std::to_string(other_ends) + (other_ends == 1 ? " relationship has" : " relationships have") +
                                " other ends or another type now than under the same id before (" + first_other_ends +
                                "); ids that only number rows are left out: --map 'id=>'");
    }
}

/// Rows that join a row of another file of this import bring their sources along.
void Loader::Impl::support_joined_rows() {
    const EditsWait waiting(writer.state());
    std::sort(joined_rows.begin(), joined_rows.end(), [](const TieChange& a, const TieChange& b) {
        return std::tie(a.other_sequence, a.other_row) < std::tie(b.other_sequence, b.other_row);
    });
    const TieChunk* other = nullptr;
    std::uint64_t id = 0;
    std::uint32_t row = 0;
    std::uint64_t sequence = 0;
    for (const TieChange& j : joined_rows) {
        if (other == nullptr || j.other_sequence != sequence) {
            sequence = j.other_sequence;
            other = &tie_chunks.at(sequence);
            id = other->first_id;
            row = 0;
        }
        for (; row < j.other_row; ++row) id += other->keep[row];
        support(RelationshipId(id), tie_chunks.at(j.sequence), j.row);
    }
    if (!joined_rows.empty()) spill.let_go();
}

namespace {

std::string properties_text(const Properties& properties) {
    std::string out;
    for (const auto& [name, value] : properties) {
        append_text(out, name);
        append_value(out, value);
    }
    return out;
}

}  // namespace

/// A row without an id that may equal others.
struct TieItem {
    std::uint32_t from, type, to, row;
    std::uint64_t sequence;
    bool operator<(const TieItem& o) const {
        return std::tie(from, type, to, sequence, row) < std::tie(o.from, o.type, o.to, o.sequence, o.row);
    }
};

void Loader::Impl::join_equal_ties() {
    const auto unnamed = [](const TieChunk& chunk, std::size_t r) {
        return chunk.keep[r] != 0 && !(chunk.ids.kind == Column::Kind::text && chunk.ids.has(r));
    };
    const TieRows rows(tie_chunks, unnamed);
    const auto& types = writer.state().dictionary.relationship_types();
    const auto each = [&](const ArcSource& s, auto&& visit) {
        const TieChunk& chunk = *s.chunk;
        for (std::size_t r = 0; r < chunk.rows; ++r) {
            if (!unnamed(chunk, r)) continue;
            Arc a{chunk.from[r], chunk.type[r], chunk.to[r], s.first_row + static_cast<std::uint32_t>(r)};
            // Ties of a symmetric type are the same whichever way they are told.
            if (a.neighbour < a.actor && types[a.type - 1].symmetric) std::swap(a.actor, a.neighbour);
            visit(a);
        }
        chunk.let_go();
    };
    std::vector<TieItem> items;
    const auto add = [&](const Arc& a, std::size_t at) {
        items.push_back({a.actor, a.type, a.neighbour, a.row - rows.sources[at].first_row, rows.sequences[at]});
    };
    if (rows.total <= options.sorted_at_once / 2) {
        items.reserve(rows.total);
        for (std::size_t i = 0; i < rows.sources.size(); ++i) each(rows.sources[i], [&](const Arc& a) { add(a, i); });
        return join_equal(items);
    }
    ArcBuckets buckets(rows.sources, writer.state().state.last_actor, options.sorted_at_once / 2, threads,
                       writer.state().environment->path(), each);
    for (std::size_t k = 0; k < buckets.count(); ++k) {
        for (const Arc& a : buckets.take(k).arcs) add(a, rows.at(a.row));
        join_equal(items);
        items.clear();
    }
}

/// Joins rows with ties that were there before and with rows of earlier files. All rows of the same ends and type
/// are among `items`, which it sorts.
void Loader::Impl::join_equal(std::vector<TieItem>& items) {
    WriterState& w = writer.state();
    std::sort(items.begin(), items.end());
    TouchedRows touched(spill);
    const TupleSchema& out = tuple_schema(Table::out);
    Tables::Located at{};
    bool have = false;
    const auto stored = [&](std::uint32_t from, std::uint32_t type, std::uint32_t to,
                            std::vector<std::uint64_t>& ids) {
        for (Tuple key{from, type, to, 0};;) {
            if (!have || at.upper < key || !(at.block.lower() < key)) at = w.tables->locate(out, key);
            have = true;
            for (std::uint32_t i = at.block.lower_bound(key); i < at.block.rows(); ++i) {
                const Tuple t = at.block.row(i);
                if (t[0] != from || t[1] != type || t[2] != to) return;
                ids.push_back(t[3]);
            }
            if (at.upper[0] != from || at.upper[1] != type || at.upper[2] != to) return;
            key = successor(at.upper, out);
        }
    };
    std::vector<std::uint64_t> ids;
    struct Joined {
        std::uint64_t id;
        std::uint64_t sequence;
        std::uint32_t row;
    };
    std::vector<Joined> joined;
    for (std::size_t i = 0; i < items.size();) {
        std::size_t end = i + 1;
        const TieItem& first = items[i];
        while (end < items.size() && items[end].from == first.from && items[end].type == first.type &&
               items[end].to == first.to)
            ++end;
        ids.clear();
        stored(first.from, first.type, first.to, ids);
        if (first.from != first.to && w.dictionary.relationship_types()[first.type - 1].symmetric)
            stored(first.to, first.type, first.from, ids);
        bool several = false;
        for (std::size_t k = i + 1; k < end; ++k)
            several |= tie_chunks.at(items[k].sequence).file != tie_chunks.at(first.sequence).file;
        if (!ids.empty() || several) {
            std::sort(ids.begin(), ids.end());
            // Equal ones there are: stored ones, then rows of earlier files; the n-th of a file joins
            // the n-th of them.
            struct Same {
                std::uint64_t id;  ///< 0: of a row of this import
                std::uint32_t file;
                std::uint64_t sequence;
                std::uint32_t row;
            };
            std::map<std::string, std::vector<Same>> there;
            std::map<std::pair<std::uint32_t, std::string>, std::size_t> count;
            for (const std::uint64_t id : ids) {
                auto row = w.tables->row(Table::relationships, id);
                if (!row) throw_corrupt("a relationship has no record");
                there[properties_text(relationship_of(*row, w.dictionary).properties)].push_back(
                    {id, 0xffffffffu, 0, 0});
            }
            for (std::size_t k = i; k < end; ++k) {
                TieChunk& chunk = tie_chunks.at(items[k].sequence);
                touched.touch();
                const std::string text = properties_text(tie_of_row(chunk, items[k].row).properties);
                auto& same = there[text];
                std::size_t others = 0;
                Same equal{};
                const std::size_t nth = count[{chunk.file, text}]++;
                for (const Same& s : same) {
                    if (s.file == chunk.file) continue;
                    if (others++ == nth) equal = s;
                }
                if (nth < others) {
                    chunk.keep[items[k].row] = 0;
                    ++account.files[chunk.file].relationships.joined;
                    if (equal.id != 0) joined.push_back({equal.id, items[k].sequence, items[k].row});
                    else if (chunk.tells_source(items[k].row) || w.set.set.source) {
                        joined_rows.push_back({items[k].sequence, items[k].row, 0, equal.sequence, equal.row});
                    }
                } else {
                    same.push_back({0, chunk.file, items[k].sequence, items[k].row});
                }
            }
        }
        i = end;
    }
    const EditsWait waiting(w);
    for (const Joined& j : joined) {
        met_relationships.insert(j.id);
        support(RelationshipId(j.id), tie_chunks.at(j.sequence), j.row);
    }
    if (!joined.empty()) spill.let_go();
}

}  // namespace entente::storage
