// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/id.hpp"

namespace entente {

/// How many things of each kind.
struct Counts {
    std::uint64_t actors = 0;
    std::uint64_t relationships = 0;
    std::uint64_t sources = 0;
    friend bool operator==(const Counts&, const Counts&) = default;
};

/// An input file of an import.
struct ReadFile {
    std::string name;  ///< as named on the command line
    std::string hash;  ///< XXH3-128 of its bytes as read (compressed as they were), hex; what follows: see KeptHash
    std::uint64_t bytes = 0;
    Counts read;
    friend bool operator==(const ReadFile&, const ReadFile&) = default;
};

/// One run that wrote.
struct ChangeSet {
    ChangeSetId id;
    std::int64_t time = 0;      ///< microseconds since 1970-01-01T00:00Z
    std::string what;           ///< the command as a person would read it: `import actors.csv`
    std::vector<ReadFile> files;
    SourceId source;            ///< the default source of what it brought, or none
    Counts added, changed, removed;
    ChangeSetId undoes;         ///< the change set that this one took back, or none
    ChangeSetId undone_by;      ///< the change set that took this one back, or none
    friend bool operator==(const ChangeSet&, const ChangeSet&) = default;
};

}  // namespace entente
