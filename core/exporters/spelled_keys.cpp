// SPDX-License-Identifier: MIT
#include "core/exporters/spelled_keys.hpp"

#include <unordered_set>
#include <utility>

namespace entente::exporters {

SpelledKeys::SpelledKeys(const GraphTable& table, Spell spell) {
    table.keys([&](const std::string& key) {
        if (std::string name = spell(key); name != key) others_.emplace(key, std::move(name));
    });
    if (others_.empty()) return;
    std::unordered_set<std::string> taken;
    table.keys([&](const std::string& key) {
        if (!others_.contains(key)) taken.insert(key);
    });
    table.keys([&](const std::string& key) {
        const auto other = others_.find(key);
        if (other == others_.end()) return;
        const std::string plain = other->second;
        for (std::size_t n = 2; !taken.insert(other->second).second; ++n) other->second = plain + "_" + std::to_string(n);
    });
}

}  // namespace entente::exporters
