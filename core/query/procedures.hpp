// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/datum.hpp"
#include "core/query/types.hpp"

namespace entente::query {

class Context;

/// What CALL runs: arguments in, rows out.
struct Procedure {
    struct Field {
        std::string name;
        Kinds kinds = kind::kAny;
        bool optional = false;  ///< an input that may be left out
    };
    std::string name;
    std::vector<Field> inputs;
    std::vector<Field> outputs;
    std::function<std::vector<Datums>(Context&, const Datums& arguments)> run;
    std::string line;  ///< what it does, for help and completion
};

/// Procedures by name, exactly as written.
class Procedures {
public:
    void add(Procedure procedure);
    [[nodiscard]] const Procedure* find(std::string_view name) const;
    [[nodiscard]] const std::map<std::string, Procedure, std::less<>>& all() const { return all_; }

private:
    std::map<std::string, Procedure, std::less<>> all_;
};

}  // namespace entente::query
