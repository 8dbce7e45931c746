// SPDX-License-Identifier: MIT
#include "core/storage/components.hpp"

#include <algorithm>
#include <numeric>

#include "core/storage/bulk_tuples.hpp"
#include "core/storage/writer_state.hpp"

namespace entente::storage {

UnionFind::UnionFind(std::uint64_t last) : parent_(last + 1) {
    std::iota(parent_.begin(), parent_.end(), 0u);
}

std::uint32_t UnionFind::find(std::uint32_t a) {
    while (parent_[a] != a) {
        parent_[a] = parent_[parent_[a]];
        a = parent_[a];
    }
    return a;
}

void UnionFind::join(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    if (a == b) return;
    // The lowest number leads, so that the labels do not depend on the order of joining.
    if (a < b)
        parent_[b] = a;
    else
        parent_[a] = b;
}

void store_components(WriterState& w, UnionFind& sets) {
    std::vector<std::uint32_t> size(sets.size(), 0);
    for (std::uint32_t a = 1; a < sets.size(); ++a) ++size[sets.find(a)];
    std::vector<Tuple> parents, sizes;
    for (std::uint32_t a = 1; a < sets.size(); ++a) {
        const std::uint32_t root = sets.find(a);
        if (root != a) parents.push_back({a, root, 0, 0});
        if (root == a && size[a] > 1) sizes.push_back({a, size[a], 0, 0});
    }
    replace_table(*w.tables, tuple_schema(Table::component_parent), parents);
    replace_table(*w.tables, tuple_schema(Table::component_size), sizes);
}

void rebuild_components(WriterState& w) {
    UnionFind sets(w.state.last_actor);
    const Reader::Arrays arrays = w.reader->adjacency(Side::out, 2);
    for (std::uint32_t a = 1; a <= w.state.last_actor; ++a)
        for (std::uint64_t i = arrays.offsets[a]; i < arrays.offsets[a + 1]; ++i)
            sets.join(a, arrays.neighbours[i]);
    store_components(w, sets);
}

}  // namespace entente::storage
