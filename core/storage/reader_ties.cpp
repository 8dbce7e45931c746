// SPDX-License-Identifier: MIT
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <exception>

#include "core/storage/bits.hpp"
#include "core/storage/reader.hpp"
#include "core/storage/reader_state.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

const TupleSchema& schema_of(Side side) {
    return tuple_schema(side == Side::out ? Table::out : Table::in);
}

/// Rows of a block that belong to an actor (and a type, when there is one).
std::pair<std::uint32_t, std::uint32_t> rows_of(const TupleBlock& block, std::uint64_t actor,
                                                std::uint64_t type) {
    const std::uint32_t first = block.lower_bound({actor, type, 0, 0});
    const std::uint32_t last = type == 0 ? block.lower_bound({actor + 1, 0, 0, 0})
                                         : block.lower_bound({actor, type + 1, 0, 0});
    return {first, last};
}

}  // namespace

TieCursor Reader::ties(ActorId actor, Side side, RelationshipType type) const {
    TieCursor c;
    c.state_ = state_.get();
    c.actor_ = actor;
    c.type_ = type;
    c.side_ = side;
    const TupleSchema& schema = schema_of(side);
    const auto found = state_->tables->locate(schema, {actor.value, type.value, 0, 0});
    c.enter(found);
    return c;
}

void TieCursor::enter(const LocatedTuples& found) {
    block_ = found.block;
    const auto [first, last] = rows_of(block_, actor_.value, type_.value);
    row_ = first;
    end_ = last;
    // The actor may go on in the next block when its rows reach to the end of this one.
    const std::uint64_t next_actor = found.upper[0];
    more_ = last == block_.rows() && next_actor == actor_.value &&
            (type_.value == 0 || found.upper[1] == type_.value);
    upper_ = found.upper;
    while (row_ >= end_ && more_) {
        const TupleSchema& schema = schema_of(side_);
        const auto next = state_->tables->locate(schema, successor(upper_, schema));
        enter(next);
    }
    if (row_ < end_) decode();
}

void TieCursor::decode() {
    tie_.type = RelationshipType(static_cast<std::uint32_t>(block_.at(1, row_)));
    tie_.neighbour = ActorId(static_cast<std::uint32_t>(block_.at(2, row_)));
    tie_.id = RelationshipId(block_.at(3, row_));
    tie_.outgoing = side_ == Side::out;
}

TieCursor& TieCursor::operator++() {
    if (++row_ < end_) {
        decode();
    } else if (more_) {
        const TupleSchema& schema = schema_of(side_);
        enter(state_->tables->locate(schema, successor(upper_, schema)));
    }
    return *this;
}

std::uint64_t Reader::degree(ActorId actor, Side side, RelationshipType type) const {
    const TupleSchema& schema = schema_of(side);
    std::uint64_t total = 0;
    Tuple at{actor.value, type.value, 0, 0};
    for (;;) {
        const auto found = state_->tables->locate(schema, at);
        const auto [first, last] = rows_of(found.block, actor.value, type.value);
        total += last - first;
        const bool more = last == found.block.rows() && found.upper[0] == actor.value &&
                          (type.value == 0 || found.upper[1] == type.value);
        if (!more) return total;
        at = successor(found.upper, schema);
    }
}

