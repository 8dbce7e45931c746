// SPDX-License-Identifier: MIT
#include "core/query/helpers.hpp"

#include <algorithm>
#include <thread>

#include "core/query/binder.hpp"
#include "core/query/parser.hpp"
#include "core/query/planner.hpp"
#include "core/storage/same_state.hpp"

namespace entente::query {
namespace {

constexpr unsigned kMostThreads = 16;

/// Values that share nothing with the ones given; nothing when some of them cannot be copied so.
std::optional<DatumMap> apart(const DatumMap& parameters) {
    DatumMap out;
    for (const auto& [name, datum] : parameters) {
        const auto value = datum.value();
        if (!value) return std::nullopt;
        out.emplace(name, Datum(*value));
    }
    return out;
}

/// The n-th step, the last one of a plan being the first, counted down along the inputs.
Operator* step_at(Operator& plan, std::size_t& n) {
    if (n == 0) return &plan;
    --n;
    for (const Operator* input : plan.inputs()) {
        if (Operator* found = step_at(const_cast<Operator&>(*input), n)) return found;
    }
    return nullptr;
}

/// Step by step: a plan that was made when the database was another one may be another one.
bool same(const Operator& a, const Operator& b) {
    const auto below = a.inputs(), other = b.inputs();
    return a.name() == std::string_view(b.name()) && a.detail() == b.detail() &&
           std::equal(below.begin(), below.end(), other.begin(), other.end(),
                      [](const Operator* x, const Operator* y) { return same(*x, *y); });
}

bool number_of(const Operator& plan, const Operator& step, std::size_t& n) {
    if (&plan == &step) return true;
    ++n;
    for (const Operator* input : plan.inputs()) {
        if (number_of(*input, step, n)) return true;
    }
    return false;
}

}  // namespace

Helper::Helper(std::string_view text, const Procedures& procedures, DatumMap parameters, storage::Reader reader,
               const Bounds& bounds, std::int64_t now)
    : reader_(std::move(reader)), parameters_(std::move(parameters)),
      statement_(std::make_unique<Statement>(parse(text))) {
    bind(*statement_, {&procedures, &parameters_});
    plan_ = plan(statement_->query, reader_, parameters_);
    context_ = std::make_unique<Context>(reader_, nullptr, parameters_, procedures, bounds);
    context_->set_now(now);
    row_.resize(std::max<Slot>(statement_->slots, 1));
}

bool Helpers::know(const Operator& step) const {
    std::size_t number = 0;
    return number_of(plan_, step, number);
}

std::vector<Helper*> Helpers::all(const Operator& step) {
    std::vector<Helper*> out;
    std::size_t number = 0;
    number_of(plan_, step, number);
    if (!made_) {
        made_ = true;
        const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
        Bounds bounds = context_.bounds();
        bounds.memory /= threads;
        for (unsigned i = 1; i < threads; ++i) {
            auto reader = storage::same_state(context_.reader());
            auto parameters = apart(parameters_);
            if (!reader || !parameters) break;
            auto helper = std::make_unique<Helper>(text_, procedures_, *std::move(parameters), *std::move(reader), bounds,
                                                   context_.now());
            if (!same(*helper->plan_, plan_)) break;
            helpers_.push_back(std::move(helper));
        }
    }
    for (const auto& helper : helpers_) {
        std::size_t n = number;
        helper->step_ = step_at(*helper->plan_, n);
        out.push_back(helper.get());
    }
    return out;
}

}  // namespace entente::query
