// SPDX-License-Identifier: MIT
#include "core/query/operator.hpp"

namespace entente::query {

std::string to_text(const Operator& plan) {
    std::string out = plan.name();
    std::string inside;
    for (const Operator* input : plan.inputs()) inside += (inside.empty() ? "" : ", ") + to_text(*input);
    if (!inside.empty()) out += "(" + inside + ")";
    return out;
}

}  // namespace entente::query
