// SPDX-License-Identifier: MIT
#include "core/storage/currency_of.hpp"

#include "core/model/money.hpp"

namespace entente::storage {

CurrencyOf::CurrencyOf(const Reader& reader, const std::string& property)
    : reader_(reader), money_(is_money(property)) {
    for (const std::string& name : currency_properties(property)) {
        if (const auto known = reader.find_property(name)) says_.push_back(*known);
    }
}

std::string CurrencyOf::operator()(RelationshipId id) const {
    for (const PropertyId property : says_) {
        const Value code = reader_.property(id, property);
        if (!code.is_null()) return to_text(code);
    }
    return {};
}

}  // namespace entente::storage
