// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/id.hpp"
#include "core/model/relationship.hpp"
#include "core/model/value.hpp"

namespace entente::exporters {

/// An actor as a picture shows it. Texts are data as they come; writers make them safe.
struct DrawnActor {
    ActorId id;
    std::string name;            ///< as a person calls it, never empty
    std::string type;            ///< decides shape and colour; empty: unknown
    std::string tooltip;         ///< line feeds separate lines
    std::string url;             ///< linked to when it is a web address
    std::optional<double> size;  ///< the measure; the largest in a drawing gets the largest node
    std::string group;           ///< decides the colour where a drawing has `colour_means`; empty: none
    bool emphasised = false;
};

/// A relationship as a picture shows it.
struct DrawnTie {
    RelationshipId id;
    ActorId from, to;   ///< in the stored direction; both are among the drawing's actors
    std::string label;  ///< `gas supply`; ties of equal label, direction and status are joined
    std::string group;  ///< decides the colour and stands in the legend: the broadest type
    bool symmetric = false;
    Status status = Status::actual;
    std::string when;                  ///< `28 Jul 2025`, or empty
    std::string amount;                ///< `more than 40 million USD`, or empty
    std::string tooltip;               ///< a sentence
    std::string url;                   ///< of its source
    std::vector<std::size_t> sources;  ///< numbers from 1 in the drawing's list, ascending
    bool emphasised = false;
};

struct DrawnSource {
    std::string text;  ///< title, publisher, date
    std::string url;
};

/// What is drawn. Plain data: nothing here knows of a database. If anything is emphasised, the rest
/// is drawn muted.
struct Drawing {
    std::string title;
    std::vector<DrawnActor> actors;  ///< any order; drawn by number
    std::vector<DrawnTie> ties;  ///< any order; drawn by number. Ties with absent ends are left out
    std::vector<DrawnSource> sources;  ///< numbered from 1
    std::vector<std::string> notes;    ///< a sentence each: what was cut or left out
    std::string size_means;            ///< `degree`: what the sizes are; empty: none
    std::string colour_means;          ///< `country`: what the colours of actors are; empty: their types
    bool clusters = false;             ///< actors of a group stand together in a frame
};

/// A relationship type in words: `GAS_SUPPLY` -> `gas supply`.
std::string type_in_words(std::string_view type);

/// A date as short as a picture needs and no more certain than it is: `28 Jul 2025`, `Jul 2025`,
/// `in Jan–Apr 2025` (some day between), `by 2025`, `2025 or later`, `c. 2025`.
std::string short_date(const Date& date);

/// When it held, from `startDate` and `endDate` or else `date`: `since Jul 2025`, `10–11 Jul 2025`,
/// `until 2015`, `ended by 2022`. Empty: undated.
std::string short_when(const Properties& properties);

}  // namespace entente::exporters
