// SPDX-License-Identifier: MIT
#include "cli/lengths.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/text.hpp"
#include "core/analysis/measure.hpp"
#include "core/error.hpp"

namespace entente::cli {

Lengths::Lengths(const storage::Reader& reader, const WeightOptions& options)
    : reader_(reader), options_(options), currency_of_(reader, options.property()) {
    options.check();
    property_ = weight_property(reader, options.property());
    if (!options.currency.empty()) currency_ = options.currency;
}

std::optional<double> Lengths::operator()(RelationshipId id) {
    const Value value = reader_.property(id, property_);
    if (value.is_null()) {
        missing_.insert(id.value);
        return std::nullopt;
    }
    const std::string& name = options_.property();
    const auto refuse = [&](std::string_view why) {
        throw Error(ErrorKind::type, fmt::format("{} of {} is {}, {}", escape_controls(name), handle(id), clip(for_people(value), 60), why),
                    fmt::format("correct it: entente set {} {}=NUMBER", handle(id), shell_quote(name)));
    };
    const auto number = value.number();
    if (looks_like_number(value)) refuse_digits(reader_, name, id);
    if (!number || !std::isfinite(*number)) refuse("no number to add up");
    if (*number < 0) refuse("and a length cannot be negative");
    if (options_.strength && *number <= 0) refuse("and a strength must be above zero");
    if (std::abs(*number) > analysis::kMostWeight) refuse("too large to be reckoned with: at most 1e100 is wanted");
    if (*number > 0 && *number < analysis::kLeastWeight) refuse("too small to be reckoned with: at least 1e-100 is wanted");
    if (other_currency(id)) return std::nullopt;
    return options_.strength ? 1 / *number : *number;
}

bool Lengths::other_currency(RelationshipId id) {
    const std::string code = currency_of_(id);
    if (!options_.currency.empty() && code != options_.currency) {
        (code.empty() ? without_currency_ : foreign_).insert(id.value);
        return true;
    }
    if (!options_.currency.empty()) return false;
    if (code.empty()) return false;
    if (!currency_of_.money()) {
        beside_.insert(escape_controls(code));
        return false;
    }
    if (!currency_) currency_ = code;
    if (code == *currency_) return false;
    throw Error(ErrorKind::usage,
                fmt::format("{} is told in several currencies, which do not add up: {} and, of {}, {}",
                            escape_controls(options_.property()), escape_controls(*currency_), handle(id),
                            escape_controls(code)),
                fmt::format("choose one with --currency {}", shell_quote(*currency_)));
}

std::vector<std::string> Lengths::notes() const {
    std::vector<std::string> out;
    if (!missing_.empty()) {
        out.push_back(fmt::format("left out: {}, without {}", counted(missing_.size(), "relationship"), options_.property()));
    }
    if (!foreign_.empty()) {
        out.push_back(fmt::format("left out: {}, in another currency", counted(foreign_.size(), "relationship")));
    }
    if (!without_currency_.empty()) {
        out.push_back(fmt::format("left out: {}, without a currency", counted(without_currency_.size(), "relationship")));
    }
    if (beside_.size() > 1) out.push_back(no_money_note(options_.property(), beside_));
    return out;
}

}  // namespace entente::cli
