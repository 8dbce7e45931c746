// SPDX-License-Identifier: MIT
#include "core/query/operators_index.hpp"

namespace entente::query {
namespace {

using How = IndexBound::How;
using Kind = Datum::Kind;
using storage::IndexSpan;

constexpr IndexSpan kNone{{1, 0}, {0, 0}};

/// Is a comparison with a value of this kind null, or false, whatever stands in the index?
bool never(const Datum& value) { return value.is_null() || (value.kind() == Kind::real && value.real() != value.real()); }

}  // namespace

std::optional<IndexSpan> span_of(How how, const Datum& value) {
    if (never(value)) return kNone;
    if (how == How::prefix) {
        return value.kind() == Kind::text ? storage::starting_with(value.text()) : kNone;
    }
    const auto plain = value.value();
    if (!plain) return std::nullopt;
    return how == How::at_least  ? storage::at_least(*plain)
           : how == How::at_most ? storage::at_most(*plain)
                                 : storage::equal_to(*plain);
}

/// false: no index tells, everything has to be looked at.
bool FindIndexed::find(Row& row, Context& context) {
    const storage::Reader& reader = context.reader();
    if (!storage::has_index(reader, index_)) return false;
    std::optional<IndexSpan> all;
    for (const IndexBound& bound : bounds_) {
        const Datum value = evaluate(*bound.value, row, context);
        if (bound.how == How::in) {
            if (value.is_null()) return true;
            if (value.kind() != Kind::list) return false;
            for (const Datum& each : value.list()) {
                const auto span = span_of(How::equal, each);
                if (!span) return false;
                for (const ActorId id : storage::indexed_actors(reader, index_, *span)) found_.push_back(id);
            }
            sort_found();
            return true;
        }
        const auto span = span_of(bound.how, value);
        if (!span) return false;
        all = all ? all->within(*span) : *span;
    }
    if (all) found_ = storage::indexed_actors(reader, index_, *all);
    return true;
}

bool FindByText::find(Row& row, Context& context) {
    const Datum part = evaluate(*part_, row, context);
    const auto property = context.property(property_);
    if (part.kind() == Kind::text && property) {
        found_ = storage::actors_with_text(context.reader(), *property, test_, part.text());
    }
    return true;
}

}  // namespace entente::query