Reader::Arrays Reader::adjacency(Side side, int threads) const {
    const TupleSchema& schema = schema_of(side);
    // One walk over the keys finds the blocks; threads then check and decode them.
    std::vector<TupleBlock> blocks;
    std::vector<std::uint64_t> start;
    std::uint64_t rows = 0;
    struct Raw {
        std::string_view key;
        Bytes value;
    };
    std::vector<Raw> raw;
    const Transaction& transaction = state_->tables->transaction();
    const std::string prefix(1, static_cast<char>(schema.table));
    Tuple below{};
    for (auto e = transaction.seek(prefix); e && e->key.starts_with(prefix); e = transaction.next()) {
        if (e->key.size() != tuple_key(schema, {}).size() ||
            !TupleBlock::valid(e->value.data, e->value.size, schema))
            throw_corrupt("a block of the adjacency has a wrong form");
        raw.push_back({e->key, e->value});
        blocks.emplace_back(e->value.data, schema);
        if (blocks.back().lower() != below) throw_corrupt("a block of the adjacency is missing");
        below = tuple_of_key(schema, e->key);
        start.push_back(rows);
        rows += blocks.back().rows();
    }
    if (below != greatest(schema)) throw_corrupt("a block of the adjacency is missing");
    if (rows != state_->state->relationships)
        throw_corrupt("the adjacency does not hold every relationship");
    Arrays out;
    const std::uint64_t actors = state_->state->last_actor;
    out.offsets.assign(actors + 2, 0);
    out.neighbours.resize(rows);
    out.ids.resize(rows);
    out.types.resize(rows);
    std::atomic<bool> bad{false};
    const auto n = static_cast<std::int64_t>(blocks.size());
#pragma omp parallel for schedule(static) num_threads(threads > 0 ? threads : 1)
    for (std::int64_t b = 0; b < n; ++b) {
        const auto i = static_cast<std::size_t>(b);
        const Raw& r = raw[i];
        if (load32(r.value.data) != checksum(r.key, r.value.data, r.value.size)) {
            bad = true;
            continue;
        }
        const TupleBlock& block = blocks[i];
        const std::uint64_t base = start[i];
        const std::uint32_t count = block.rows();
        for (std::uint32_t row = 0; row < count; ++row) {
            const auto neighbour = static_cast<std::uint32_t>(block.at(2, row));
            out.types[base + row] = static_cast<std::uint32_t>(block.at(1, row));
            out.neighbours[base + row] = neighbour;
            out.ids[base + row] = block.at(3, row);
            if (neighbour > actors) bad = true;
        }
        // offsets[a] is the first row of the first actor that is not less than a; each block writes
        // those of the actors that begin in it.
        std::uint64_t before =
            i == 0 || blocks[i - 1].rows() == 0 ? 0 : blocks[i - 1].at(0, blocks[i - 1].rows() - 1);
        if (i > 0 && blocks[i - 1].rows() == 0)
            for (std::size_t k = i - 1; k-- > 0 && before == 0;)
                if (blocks[k].rows() != 0) before = blocks[k].at(0, blocks[k].rows() - 1);
        for (std::uint32_t row = 0; row < count; ++row) {
            const std::uint64_t actor = block.at(0, row);
            if (actor == before) continue;
            if (actor > actors || actor < before) {
                bad = true;
                break;
            }
            for (std::uint64_t a = before + 1; a <= actor; ++a) out.offsets[a] = base + row;
            before = actor;
        }
    }
    if (bad) throw_corrupt("a block of the adjacency fails its checksum");
    std::uint64_t last_used = 0;
    for (auto it = blocks.rbegin(); it != blocks.rend() && last_used == 0; ++it)
        if (it->rows() != 0) last_used = it->at(0, it->rows() - 1);
    for (std::uint64_t a = last_used + 1; a < out.offsets.size(); ++a) out.offsets[a] = rows;
    return out;
}

// --- history ---

namespace {

template <class Record, class Make>
std::vector<Reader::Version<Record>> versions(const ReaderState& state, Operation operation,
                                              std::uint64_t id, Make&& make) {
    std::vector<Reader::Version<Record>> out;
    std::string prefix(1, static_cast<char>(Table::history));
    prefix.push_back(static_cast<char>(operation));
    append_big_endian(prefix, id, 6);
    state.tables->for_each(prefix, [&](std::string_view key, std::string_view content) {
        const auto until = static_cast<std::uint32_t>(read_big_endian(
            reinterpret_cast<const std::uint8_t*>(key.data()) + prefix.size(), 4));
        out.push_back({make(decode_row(content, id)), ChangeSetId(until)});
        return true;
    });
    return out;
}

}  // namespace

std::vector<Reader::Version<Actor>> Reader::history(ActorId id) const {
    auto out = versions<Actor>(*state_, Operation::changed_actor, id.value, [&](const Row& row) {
        return actor_of(row, *state_->dictionary);
    });
    if (id && id.value <= state_->state->last_actor)
        if (const std::uint32_t by = ended_by(*state_->tables, Table::ended_actors, id.value))
            if (const auto row = state_->tables->row(Table::actors, id.value))
                out.push_back({actor_of(*row, *state_->dictionary), ChangeSetId(by)});
    return out;
}

std::vector<Reader::Version<Relationship>> Reader::history(RelationshipId id) const {
    auto out = versions<Relationship>(
        *state_, Operation::changed_relationship, id.value,
        [&](const Row& row) { return relationship_of(row, *state_->dictionary); });
    if (id && id.value <= state_->state->last_relationship)
        if (const std::uint32_t by = ended_by(*state_->tables, Table::ended_relationships, id.value))
            if (const auto row = state_->tables->row(Table::relationships, id.value))
                out.push_back({relationship_of(*row, *state_->dictionary), ChangeSetId(by)});
    return out;
}

}  // namespace entente::storage
