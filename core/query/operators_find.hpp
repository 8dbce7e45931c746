// SPDX-License-Identifier: MIT
#pragma once

#include <utility>
#include <vector>

#include "core/query/operator.hpp"

namespace entente::query {

/// For each row the actors that something finds, in its order, without repeats.
class FindingActors : public Operator {
public:
    /// `otherwise` scans for what find() cannot tell; none when it always can.
    FindingActors(OperatorPtr input, Slot slot, OperatorPtr otherwise = nullptr)
        : Operator(std::move(input)), slot_(slot), otherwise_(std::move(otherwise)) {}
    void open(Row& row, Context& context) override;

protected:
    bool pull(Row& row, Context& context) final;
    /// Puts what it finds into found_, which is empty. false: everything has to be looked at.
    virtual bool find(Row& row, Context& context) = 0;
    /// Into the order of their numbers, each once.
    void sort_found();

    std::vector<ActorId> found_;

private:
    Slot slot_;
    OperatorPtr otherwise_;
    std::size_t at_ = 0;
    bool scanning_ = false;
};

}  // namespace entente::query
