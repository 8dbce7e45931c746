// SPDX-License-Identifier: MIT
#include "core/model/actor.hpp"

namespace entente {

std::string name_of(const Actor& actor) {
    const Value* name = find_property(actor.properties, "name");
    return name != nullptr && name->kind() == Value::Kind::text ? name->text() : std::string();
}

std::vector<std::string> aliases_of(const Actor& actor) {
    std::vector<std::string> out;
    const Value* aliases = find_property(actor.properties, "aliases");
    if (aliases == nullptr) return out;
    if (aliases->kind() == Value::Kind::text) {
        out.push_back(aliases->text());
    } else if (aliases->kind() == Value::Kind::list) {
        for (const Value& alias : aliases->list()) {
            if (alias.kind() == Value::Kind::text) out.push_back(alias.text());
        }
    }
    return out;
}

std::string label_of(const Actor& actor) {
    std::string name = name_of(actor);
    if (!name.empty()) return name;
    if (actor.key && !actor.key->empty()) return *actor.key;
    return handle(actor.id);
}

}  // namespace entente
