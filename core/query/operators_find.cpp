// SPDX-License-Identifier: MIT
#include "core/query/operators_find.hpp"

#include <algorithm>

namespace entente::query {

void FindingActors::open(Row& row, Context& context) {
    found_.clear();
    at_ = 0;
    scanning_ = false;
    input().open(row, context);
}

void FindingActors::sort_found() {
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
}

bool FindingActors::pull(Row& row, Context& context) {
    for (;;) {
        context.step();
        if (scanning_) {
            if (otherwise_->next(row, context)) return true;
            scanning_ = false;
        }
        if (at_ < found_.size()) {
            row[slot_] = Datum(found_[at_++]);
            return true;
        }
        if (!input().next(row, context)) return false;
        found_.clear();
        at_ = 0;
        if (find(row, context)) continue;
        found_.clear();
        otherwise_->open(row, context);
        scanning_ = true;
    }
}

}  // namespace entente::query
