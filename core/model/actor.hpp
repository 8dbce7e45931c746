// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/id.hpp"
#include "core/model/value.hpp"

namespace entente {

/// A node: a person, a company, a public body, a state, a place ...
struct Actor {
    ActorId id;
    std::optional<std::string> key;  ///< unique in a database, never empty
    std::vector<std::string> types;  ///< labels, sorted, each once
    Properties properties;           ///< `name` (text) and `aliases` (list of texts) among them
    ChangeSetId since;               ///< the change set that brought this version

    friend bool operator==(const Actor&, const Actor&) = default;
};

/// The property `name` when it is a text, else the empty text.
std::string name_of(const Actor& actor);
/// The texts in the property `aliases`.
std::vector<std::string> aliases_of(const Actor& actor);
/// What a person calls it: name, else key, else handle. Never empty.
std::string label_of(const Actor& actor);

}  // namespace entente
