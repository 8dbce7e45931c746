// SPDX-License-Identifier: MIT
#include "cli/weights.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/text.hpp"
#include "core/analysis/measure.hpp"
#include "core/error.hpp"
#include "core/graph/each_relationship.hpp"
#include "core/names/similarity.hpp"
#include "core/storage/currency_of.hpp"
#include "core/storage/record_cursor.hpp"

namespace entente::cli {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse(const std::string& property, RelationshipId id, const std::string& what) {
    throw Error(ErrorKind::usage, fmt::format("{} of r{} is {}", escape_controls(property), id.value, what),
                fmt::format("correct it with `entente set r{} {}=NUMBER`, or leave such relationships out of the selection",
                            id.value, shell_quote(property)));
}

std::string no_number(const Value& value) { return "no number but " + clip(for_people(value), 60); }

/// The property of a variable in openCypher.
std::string in_cypher(const std::string& property) {
    std::string name = "`";
    for (const char c : property) name += c == '`' ? "``" : std::string(1, c);
    const bool plain = std::all_of(property.begin(), property.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    });
    return plain ? "r." + property : "r." + name + "`";
}

void check(double number, RelationshipId id, const std::string& property, WeightKind kind) {
    const char* wanted = nullptr;
    if (!std::isfinite(number)) {
        wanted = "a finite number is wanted";
    } else if (kind == WeightKind::cost && number <= 0) {
        wanted = "these measures want lengths above zero";
    } else if (kind == WeightKind::strength && number <= 0) {
        wanted = "a strength must be above zero";
    } else if (std::abs(number) > analysis::kMostWeight) {
        wanted = "it is too large to be reckoned with, at most 1e100 is wanted";
    } else if (kind != WeightKind::sum && number < analysis::kLeastWeight) {
        wanted = "it is too small to be reckoned with, at least 1e-100 is wanted";
    }
    if (wanted != nullptr) refuse(property, id, fmt::format("{}: {}", number_for_people(number), wanted));
}

}  // namespace

PropertyId weight_property(const storage::Reader& reader, const std::string& name) {
    if (const auto known = reader.find_property(name)) return *known;
    std::vector<std::string> names;
    for (std::uint32_t p = 1; p <= reader.property_count(); ++p) names.push_back(reader.name(PropertyId(p)));
    const auto near = names::nearest(name, names);
    throw Error(ErrorKind::unknown_name, fmt::format("no relationship has a property \"{}\"", name),
                near.empty() ? "CALL db.propertyKeys() in `entente query` lists the properties"
                             : escape_controls(fmt::format("did you mean {}?", fmt::join(near, " or "))));
}

bool looks_like_number(const Value& value) { return value.kind() == Value::Kind::text && parse_decimal(for_people(value)); }

void refuse_digits(const storage::Reader& reader, const std::string& property, RelationshipId id) {
    const PropertyId wanted = weight_property(reader, property);
    bool numbers = false;
    storage::RecordCursor cursor(reader, storage::RecordCursor::Of::relationships);
    while (cursor.next()) {
        const Value value = cursor.property(wanted);
        if (value.is_null() || looks_like_number(value)) continue;
        numbers |= value.number().has_value();
        if (!value.number()) refuse(property, RelationshipId(cursor.id()), no_number(value));
    }
    const std::string text = for_people(reader.property(id, wanted));
    if (numbers) refuse(property, id, fmt::format("the text \"{}\", no number", text));
    const std::string name = in_cypher(property);
    const std::string statement = fmt::format("MATCH ()-[r]->() WHERE {} IS NOT NULL SET {} = toFloat({})", name, name, name);
    throw Error(ErrorKind::usage,
                fmt::format("{} is a text wherever there is one, such as \"{}\" of r{}, and looks like a number",
                            escape_controls(property), text, id.value),
                fmt::format("make numbers of them with `entente query {}`, or name the column {} when it is imported",
                            shell_quote(statement), escape_controls(property + ":float")));
}

std::string no_money_note(const std::string& property, const std::set<std::string>& currencies) {
    return fmt::format("{} is not taken for money, by its name, and counts whatever the currency ({}); --currency keeps one",
                       escape_controls(property), fmt::join(currencies, ", "));
}

