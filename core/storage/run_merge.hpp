// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/storage/spill.hpp"

namespace entente::storage {

/// Sorted rows that rest in a file: from one byte of it to before another.
struct SortedRun {
    std::uint64_t begin = 0, end = 0;
};

/// Every row of some sorted runs, a piece at a time, in the order of `less`; equal rows in the order of their runs.
/// O(rows log runs); in memory are 65,536 rows of each run, and as many of the answer.
template <class Row, class Less, class Visit>
void merge_runs(const Spill& spill, std::span<const SortedRun> runs, Less less, Visit&& visit) {
    constexpr std::uint64_t kRead = 1u << 16;
    /// The rest of a run, the first of it in memory.
    struct Head {
        std::uint64_t next, end;
        std::size_t number;
        std::vector<Row> rows;
        std::size_t at = 0;
    };
    const auto refill = [&](Head& head) {
        head.rows.resize(std::min<std::uint64_t>(kRead, (head.end - head.next) / sizeof(Row)));
        spill.read(head.next, head.rows.data(), head.rows.size() * sizeof(Row));
        head.next += head.rows.size() * sizeof(Row);
        head.at = 0;
        return !head.rows.empty();
    };
    std::vector<Head> heads;
    for (const SortedRun& run : runs) heads.push_back({run.begin, run.end, heads.size(), {}, 0});
    // A heap of runs by what stands first in each.
    std::vector<Head*> heap;
    for (Head& head : heads)
        if (refill(head)) heap.push_back(&head);
    const auto later = [&](const Head* a, const Head* b) {
        const Row &x = a->rows[a->at], &y = b->rows[b->at];
        if (less(y, x)) return true;
        return !less(x, y) && b->number < a->number;
    };
    std::make_heap(heap.begin(), heap.end(), later);
    std::vector<Row> piece;
    piece.reserve(kRead);
    while (!heap.empty()) {
        std::pop_heap(heap.begin(), heap.end(), later);
        Head& head = *heap.back();
        piece.push_back(head.rows[head.at++]);
        if (head.at < head.rows.size() || refill(head))
            std::push_heap(heap.begin(), heap.end(), later);
        else
            heap.pop_back();
        if (piece.size() == kRead || heap.empty()) {
            visit(std::span<const Row>(piece));
            piece.clear();
        }
    }
}

}  // namespace entente::storage
