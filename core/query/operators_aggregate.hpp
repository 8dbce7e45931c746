// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <exception>
#include <unordered_map>
#include <vector>

#include "core/query/compare.hpp"
#include "core/query/functions.hpp"
#include "core/query/operators.hpp"
#include "core/query/seen.hpp"

namespace entente::query {

/// Groups rows by keys and computes aggregates; groups come in the order of their first rows. Without
/// keys there is one group, of no rows if need be.
///
/// Where the rows come from going through everything by number, and there is much of it, it is done in
/// pieces, on all threads that the context has helpers for, and the pieces are put together in their order.
/// Pieces depend on the data alone, so the last digit of a sum does not depend on the machine.
class Aggregation final : public Operator {
public:
    Aggregation(OperatorPtr input, std::vector<Project::Item> keys, std::vector<AggregateItem> items)
        : Operator(std::move(input)), keys_(std::move(keys)), items_(std::move(items)) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "Aggregate"; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    struct Gathered {
        std::uint64_t count = 0;  ///< of count(*)
        std::unique_ptr<Accumulator> accumulator;
        Seen seen;  ///< of DISTINCT
    };
    struct Group {
        Datums keys;
        std::vector<Gathered> gathered;
    };
    struct Memo {
        Datums keys;
        std::size_t group = 0;
    };
    struct Groups {
        std::vector<Group> all;
        std::unordered_map<Datums, std::size_t, DatumsHash, DatumsEquivalent> places;
        std::vector<Memo> memo;
        std::uint64_t asked = 0;
    };
    struct Piece {
        std::uint64_t first = 0, last = 0;
        Groups groups;
        std::exception_ptr failure;
    };
    void read(Row& row, Context& context);
    void gather(Groups& groups, Row& row, Context& context);
    [[nodiscard]] Numbered* numbered() const;
    bool read_in_pieces(Row& row, Context& context);
    void share(std::vector<Piece>& pieces, Row& row, Context& context);
    void put_together(Groups& later, Context& context);
    std::size_t number_of(Groups& groups, const Datums& keys, Context& context);
    Group& group_of(Groups& groups, const Datums& keys, Context& context);
    void add(Group& group, Row& row, Context& context);
    [[nodiscard]] bool counts_only() const {
        return keys_.empty() && items_.size() == 1 && items_[0].call->op == Op::count_star;
    }

    std::vector<Project::Item> keys_;
    std::vector<AggregateItem> items_;
    Datums keys_now_, arguments_;  ///< of the row at hand
    Groups groups_;
    std::size_t at_ = 0;
    std::size_t held_ = 0;
    bool ready_ = false;
};

}  // namespace entente::query
