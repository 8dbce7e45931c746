// SPDX-License-Identifier: MIT
#include "cli/where.hpp"

#include <memory>

#include "core/query/run.hpp"
#include "core/query/standard_procedures.hpp"

namespace entente::cli {
namespace {

/// `first and then` of one more condition; selections are copied, so they share it.
template <class Id>
void add(std::function<bool(Id)>& all, std::shared_ptr<query::Condition> one) {
    if (!all) {
        all = [one = std::move(one)](Id id) { return one->holds(id); };
    } else {
        all = [before = std::move(all), one = std::move(one)](Id id) { return before(id) && one->holds(id); };
    }
}

}  // namespace

std::vector<std::string> add_conditions(const std::vector<std::string>& texts, const storage::Reader& reader,
                                        graph::Selection& selection) {
    std::vector<std::string> unknown;
    for (const std::string& text : texts) {
        auto condition = std::make_shared<query::Condition>(text, reader, query::standard_procedures());
        unknown.insert(unknown.end(), condition->unknown().begin(), condition->unknown().end());
        if (condition->about_relationships()) {
            add(selection.where_tie, std::move(condition));
        } else {
            add(selection.where_actor, std::move(condition));
        }
    }
    return unknown;
}

}  // namespace entente::cli
