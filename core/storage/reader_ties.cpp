// SPDX-License-Identifier: MIT
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <exception>

#include "core/storage/adjacency.hpp"
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
    const Adjacency all(*this, side);
    const std::vector<std::uint32_t> cuts = all.cuts(1U << 16U);
    const std::size_t pieces = cuts.size() - 1;
    Arrays out;
    out.offsets.assign(last_actor().value + std::size_t{2}, all.rows());
    out.neighbours.resize(all.rows());
    out.ids.resize(all.rows());
    out.types.resize(all.rows());
    std::atomic<bool> bad{false};
#pragma omp parallel num_threads(threads > 0 ? threads : 1)
    {
        TieColumns ties;
#pragma omp for schedule(dynamic)
        for (std::size_t piece = 0; piece < pieces; ++piece) {
            if (!all.decode(cuts[piece], cuts[piece + 1], true, ties)) {
                bad = true;
                continue;
            }
            const std::uint64_t base = all.rows_before(cuts[piece]);
            const auto at = static_cast<std::ptrdiff_t>(base);
            std::copy(ties.neighbours.begin(), ties.neighbours.end(), out.neighbours.begin() + at);
            std::copy(ties.ids.begin(), ties.ids.end(), out.ids.begin() + at);
            std::copy(ties.types.begin(), ties.types.end(), out.types.begin() + at);
            std::size_t row = 0;
            for (std::uint32_t actor = cuts[piece]; actor < cuts[piece + 1]; ++actor) {
                while (row < ties.actors.size() && ties.actors[row] < actor) ++row;
                out.offsets[actor] = base + row;
            }
        }
    }
    if (bad) throw_corrupt("a block of the adjacency fails its checksum");
    out.offsets[0] = 0;
    return out;
}

}  // namespace entente::storage
