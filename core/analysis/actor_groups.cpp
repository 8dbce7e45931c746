// SPDX-License-Identifier: MIT
#include "core/analysis/actor_groups.hpp"

#include <algorithm>

namespace entente::analysis {

std::string types_together(const storage::Reader& reader, ActorId actor) {
    std::vector<std::string> names;
    for (const ActorType type : reader.types(actor)) names.push_back(reader.name(type));
    std::sort(names.begin(), names.end());
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : "|") + name;
    return out;
}

}  // namespace entente::analysis
