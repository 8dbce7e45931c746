// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/model/id.hpp"
#include "core/storage/lmdb.hpp"
#include "core/storage/reader.hpp"
#include "core/storage/tuple_block.hpp"

namespace entente::storage {

/// Ties of some actors, decoded; one row each, by (actor, type, neighbour, id).
struct TieColumns {
    std::vector<std::uint32_t> actors, types, neighbours;
    std::vector<std::uint64_t> ids;
};

/// All packed blocks of one side of the adjacency, for whoever wants every tie: found in one walk over the
/// keys, then decoded piece by piece, by many threads at once. Valid as long as the Reader, and for a
/// Reader on a Writer until the next write.
class Adjacency {
public:
    /// O(blocks), REQUIRES: threads > 0. Throws Error{corrupt} when a block is missing or has a wrong form, or when there are not as
    /// many rows as the file counts relationships.
    Adjacency(const Reader& reader, Side side, int threads = 1);

    [[nodiscard]] std::uint64_t rows() const { return rows_; }
    /// Numbers of actors that cut the rows into pieces of about `rows`: 1 first, one more than the last actor
    /// last. The rows of one actor are never cut.
    [[nodiscard]] std::vector<std::uint32_t> cuts(std::uint64_t rows) const;
    /// Rows of actors before this one. O(log blocks).
    [[nodiscard]] std::uint64_t rows_before(std::uint32_t actor) const;
    /// The ties of actors first .. last - 1 into `out`, in the place of what it held; ids when `ids`. False
    /// when a block fails its checksum or holds what cannot be. Any number of threads.
    [[nodiscard]] bool decode(std::uint32_t first, std::uint32_t last, bool ids, TieColumns& out) const;

private:
    struct Block {
        TupleBlock rows;
        std::string_view key;
        Bytes value;
        std::uint64_t upper = 0;  ///< the last actor that it may hold
        std::uint64_t start = 0;  ///< rows before it
    };
    [[nodiscard]] std::vector<Block>::const_iterator block_of(std::uint32_t actor) const;
    std::vector<Block> blocks_;
    std::uint64_t rows_ = 0;
    std::uint64_t last_actor_ = 0;
    std::uint64_t types_ = 0;
};

}  // namespace entente::storage
