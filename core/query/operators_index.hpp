// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "core/query/operators_find.hpp"
#include "core/storage/property_index.hpp"
#include "core/storage/text_scan.hpp"

namespace entente::query {

/// What a predicate asks of an indexed property.
struct IndexBound {
    enum class How : std::uint8_t { equal, in, prefix, at_least, at_most };
    How how = How::equal;
    const Expression* value = nullptr;
};

/// Actors that an index finds: all for which the bounds can hold, and maybe more, which a filter must
/// look at; ascending, each once. Bounds are one of the first three kinds, or any number of the last two.
class FindIndexed final : public FindingActors {
public:
    /// `otherwise` scans: for values of kinds that no index holds, and when the index is gone.
    FindIndexed(OperatorPtr input, Slot slot, std::uint32_t index, std::vector<IndexBound> bounds,
                OperatorPtr otherwise)
        : FindingActors(std::move(input), slot, std::move(otherwise)), index_(index), bounds_(std::move(bounds)) {}
    [[nodiscard]] const char* name() const override { return "ActorsByIndex"; }

private:
    bool find(Row& row, Context& context) override;
    std::uint32_t index_;
    std::vector<IndexBound> bounds_;
};

/// Actors by what a text of theirs contains, begins or ends with; ascending. Reads all of them, but only
/// that text.
class FindByText final : public FindingActors {
public:
    FindByText(OperatorPtr input, Slot slot, std::string property, storage::TextTest test, const Expression* part)
        : FindingActors(std::move(input), slot), property_{std::move(property)}, test_(test), part_(part) {}
    [[nodiscard]] const char* name() const override { return "ActorsByText"; }

private:
    bool find(Row& row, Context& context) override;
    NameRef property_;
    storage::TextTest test_;
    const Expression* part_;
};

/// The stretch of an index where a bound can hold for a value; nothing when no index tells. An empty one
/// for null, which nothing equals. REQUIRES: not IndexBound::How::in.
std::optional<storage::IndexSpan> span_of(IndexBound::How how, const Datum& value);

}  // namespace entente::query
