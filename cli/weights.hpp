// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "core/graph/snapshot.hpp"

namespace entente::cli {

/// A column of numbers that an analysis weighs relationships by.
struct Weights {
    std::vector<double> numbers;  ///< by relationship number; NaN: left out
    std::uint64_t missing = 0;    ///< relationships of the graph without a number
    std::uint64_t other_currency = 0, without_currency = 0;
    std::string no_money;  ///< a note: the relationships are in several currencies, which does not matter here

    /// What was left out, a sentence each, for the notes of an answer.
    [[nodiscard]] std::vector<std::string> notes(const std::string& property) const;
    RelationshipId first_missing;
};

/// Says that a property that is no money (see is_money()) was not parted by currency, though there are several.
std::string no_money_note(const std::string& property, const std::set<std::string>& currencies);

/// What `--currency` does, wherever there is one.
inline constexpr const char* kCurrencyHelp =
    "only numbers in this currency; of money (amount, price, totalCost ...) several do not add up";

/// Is it a text that looks like a number?
bool looks_like_number(const Value& value);

/// Says why the property of a relationship, a text that looks like a number, is none: throws Error{usage} that names
/// the relationship, in the selection or not, whose word made texts of them all; where there is none, says how to make
/// numbers of them.
[[noreturn]] void refuse_digits(const storage::Reader& reader, const std::string& property, RelationshipId id);

/// What the numbers of a property are for: lengths and strengths are above 0; sums may have any sign.
enum class WeightKind : std::uint8_t { cost, strength, sum };

/// The property of that name; an unknown one throws Error{unknown_name} with the nearest.
PropertyId weight_property(const storage::Reader& reader, const std::string& name);

/// The property as numbers of the relationships in the graph. A value that is no number, or not fit for
/// its use (zero or negative; infinite, or so large or small that nothing can be computed), throws Error{usage} that names the relationship, first of all one
/// that does not even look like a number;
/// missing ones are left out and counted. Amounts of money (see is_money()) in several currencies throw
/// Error{usage} unless `currency` chooses one, which any property can be asked in. An unknown property throws Error{unknown_name} with the nearest.
Weights read_weights(const storage::Reader& reader, const graph::Snapshot& g, const std::string& property,
                     WeightKind kind, const std::string& currency);

/// `--strength PROP`, `--cost PROP` and `--currency CODE`.
struct WeightOptions {
    enum class Takes : std::uint8_t { strength, either };
    void setup(Options& options, Takes takes);
    /// Throws Error{usage} for both --strength and --cost, and for --currency with neither.
    void check() const;
    [[nodiscard]] bool given() const { return strength.has_value() || cost.has_value(); }
    [[nodiscard]] const std::string& property() const { return strength ? *strength : *cost; }
    /// Nothing when no option was given. Throws as check() and read_weights() do.
    [[nodiscard]] std::optional<Weights> read(const storage::Reader& reader, const graph::Snapshot& g) const;
    /// "strength amount", for the first line of an answer; empty when none was given.
    [[nodiscard]] std::string reading() const;

    std::optional<std::string> strength, cost;
    std::string currency;
    Takes takes = Takes::strength;
};

}  // namespace entente::cli
