// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/id.hpp"
#include "core/model/value.hpp"

namespace entente::storage {

class Reader;
class Writer;

// Indexes of properties of actors. An entry is a value's place in an order and what is left of it, two
// numbers of 56 bits: for numbers together exactly the value, for texts the first six bytes and a hash, for
// dates the first day that they can mean. So what an index finds holds all that is sought and may hold
// more: whoever asks looks at the values themselves. Booleans, numbers but NaN, texts and both kinds of
// dates are indexed, other kinds never. An index says nothing of the network: making one is no change set,
// and undoing and earlier states leave it alone, but for its entries, which are always those of the state
// that is seen.

/// An index as it is named.
struct PropertyIndex {
    std::string name;
    std::string type;      ///< of actors; empty: all
    std::string property;
    std::uint32_t number = 0;
    std::uint64_t entries = 0;
};

/// Is it there (still)?
bool has_index(const Reader& reader, std::uint32_t number);
/// All there are, by number. `entries` is not counted.
std::vector<PropertyIndex> property_indexes(const Reader& reader);
/// O(blocks of the index).
std::uint64_t count_entries(const Reader& reader, std::uint32_t index);

/// Makes one of all live actors; type and property need not be known yet. Throws Error{usage} when the
/// name is taken, or the same is indexed under another name. O(actors log actors), in memory.
void add_property_index(Writer& writer, const PropertyIndex& index);
/// false: there is none of that name.
bool drop_property_index(Writer& writer, std::string_view name);

/// A stretch of an index, both ends inclusive.
struct IndexSpan {
    using Place = std::pair<std::uint64_t, std::uint64_t>;  ///< order, rest
    Place least, most;
    [[nodiscard]] bool empty() const { return most < least; }
    /// What lies in both.
    [[nodiscard]] IndexSpan within(const IndexSpan& other) const;
};
/// Where everything stands that is equal to the value, at least it, at most it; nothing for kinds that are
/// not indexed. Values of other kinds than the value's are never in it.
std::optional<IndexSpan> equal_to(const Value& value);
std::optional<IndexSpan> at_least(const Value& value);
std::optional<IndexSpan> at_most(const Value& value);
IndexSpan starting_with(std::string_view text);

/// The live actors there, ascending by number.
std::vector<ActorId> indexed_actors(const Reader& reader, std::uint32_t index, const IndexSpan& span);
/// How many there are, counted no further than `most`.
std::uint64_t count_indexed(const Reader& reader, std::uint32_t index, const IndexSpan& span, std::uint64_t most);

}  // namespace entente::storage
