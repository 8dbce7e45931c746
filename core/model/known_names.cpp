// SPDX-License-Identifier: MIT
#include "core/model/known_names.hpp"

#include <tsl/robin_set.h>

#include "core/model/ftm_schema.hpp"

namespace entente {

bool is_known_property(std::string_view name) {
    static const tsl::robin_set<std::string_view> known = [] {
        tsl::robin_set<std::string_view> out{"aliases", "amount",  "amountMax", "amountMin", "confidence", "currency", "date",        "endDate", "event", "excerpt",
                                             "grade",   "id",      "label",     "locator",   "name",       "place",    "retrievedAt", "role",    "share", "startDate",
                                             "status",  "url",     "weight"};
        for (const ftm::Schema& schema : ftm::all_schemata())
            for (const auto& [property, what] : schema.properties) out.insert(property);
        return out;
    }();
    return known.contains(name);
}

}  // namespace entente
