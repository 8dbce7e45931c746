// SPDX-License-Identifier: MIT
#include "cli/namesakes.hpp"

#include <map>

#include "cli/actors.hpp"
#include "cli/records.hpp"

namespace entente::cli {

std::vector<std::string> told_apart(const storage::Reader& reader, std::span<const ActorId> actors) {
    std::vector<std::string> out;
    std::map<std::string, ActorId> bearer;
    std::map<std::string, bool> shared;
    for (const ActorId id : actors) {
        out.push_back(label(reader, id));
        if (bearer.try_emplace(out.back(), id).first->second != id) shared[out.back()] = true;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (shared.contains(out[i])) out[i] = describe(reader, actors[i]);
    }
    return out;
}

}  // namespace entente::cli
