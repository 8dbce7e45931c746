// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/relationship.hpp"

namespace entente::importers {

/// What an event of the CAMEO codebook (Schrodt) is here: its base code of three digits, of which those of four
/// are particular cases, the relationship's type and how it is told.
struct CameoAction {
    std::string_view code;
    std::string_view type;
    std::string_view verb;
    std::string_view plover;  ///< the PLOVER type it falls under, the type's `broader`; empty: there is none, or it is that
    double goldstein;         ///< Goldstein's scale: -10 conflict to 10 cooperation
};

/// The action of a code of two to four digits (`042`, `0421`); an unknown one goes to that of its first two digits
/// (`049` to `040`). nullptr: no code at all.
const CameoAction* cameo_action(std::string_view code);

/// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; GDELT's quad class.
int quad_class(const CameoAction& action);

/// How relationships of the action's type are read.
RelationshipSchema schema_of(const CameoAction& action);

/// The type of actors with a role (`GOV`, `MIL` ...); empty when the code is none that is known.
std::string_view cameo_role(std::string_view code);
bool is_role(std::string_view type);  ///< a type that cameo_role() gives
/// The type above a role's, or the empty text.
std::string_view broader_role(std::string_view type);

/// A country or region by the code of three letters that CAMEO has for it.
struct CameoCountry {
    std::string_view code;
    std::string_view iso;  ///< two letters as FollowTheMoney writes them; empty: a region
    std::string_view name;
};
const CameoCountry* cameo_country(std::string_view code);
/// The same by its name in English, as the table has it.
const CameoCountry* country_called(std::string_view name);

}  // namespace entente::importers
