// SPDX-License-Identifier: MIT
#include "core/model/money.hpp"

#include <algorithm>
#include <iterator>

namespace entente {
namespace {

constexpr std::string_view kMoney[] = {
    "amount",  "value",   "price",    "cost",   "costs",    "sum",      "total",    "fee",     "fees",   "money",
    "budget",  "payment", "paid",     "balance", "debt",    "loan",     "credit",   "grant",   "salary", "wage",
    "income",  "revenue", "turnover", "profit", "loss",     "capital",  "fine",     "tax",     "donation",
    "funding", "expenses", "expenditure", "deposit", "investment", "subsidy", "worth", "proceeds", "dividend"};
constexpr std::string_view kBounds[] = {"min", "max", "minimum", "maximum", "from", "to", "low", "high"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// Where the last word begins: `contractValue` 8, `total_cost` 6, `amount` 0, `AMOUNT` 0.
std::size_t last_word(std::string_view name) {
    for (std::size_t i = name.size(); i-- > 1;) {
        if (name[i - 1] == '_' || name[i - 1] == '-' || name[i - 1] == ' ' || name[i - 1] == '.') return i;
        if (is_upper(name[i]) && !is_upper(name[i - 1])) return i;
    }
    return 0;
}

template <std::size_t N>
bool is_one_of(const std::string_view (&words)[N], std::string_view word) {
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view known) {
        return std::equal(word.begin(), word.end(), known.begin(), known.end(),
                          [](char a, char b) { return (is_upper(a) ? static_cast<char>(a - 'A' + 'a') : a) == b; });
    });
}

/// The name without its last word and what parts it from the others.
std::string_view without_last(std::string_view name) {
    name = name.substr(0, last_word(name));
    while (!name.empty() && (name.back() == '_' || name.back() == '-' || name.back() == ' ' || name.back() == '.')) {
        name.remove_suffix(1);
    }
    return name;
}

std::string_view without_bound(std::string_view name) {
    const std::string_view rest = without_last(name);
    return !rest.empty() && is_one_of(kBounds, name.substr(last_word(name))) ? rest : name;
}

}  // namespace

bool is_money(std::string_view property) {
    const std::string_view name = without_bound(property);
    return is_one_of(kMoney, name.substr(last_word(name)));
}

std::vector<std::string> currency_properties(std::string_view property) {
    std::vector<std::string> out;
    const auto add = [&](std::string_view stem) {
        if (stem.empty()) return;
        const bool apart = property.find('_') != std::string_view::npos;
        std::string name = std::string(stem) + (apart ? "_currency" : "Currency");
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
    };
    const std::string_view name = without_bound(property);
    add(property);
    add(name);
    add(without_last(name));
    out.emplace_back("currency");
    return out;
}

}  // namespace entente
