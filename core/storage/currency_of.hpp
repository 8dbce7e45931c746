// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/storage/reader.hpp"

namespace entente::storage {

/// The currency that the numbers of one property are in, relationship by relationship.
class CurrencyOf {
public:
    /// The reader must outlive it.
    CurrencyOf(const Reader& reader, const std::string& property);

    /// The code as it is told; empty when there is none.
    [[nodiscard]] std::string operator()(RelationshipId id) const;

    /// Must different currencies not be added up? Not those beside a share or a count: see is_money().
    [[nodiscard]] bool money() const { return money_; }

private:
    const Reader& reader_;
    std::vector<PropertyId> says_;  ///< the first that a relationship has
    bool money_;
};

}  // namespace entente::storage
