// SPDX-License-Identifier: MIT
#include "core/query/procedures.hpp"

namespace entente::query {

void Procedures::add(Procedure procedure) {
    std::string name = procedure.name;
    all_.insert_or_assign(std::move(name), std::move(procedure));
}

const Procedure* Procedures::find(std::string_view name) const {
    const auto at = all_.find(name);
    return at == all_.end() ? nullptr : &at->second;
}

}  // namespace entente::query
