// SPDX-License-Identifier: MIT
#include "core/graph/load_whole.hpp"

#include <atomic>
#include <tuple>

#include <omp.h>

#include "core/error.hpp"
#include "core/storage/adjacency.hpp"

namespace entente::graph {
namespace {

using storage::TieColumns;

constexpr std::uint64_t kPiece = 1U << 15U;  // rows whose columns stay in the cache

/// The symmetric ties that the other end tells of; a self-loop stands at its own already.
bool turned(const TieColumns& other, std::size_t j, const std::vector<std::uint8_t>& symmetric) {
    return symmetric[other.types[j]] != 0 && other.neighbours[j] != other.actors[j];
}

/// Adds to `counts`, by actor, how many arcs each has.
void count(const TieColumns& own, const TieColumns& other, const std::vector<std::uint8_t>& symmetric,
           std::vector<std::uint64_t>& counts) {
    for (const std::uint32_t actor : own.actors) ++counts[actor];
    for (std::size_t j = 0; j < other.actors.size(); ++j)
        if (turned(other, j, symmetric)) ++counts[other.actors[j]];
}

/// Writes the arcs of the actors of a piece to their places, by (type, neighbour, id).
void merge(const TieColumns& own, const TieColumns& other, const std::vector<std::uint8_t>& symmetric, bool ties,
           std::uint64_t at, Rows& rows) {
    const auto write = [&](const TieColumns& from, std::size_t k) {
        rows.neighbours[at] = from.neighbours[k] - 1;
        if (ties) {
            rows.ids[at] = from.ids[k];
            rows.types[at] = from.types[k];
        }
        ++at;
    };
    const auto key = [&](const TieColumns& from, std::size_t k) {
        return std::tuple(from.actors[k], from.types[k], from.neighbours[k], ties ? from.ids[k] : 0);
    };
    std::size_t i = 0;
    for (std::size_t j = 0; j < other.actors.size(); ++j) {
        if (!turned(other, j, symmetric)) continue;
        const auto next = key(other, j);
        while (i < own.actors.size() && key(own, i) < next) write(own, i++);
        write(other, j);
    }
    while (i < own.actors.size()) write(own, i++);
}

/// Calls f(first actor, its out, its in) for each piece, on `threads` threads.
template <class F>
void each_piece(const storage::Adjacency& out, const storage::Adjacency& in, bool ids, int threads, F&& f) {
    const std::vector<std::uint32_t> cuts = out.cuts(kPiece);
    const std::size_t pieces = cuts.size() - 1;
    std::atomic<bool> bad{false};
#pragma omp parallel num_threads(threads)
    {
        TieColumns leaving, arriving;
#pragma omp for schedule(dynamic)
        for (std::size_t piece = 0; piece < pieces; ++piece) {
            if (out.decode(cuts[piece], cuts[piece + 1], ids, leaving) &&
                in.decode(cuts[piece], cuts[piece + 1], ids, arriving)) {
                f(cuts[piece], leaving, arriving);
            } else {
                bad = true;
            }
        }
    }
    if (bad) throw Error(ErrorKind::corrupt, "a block of the adjacency fails its checksum");
}

/// Counts to places.
void make_room(Rows& rows, bool ties) {
    for (std::size_t v = 1; v < rows.offsets.size(); ++v) rows.offsets[v] += rows.offsets[v - 1];
    rows.neighbours.resize(rows.offsets.back());
    if (!ties) return;
    rows.ids.resize(rows.offsets.back());
    rows.types.resize(rows.offsets.back());
}

}  // namespace

BothRows whole_rows(const storage::Reader& reader, const std::vector<std::uint8_t>& symmetric, bool ties, int threads) {
    const storage::Adjacency out(reader, storage::Side::out), in(reader, storage::Side::in);
    BothRows rows;
    rows.out.offsets.assign(reader.last_actor().value + std::size_t{1}, 0);
    rows.in.offsets = rows.out.offsets;
    each_piece(out, in, false, threads, [&](std::uint32_t, const TieColumns& leaving, const TieColumns& arriving) {
        count(leaving, arriving, symmetric, rows.out.offsets);
        count(arriving, leaving, symmetric, rows.in.offsets);
    });
    make_room(rows.out, ties);
    make_room(rows.in, ties);
    each_piece(out, in, ties, threads, [&](std::uint32_t first, const TieColumns& leaving, const TieColumns& arriving) {
        merge(leaving, arriving, symmetric, ties, rows.out.offsets[first - 1], rows.out);
        merge(arriving, leaving, symmetric, ties, rows.in.offsets[first - 1], rows.in);
    });
    return rows;
}

}  // namespace entente::graph
