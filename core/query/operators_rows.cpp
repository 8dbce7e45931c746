// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/query/call_options.hpp"
#include "core/query/operators.hpp"

namespace entente::query {

bool Filter::pull(Row& row, Context& context) {
    while (input().next(row, context)) {
        context.step();
        if (std::all_of(predicates_.begin(), predicates_.end(),
                        [&](const Expression* p) { return holds(*p, row, context); })) {
            return true;
        }
    }
    return false;
}

bool Project::pull(Row& row, Context& context) {
    if (!input().next(row, context)) return false;
    context.step();
    if (items_.size() == 1) {
        row[items_[0].slot] = evaluate(*items_[0].expression, row, context);
        return true;
    }
    // Together: `WITH b AS a, a AS b` reads both before it writes.
    Datums values;
    values.reserve(items_.size());
    for (const Item& item : items_) values.push_back(evaluate(*item.expression, row, context));
    for (std::size_t i = 0; i < items_.size(); ++i) row[items_[i].slot] = std::move(values[i]);
    return true;
}

void Distinct::open(Row& row, Context& context) {
    seen_.clear();
    context.release(held_);
    held_ = 0;
    input().open(row, context);
}

bool Distinct::pull(Row& row, Context& context) {
    while (input().next(row, context)) {
        context.step();
        const std::size_t bytes = seen_.insert(Saved(slots_, row).values());
        if (bytes == 0) continue;
        context.hold(bytes);
        held_ += bytes;
        return true;
    }
    return false;
}

// --- counting ---

std::uint64_t row_count(const Expression& e, Row& row, Context& context) {
    const Datum d = evaluate(e, row, context);
    if (d.kind() != Datum::Kind::integer) {
        throw Failure({"SyntaxError", fault::kRun, "InvalidArgumentType"}, e.at,
                      "SKIP and LIMIT want an integer, not " + std::string(kind_name(d.kind())));
    }
    if (d.integer() < 0) {
        throw Failure({"SyntaxError", fault::kRun, "NegativeIntegerArgument"}, e.at,
                      "SKIP and LIMIT take no negative number");
    }
    return static_cast<std::uint64_t>(d.integer());
}

void Skip::open(Row& row, Context& context) {
    left_ = row_count(*count_, row, context);
    input().open(row, context);
}
bool Skip::pull(Row& row, Context& context) {
    for (; left_ > 0; --left_) {
        if (!input().next(row, context)) return false;
    }
    return input().next(row, context);
}

void Limit::open(Row& row, Context& context) {
    left_ = row_count(*count_, row, context);
    input().open(row, context);
}
bool Limit::pull(Row& row, Context& context) {
    if (left_ == 0) {
        while (drain_ && input().next(row, context)) context.step();
        return false;
    }
    --left_;
    return input().next(row, context);
}

// --- lists ---

void Unwind::open(Row& row, Context& context) {
    items_ = Datum();
    at_ = 0;
    input().open(row, context);
}

bool Unwind::pull(Row& row, Context& context) {
    for (;;) {
        context.step();
        if (items_.kind() == Datum::Kind::list && at_ < items_.list().size()) {
            row[slot_] = items_.list()[at_++];
            return true;
        }
        if (!input().next(row, context)) return false;
        items_ = evaluate(*list_, row, context);
        at_ = 0;
        if (items_.is_null() || items_.kind() == Datum::Kind::list) continue;
        // A single value is a list of one.
        items_ = Datum(Datums{items_});
    }
}

// --- plans within plans ---

void Optional::open(Row& row, Context& context) {
    inside_ = false;
    input().open(row, context);
}

bool Optional::pull(Row& row, Context& context) {
    for (;;) {
        if (inside_) {
            if (inner_->next(row, context)) {
                found_ = true;
                return true;
            }
            inside_ = false;
            if (!found_) {
                for (const Slot s : slots_) row[s] = Datum();
                return true;
            }
        }
        if (!input().next(row, context)) return false;
        inner_->open(row, context);
        inside_ = true;
        found_ = false;
    }
}

void Apply::open(Row& row, Context& context) {
    inside_ = false;
    input().open(row, context);
}

bool Apply::pull(Row& row, Context& context) {
    for (;;) {
        if (inside_) {
            if (inner_->next(row, context)) return true;
            inside_ = false;
        }
        if (!input().next(row, context)) return false;
        inner_->open(row, context);
        if (unit_) {
            while (inner_->next(row, context)) context.step();
            return true;
        }
        inside_ = true;
    }
}

void Union::open(Row& row, Context& context) {
    at_ = 0;
    parts_[0]->open(row, context);
}

bool Union::pull(Row& row, Context& context) {
    for (;;) {
        if (parts_[at_]->next(row, context)) {
            if (at_ != 0) {
                for (std::size_t i = 0; i < slots_[0].size(); ++i) row[slots_[0][i]] = row[slots_[at_][i]];
            }
            return true;
        }
        if (at_ + 1 == parts_.size()) return false;
        parts_[++at_]->open(row, context);
    }
}

std::vector<const Operator*> Union::inputs() const {
    std::vector<const Operator*> out;
    for (const OperatorPtr& part : parts_) out.push_back(part.get());
    return out;
}

void CallProcedure::open(Row& row, Context& context) {
    rows_made_.clear();
    at_ = 0;
    input().open(row, context);
}

/// Where the option's value stands in the text, if it does; else the map it comes in.
Offset CallProcedure::place_of(const std::string& option) const {
    if (option.empty()) return place_;
    Offset out = place_;
    for (const Expression* e : arguments_) {
        if (e->op != Op::map) {
            if (e == arguments_.back()) out = e->at;
            continue;
        }
        out = e->at;
        const auto at = std::find(e->names.begin(), e->names.end(), option);
        if (at != e->names.end()) return e->parts[static_cast<std::size_t>(at - e->names.begin())]->at;
    }
    return out;
}

bool CallProcedure::pull(Row& row, Context& context) {
    for (;;) {
        if (at_ < rows_made_.size()) {
            const Datums& made = rows_made_[at_++];
            for (const YieldItem& item : yields_) row[item.slot] = made[item.column];
            return true;
        }
        if (!input().next(row, context)) return false;
        Datums arguments;
        for (const Expression* e : arguments_) arguments.push_back(evaluate(*e, row, context));
        try {
            rows_made_ = procedure_->run(context, arguments);
        } catch (const CallFailure& failure) {
            throw Failure(failure.words(), place_of(failure.option()), failure.bare(), failure.advice());
        } catch (const Failure& failure) {
            if (failure.at() != kNowhere || failure.by_limit()) throw;
            throw Failure(failure.words(), place_, failure.bare(), failure.advice());
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::usage && error.kind() != ErrorKind::type) throw;
            throw Failure(fault::argument("InvalidArgumentValue"), place_, error.what());
        }
        at_ = 0;
        // One that answers nothing lets the row pass.
        if (procedure_->outputs.empty()) {
            rows_made_.clear();
            return true;
        }
    }
}

}  // namespace entente::query
