// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/query/compare.hpp"
#include "core/query/operator.hpp"

namespace entente::query {

/// Actors whose `key` equals the row's `probe`, found in a table that is made of one scan when the first
/// row comes: for two parts of a pattern that only an equality joins. Ascending; maybe more than are equal,
/// which a filter must look at.
class JoinActors final : public Operator {
public:
    /// `scan` fills the slot, beginning at nothing; `key` reads that slot alone.
    JoinActors(OperatorPtr input, Slot slot, OperatorPtr scan, const Expression* key, const Expression* probe)
        : Operator(std::move(input)), slot_(slot), scan_(std::move(scan)), key_(key), probe_(probe) {}
    void open(Row& row, Context& context) override;
    [[nodiscard]] const char* name() const override { return "JoinActors"; }
    [[nodiscard]] std::vector<const Operator*> inputs() const override { return {input_.get(), scan_.get()}; }

protected:
    bool pull(Row& row, Context& context) override;

private:
    void build(Row& row, Context& context);
    Slot slot_;
    OperatorPtr scan_;
    const Expression* key_;
    const Expression* probe_;
    std::unordered_map<Datums, std::vector<ActorId>, DatumsHash, DatumsEquivalent> table_;
    const std::vector<ActorId>* found_ = nullptr;
    std::size_t at_ = 0;
    std::size_t held_ = 0;
    bool built_ = false;
};

}  // namespace entente::query