std::vector<std::string> Weights::notes(const std::string& property) const {
    std::vector<std::string> out;
    if (missing != 0) {
        out.push_back(fmt::format("left out: {} without {}, the first r{}", counted(missing, "relationship"),
                                  escape_controls(property), first_missing.value));
    }
    if (other_currency != 0) {
        out.push_back(fmt::format("left out: {} in another currency", counted(other_currency, "relationship")));
    }
    if (without_currency != 0) {
        out.push_back(fmt::format("left out: {} without a currency", counted(without_currency, "relationship")));
    }
    if (!no_money.empty()) out.push_back(no_money);
    return out;
}

Weights read_weights(const storage::Reader& reader, const graph::Snapshot& g, const std::string& property,
                     WeightKind kind, const std::string& currency) {
    const PropertyId id = weight_property(reader, property);
    const storage::CurrencyOf currency_of(reader, property);
    Weights out;
    out.numbers = reader.numbers(id);
    std::set<std::string> currencies, others;  // that are added up, that are left out
    std::uint64_t numbers = 0;
    std::optional<RelationshipId> looks_like_one;
    graph::each_relationship(g, [&](RelationshipId r, RelationshipType) {
        double& number = out.numbers[r.value];
        if (std::isnan(number)) {
            const Value value = reader.property(r, id);
            // One word among numbers makes texts of a whole column: the word is what is wrong.
            if (looks_like_number(value)) {
                if (!looks_like_one) looks_like_one = r;
                return;
            }
            if (!value.is_null()) refuse(property, r, no_number(value));
            if (out.missing++ == 0) out.first_missing = r;
            return;
        }
        const std::string code = currency_of(r);
        if (!currency.empty() && code != currency) {
            number = kNone;
            ++(code.empty() ? out.without_currency : out.other_currency);
            if (!code.empty()) others.insert(escape_controls(code));
            return;
        }
        if (!code.empty()) currencies.insert(escape_controls(code));
        check(number, r, property, kind);
        ++numbers;
    });
    if (looks_like_one) refuse_digits(reader, property, *looks_like_one);
    if (currencies.size() > 1 && !currency_of.money()) {
        out.no_money = no_money_note(property, currencies);
    } else if (currencies.size() > 1) {
        throw Error(ErrorKind::usage,
                    fmt::format("{} is told in several currencies, which do not add up: {}", escape_controls(property),
                                fmt::join(currencies, ", ")),
                    fmt::format("choose one with --currency {}", shell_quote(*currencies.begin())));
    }
    if (numbers == 0 && g.arc_count() != 0) {
        throw Error(ErrorKind::usage,
                    fmt::format("no relationship in this selection has a number for {}{}", escape_controls(property),
                                currency.empty() ? "" : " in " + escape_controls(currency)),
                    others.empty() ? std::string("CALL db.propertyKeys() in `entente query` lists the properties")
                                   : fmt::format("there are some in {}", fmt::join(others, ", ")));
    }
    return out;
}

void WeightOptions::setup(Options& options, Takes what) {
    takes = what;
    options.text("strength", strength, "PROP", "weigh relationships by this property: more is closer");
    if (takes == Takes::either) options.text("cost", cost, "PROP", "take this property for their length: more is further");
    options.text("currency", currency, "CODE", kCurrencyHelp);
}

void WeightOptions::check() const {
    if (strength && cost) throw Error(ErrorKind::usage, "--cost and --strength do not go together");
    if (!given() && !currency.empty()) {
        throw Error(ErrorKind::usage, "--currency wants a property",
                    takes == Takes::either ? "add --cost PROP or --strength PROP" : "add --strength PROP");
    }
}

std::optional<Weights> WeightOptions::read(const storage::Reader& reader, const graph::Snapshot& g) const {
    check();
    if (!given()) return std::nullopt;
    return read_weights(reader, g, property(), strength ? WeightKind::strength : WeightKind::cost, currency);
}

std::string WeightOptions::reading() const {
    if (!given()) return {};
    return escape_controls(fmt::format("{} {}{}", strength ? "strength" : "length", property(),
                                       currency.empty() ? "" : " in " + currency));
}

}  // namespace entente::cli
