// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"
#include "core/model/table.hpp"

namespace entente::cli {

/// `--diff` of commands that answer with a table: what `--without` and `--without-source` change.
struct DifferenceOption {
    void setup(Options& options);
    bool given = false;
};

/// Two answers to one question as one: a row for each row that is gone, new or changed, joined by the columns
/// `keys`. Its columns are `change` (gone, new, changed), those of the answers, and after each numeric
/// one that is no key the same with ` before`. Rows gone come first, then the others in the order of
/// `after`, then the new ones; how many are as before a note says. Reading and notes are those of
/// `after`. O(n log n).
Table difference(const Table& before, const Table& after, const std::vector<std::string>& keys);

}  // namespace entente::cli
