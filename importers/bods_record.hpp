// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/model/source.hpp"
#include "core/model/value.hpp"

namespace entente::importers {

/// A statement of the Beneficial Ownership Data Standard, 0.3 or 0.4, as it is read.
struct BodsStatement {
    enum class Kind : std::uint8_t { entity, person, relationship, other };
    Kind kind = Kind::other;
    std::string what;      ///< the kind as it is told
    std::string id;        ///< `statementId`
    std::string record;    ///< `recordId`; in 0.3, which has none, the statement's id
    std::string date;      ///< `statementDate`
    bool closed = false;
    std::vector<std::string> replaces;  ///< in 0.3: ids of the statements that it takes the place of
    Map details;           ///< what it says of the record
    Source source;         ///< without key: none
    std::string publisher, licence;
};

/// Throws Error{import} at `place` where a statement has not the shape of one.
BodsStatement bods_statement(Map statement, const Place& place);

/// The record of an actor as members of ours (importers/README.md).
Map bods_actor(const BodsStatement& statement, const Place& place);

/// The types that interests make.
inline constexpr const char* kBodsTypes[] = {"OWNERSHIP", "CONTROL", "DIRECTORSHIP", "BENEFICIARY_OF", "REPRESENTATION", "INTEREST"};

/// A relationship for each interest, from the interested party to the subject; `id` is the record's with the number of
/// the interest behind it. An end that is not named is an actor of its own, which `parties` gets.
struct BodsTies {
    std::vector<Map> ties;
    std::vector<Map> parties;
    std::string none;  ///< why there is no relationship at all: what the statement says of the end it lacks
};
BodsTies bods_ties(const BodsStatement& statement, const std::function<std::string(const std::string&)>& key_of, const Place& place);

}  // namespace entente::importers
