// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente::names {

/// May `word` be a slip of the pen for `known`? One letter wrong, missing, too many or two in the wrong order, two such
/// slips from ten letters on; never the first one. Case, spaces, `_` and `-` do not count. Narrower than nearest(), for
/// notes on what nobody asked about.
bool is_slip(std::string_view word, std::string_view known);

/// Of these the nearest that `word` may be a slip for, the first of equally near ones, or that is spelled in other cases
/// or with other signs between its words; empty when there is none or `word` is one of them.
std::string slip_of(std::string_view word, const std::vector<std::string>& known);

}  // namespace entente::names
