// SPDX-License-Identifier: MIT
#include "core/model/money.hpp"

#include <catch2/catch.hpp>

using namespace entente;

TEST_CASE("the last word of a name says whether it is an amount of money") {
    for (const char* name : {"amount", "Amount", "AMOUNT", "amountMin", "amountMax", "amount_max", "value", "contractValue",
                             "price", "total_cost", "unit price", "value.amount", "sharesValue", "annualTurnover"}) {
        INFO(name);
        CHECK(is_money(name));
    }
    for (const char* name : {"share", "count", "percentage", "amountUsd", "amount_eur", "sharesCount", "weight", "distance",
                             "min", "valueType", "valued", "evaluate", "", "priceIndex"}) {
        INFO(name);
        CHECK_FALSE(is_money(name));
    }
}

TEST_CASE("the nearest property says the currency") {
    using Names = std::vector<std::string>;
    CHECK(currency_properties("amount") == Names{"amountCurrency", "currency"});
    CHECK(currency_properties("amountMin") == Names{"amountMinCurrency", "amountCurrency", "currency"});
    CHECK(currency_properties("sharesValue") == Names{"sharesValueCurrency", "sharesCurrency", "currency"});
    CHECK(currency_properties("total_cost") == Names{"total_cost_currency", "total_currency", "currency"});
}
