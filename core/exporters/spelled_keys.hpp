// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "core/exporters/graph_table.hpp"

namespace entente::exporters {

/// What actors go by in a format that cannot write every key: their keys where it can; others as it spells them, with a
/// number behind (`b_b_2`) where another actor goes by that. No two have one name.
class SpelledKeys {
public:
    using Spell = std::string (*)(std::string_view key);  ///< a text that spells itself

    /// Goes through the keys, twice if some are not spelled as they are.
    SpelledKeys(const GraphTable& table, Spell spell);

    /// Valid as long as both this and the key.
    [[nodiscard]] const std::string& of(const std::string& key) const {
        const auto found = others_.find(key);
        return found != others_.end() ? found->second : key;
    }

private:
    std::unordered_map<std::string, std::string> others_;  ///< by key, those that are not spelled as they are
};

}  // namespace entente::exporters
