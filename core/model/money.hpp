// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// Is a property of that name an amount of money, so that its numbers are in a currency? The last word of the
/// name decides, in camel case or with `_`, and `Min`, `Max` and the like after it do not count: `amount`,
/// `amountMin`, `value`, `contractValue`, `price`, `total_cost`; not `share`, `count`, `percentage`, and not
/// `amountUsd`, which names its currency itself.
bool is_money(std::string_view property);

/// The properties that may say the currency of `property`, the nearest first: of `sharesValue`
/// `sharesValueCurrency`, `sharesCurrency` and `currency`. The first of them that a relationship has is the one.
std::vector<std::string> currency_properties(std::string_view property);

}  // namespace entente
