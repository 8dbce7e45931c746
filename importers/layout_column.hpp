// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "importers/layout.hpp"

namespace entente::importers {

/// One column before its role is known.
struct LayoutColumn {
    std::string base;        ///< the name without its kind
    std::string plain;       ///< normalised base
    std::optional<CellKind> kind;
    std::string group;       ///< `:ID(Person)`
    bool marked = false;     ///< one of Neo4j's words
    bool property = false;   ///< `.name`: a property, whatever the name means elsewhere
    bool dropped = false;
};

/// What the text of a header says of its column: a name, `name:int`, `.name`, Neo4j's `:ID(Person)`.
LayoutColumn read_name(std::string_view text);
/// The column as a property; one of ours has our spelling, and our kind unless it tells its own.
Field property(const LayoutColumn& column);
/// Is this the name of a property whose spelling and kind are ours?
bool is_our_property(std::string_view name);

}  // namespace entente::importers
