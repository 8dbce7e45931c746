// SPDX-License-Identifier: MIT
#include "core/storage/adjacency.hpp"

#include <algorithm>

#include "core/storage/bits.hpp"
#include "core/storage/reader_state.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {

Adjacency::Adjacency(const Reader& reader, Side side, int threads)
    : last_actor_(reader.last_actor().value), types_(reader.relationship_type_count()) {
    const TupleSchema& schema = tuple_schema(side == Side::out ? Table::out : Table::in);
    const Transaction& transaction = reader.state().tables->transaction();
    const std::string prefix(1, static_cast<char>(schema.table));
    const std::size_t key_size = tuple_key(schema, {}).size();
    for (auto e = transaction.seek(prefix); e && e->key.starts_with(prefix); e = transaction.next()) {
        if (e->key.size() != key_size) throw_corrupt("a block of the adjacency has a wrong form");
        blocks_.push_back({{}, e->key, e->value, tuple_of_key(schema, e->key)[0], 0});
    }
    // The first look at a block may have to wait for its page.
    bool formed = true;
#pragma omp parallel for num_threads(threads) schedule(static) reduction(&& : formed)
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        Block& block = blocks_[i];
        if (TupleBlock::valid(block.value.data, block.value.size, schema)) {
            block.rows = TupleBlock(block.value.data, schema);
        } else {
            formed = false;
        }
    }
    if (!formed) throw_corrupt("a block of the adjacency has a wrong form");
    Tuple below{};
    for (Block& block : blocks_) {
        if (block.rows.lower() != below) throw_corrupt("a block of the adjacency is missing");
        below = tuple_of_key(schema, block.key);
        block.start = rows_;
        rows_ += block.rows.rows();
    }
    if (below != greatest(schema)) throw_corrupt("a block of the adjacency is missing");
    if (rows_ != reader.counts().relationships)
        throw_corrupt("the adjacency does not hold every relationship");
}

std::vector<std::uint32_t> Adjacency::cuts(std::uint64_t rows) const {
    std::vector<std::uint32_t> out{1};
    std::uint64_t since = 0;
    for (const Block& block : blocks_) {
        since += block.rows.rows();
        if (since < rows || block.upper >= last_actor_) continue;
        const auto next = static_cast<std::uint32_t>(block.upper + 1);
        if (next > out.back()) out.push_back(next);
        since = 0;
    }
    out.push_back(static_cast<std::uint32_t>(last_actor_ + 1));
    return out;
}

std::vector<Adjacency::Block>::const_iterator Adjacency::block_of(std::uint32_t actor) const {
    return std::partition_point(blocks_.begin(), blocks_.end(), [&](const Block& b) { return b.upper < actor; });
}

std::uint64_t Adjacency::rows_before(std::uint32_t actor) const {
    const auto block = block_of(actor);
    return block == blocks_.end() ? rows_ : block->start + block->rows.lower_bound({actor, 0, 0, 0});
}

bool Adjacency::decode(std::uint32_t first, std::uint32_t last, bool ids, TieColumns& out) const {
    out.actors.clear();
    out.types.clear();
    out.neighbours.clear();
    out.ids.clear();
    for (auto block = block_of(first); block != blocks_.end(); ++block) {
        if (block->rows.lower()[0] >= last) break;
        if (load32(block->value.data) != checksum(block->key, block->value.data, block->value.size)) return false;
        const std::uint32_t begin = block->rows.lower_bound({first, 0, 0, 0});
        const std::uint32_t end = block->rows.lower_bound({last, 0, 0, 0});
        block->rows.append(0, begin, end, out.actors);
        block->rows.append(1, begin, end, out.types);
        block->rows.append(2, begin, end, out.neighbours);
        if (ids) block->rows.append(3, begin, end, out.ids);
    }
    const auto beyond = [](const std::vector<std::uint32_t>& column, std::uint64_t most) {
        std::uint32_t highest = 0;
        for (const std::uint32_t x : column) highest = std::max(highest, x);
        return highest > most;
    };
    return std::is_sorted(out.actors.begin(), out.actors.end()) && !beyond(out.neighbours, last_actor_) &&
           !beyond(out.types, types_) && std::find(out.neighbours.begin(), out.neighbours.end(), 0U) == out.neighbours.end();
}

}  // namespace entente::storage
