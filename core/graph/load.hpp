// SPDX-License-Identifier: MIT
#pragma once

#include "core/graph/filter.hpp"
#include "core/graph/selection.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::storage {
class Reader;
}

namespace entente::graph {

struct LoadedSnapshot {
    Snapshot graph;
    LeftOut left_out;
};

/// Reads what a selection keeps into memory, on `threads` threads (0: all there are). Kept actors
/// without ties are vertices too. `Selection::direction` is the analysis's business, not the load's.
/// The reader may be closed afterwards. Without `ties` the snapshot of a whole file has no ids and types, for
/// who only asks which actors are joined: a quarter of the memory.
LoadedSnapshot load(const storage::Reader& reader, const Selection& selection = {}, int threads = 0, bool ties = true);

/// Tells a filter what lies around `selection.around`, if it asks for that. Call before the filter is
/// used on the same file; load() does so itself.
void limit_to_surroundings(const storage::Reader& reader, const Selection& selection, Filter& filter);

}  // namespace entente::graph
