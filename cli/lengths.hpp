// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tsl/robin_set.h>

#include "cli/command.hpp"
#include "cli/weights.hpp"
#include "core/storage/currency_of.hpp"

namespace entente::cli {

/// `--cost` or `--strength` as the lengths of relationships, read from the file as a search meets them:
/// the property itself, or 1 / the property. read_weights() is the same for a whole network.
class Lengths {
public:
    /// REQUIRES: options.given(); they and the reader must outlive it. Throws Error{usage} when both were
    /// given, Error{unknown_name} for a property that nobody has.
    Lengths(const storage::Reader& reader, const WeightOptions& options);

    /// Nothing without the property, or in another currency than the one chosen. Throws Error that names
    /// the relationship: a text, a negative length, a strength of zero, an absurd number, a second currency of what is money.
    std::optional<double> operator()(RelationshipId id);

    /// What was left out so far, a sentence each.
    [[nodiscard]] std::vector<std::string> notes() const;

private:
    bool other_currency(RelationshipId id);
    const storage::Reader& reader_;
    const WeightOptions& options_;
    PropertyId property_;
    storage::CurrencyOf currency_of_;
    std::optional<std::string> currency_;  ///< the one that all are in
    std::set<std::string> beside_;         ///< those beside numbers that are no money
    tsl::robin_set<std::uint64_t> missing_, foreign_, without_currency_;
};

}  // namespace entente::cli
