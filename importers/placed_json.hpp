// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace entente::importers {

/// A JSON text that a person wrote, whole, each value with its place, so that what is wrong with it can be
/// said where it stands.
struct PlacedJson {
    enum class Kind : std::uint8_t { null, boolean, number, text, list, object };
    struct Member;

    Kind kind = Kind::null;
    std::string text;               ///< of a text or number; `true` or `false`
    std::vector<PlacedJson> items;  ///< of a list
    std::vector<Member> members;    ///< of an object, in their order, each name once
    Place place;

    /// The member's value, or nullptr.
    [[nodiscard]] const PlacedJson* find(std::string_view name) const;
};

struct PlacedJson::Member {
    PlacedJson name;  ///< a text
    PlacedJson value;
};

/// Parses a text of one value, at most 64 levels deep, without recursion. Throws Error{import} placed in `name`
/// when it is no JSON or a member stands twice.
PlacedJson parse_placed_json(std::string_view text, const std::string& name);

/// `a text`, `a list` ..., for messages.
std::string_view kind_word(PlacedJson::Kind kind);

}  // namespace entente::importers
