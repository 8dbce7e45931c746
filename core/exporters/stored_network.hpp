// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>

#include "core/exporters/dialect.hpp"

namespace entente::storage {
class Reader;
}

namespace entente::exporters {

/// What of a database is exported.
struct Part {
    bool whole = true;  ///< everything; else only these:
    std::set<std::uint32_t> actors;
    std::set<std::uint64_t> ties;
};

/// A database as what the writers of data formats read. The reader must outlive it.
Network network_of(const storage::Reader& reader, Part part = {});

/// How many keys find actors of the part because others were merged into them: no format carries these.
std::uint64_t merged_keys(const storage::Reader& reader, const Part& part);

}  // namespace entente::exporters
