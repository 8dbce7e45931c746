// SPDX-License-Identifier: MIT
#include "core/graph/load_whole.hpp"

#include <atomic>
#include <tuple>
#include <utility>

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

std::uint64_t arcs(const TieColumns& own, const TieColumns& other, const std::vector<std::uint8_t>& symmetric) {
    std::uint64_t count = own.actors.size();
    for (std::size_t j = 0; j < other.actors.size(); ++j) count += turned(other, j, symmetric) ? 1 : 0;
    return count;
}

/// Writes the arcs of actors first .. last - 1 from place `at` on, by (type, neighbour, id), and where those of
/// each begin.
void merge(const TieColumns& own, const TieColumns& other, const std::vector<std::uint8_t>& symmetric, bool ties,
           std::uint32_t first, std::uint32_t last, std::uint64_t at, Rows& rows) {
    std::uint32_t actor = first;
    const auto write = [&](const TieColumns& from, std::size_t k) {
        while (actor <= from.actors[k]) rows.offsets[actor++ - 1] = at;
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
    while (actor < last) rows.offsets[actor++ - 1] = at;
}

void resize(Rows& rows, std::uint64_t arcs, bool ties) {
    rows.neighbours.resize(arcs);
    if (!ties) return;
    rows.ids.resize(arcs);
    rows.types.resize(arcs);
}

}  // namespace

BothRows whole_rows(const storage::Reader& reader, const std::vector<std::uint8_t>& symmetric, bool ties, int threads) {
    const storage::Adjacency out(reader, storage::Side::out, threads), in(reader, storage::Side::in, threads);
    const std::vector<std::uint32_t> cuts = out.cuts(kPiece);
    BothRows rows;
    std::uint64_t most = out.rows();
    for (std::uint32_t t = 1; t < symmetric.size(); ++t) {
        if (symmetric[t] != 0) most += reader.count(RelationshipType{t});
    }
    for (Rows* side : {&rows.out, &rows.in}) {
        side->offsets.resize(reader.last_actor().value + std::size_t{1});
        resize(*side, most, ties);
    }
    // A piece knows where it begins as soon as those before it are counted. (An `ordered` region of GCC's OpenMP
    // lasts until the thread asks for its next piece.)
    std::uint64_t next_out = 0, next_in = 0;
    std::atomic<std::size_t> counted{0};
    std::atomic<bool> bad{false};
#pragma omp parallel num_threads(threads)
    {
        TieColumns leaving, arriving;
#pragma omp for schedule(monotonic : dynamic)
        for (std::size_t piece = 0; piece < cuts.size() - 1; ++piece) {
            const std::uint32_t first = cuts[piece], last = cuts[piece + 1];
            const bool right = out.decode(first, last, ties, leaving) && in.decode(first, last, ties, arriving);
            const std::uint64_t more_out = right ? arcs(leaving, arriving, symmetric) : 0;
            const std::uint64_t more_in = right ? arcs(arriving, leaving, symmetric) : 0;
            for (std::size_t seen = counted; seen != piece; seen = counted) counted.wait(seen);
            const std::uint64_t at_out = std::exchange(next_out, next_out + more_out);
            const std::uint64_t at_in = std::exchange(next_in, next_in + more_in);
            counted = piece + 1;
            counted.notify_all();
            if (!right || at_out + more_out > most || at_in + more_in > most) {
                bad = true;
                continue;
            }
            merge(leaving, arriving, symmetric, ties, first, last, at_out, rows.out);
            merge(arriving, leaving, symmetric, ties, first, last, at_in, rows.in);
        }
    }
    if (bad) throw Error(ErrorKind::corrupt, "a block of the adjacency fails its checksum");
    rows.out.offsets.back() = next_out;
    rows.in.offsets.back() = next_in;
    resize(rows.out, next_out, ties);
    resize(rows.in, next_in, ties);
    return rows;
}

}  // namespace entente::graph
