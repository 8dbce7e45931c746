// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "core/model/value.hpp"

namespace entente {

/// What every answer is: named columns and rows of values.
struct Table {
    struct Column {
        std::string name;       ///< stable; documented in cli/README.md
        bool numeric = false;   ///< right-aligned for people
    };
    std::vector<Column> columns;
    std::vector<std::vector<Value>> rows;  ///< each as long as `columns`
    std::string reading;  ///< one line that states how the question was read, or empty
    std::vector<std::string> notes;  ///< what a reader must know (left out, cut, uncertain), a sentence each
};

}  // namespace entente
