// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "core/query/failure.hpp"

namespace entente::query {

/// A word of a statement. Keywords are names: any keyword may also name a variable, a type or a
/// property where the grammar leaves no doubt.
struct Token {
    enum class Kind : std::uint8_t {
        end,
        name,       ///< text: as written, or what stands between backquotes
        integer,    ///< text: digits without sign, with 0x or 0o
        real,       ///< text: as written
        string,     ///< text: with escapes resolved
        parameter,  ///< text: the name behind the $
        no_number,  ///< text: begins like a number and is none
        symbol      ///< text: `(`, `<=`, `..`
    };
    Kind kind = Kind::end;
    bool quoted = false;  ///< a name in backquotes is never a keyword
    Offset at = 0;        ///< first byte
    Offset end = 0;       ///< after the last byte
    std::string text;
};

}  // namespace entente::query
