// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/relationship.hpp"

namespace entente {

/// A relationship told to a person, in its stored direction, in parts so that answers, tooltips and
/// captions can each lay it out. Texts are as stored: whoever prints them escapes control characters.
struct Sentence {
    std::string claim;  ///< "Naftogaz signed a contract with SOCAR Energy Ukraine"
    std::string when;   ///< "28 July 2025", "from 2014 to 2018", or empty
    std::vector<std::string> details;  ///< "as adviser", "in Baku", "more than 40 million USD", "confidence 0.8" ...
    std::string status;  ///< empty when actual, else "planned", "denied" ...

    /// claim, when, details joined by commas, then "(denied)": what --format table and tooltips show.
    /// `numbers` are those of its sources in the answer's list: " [1] [3]".
    [[nodiscard]] std::string text(const std::vector<std::size_t>& numbers = {}) const;
};

/// Tells a relationship between actors called `from` and `to`. The verb is the schema's, or else the
/// type in lower case with spaces; a verb may say where the far end goes with `{}`
/// ("supplied {} with gas"). `place` is the name of its place when the property holds an actor's key or
/// handle; empty: the property itself. Only what the relationship itself says is told: its evidence is
/// the caller's to add.
Sentence tell(const Relationship& relationship, const RelationshipSchema& schema, std::string_view from,
              std::string_view to, std::string_view place = {});

/// When it held, for a sentence: "28 July 2025", "from 2014 to 2018", "since 2014", "until 2018";
/// empty when undated. Dates that are no dates are told as they are written. The start of an `event` without an end
/// is when it was.
std::string tell_time(const Properties& properties, bool event = false);

/// An amount for a sentence: "40 million USD", "1,250 EUR", "more than 40 million USD" (`amountMin`),
/// "up to 5 EUR" (`amountMax`), "between 1 and 2 million USD"; empty when there is none.
std::string tell_amount(const Properties& properties);

/// A number for people: thousands grouped ("12,345.6"), round millions and billions in words.
std::string tell_number(double number);

}  // namespace entente
