// SPDX-License-Identifier: MIT
#include "core/query/evaluate.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "core/query/arithmetic.hpp"
#include "core/query/compare.hpp"
#include "core/query/function_error.hpp"
#include "core/query/functions.hpp"
#include "core/query/operator.hpp"
#include "core/query/regular_expression.hpp"
#include "core/query/temporal_component.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;
using Truth = std::optional<bool>;

Datum of(Truth t) { return t ? Datum(*t) : Datum(); }

[[noreturn]] void throw_type(std::string_view detail, Offset at, const std::string& text) {
    throw Failure(fault::runtime_type(detail), at, text);
}

Truth truth(const Datum& d, Offset at) {
    if (d.is_null()) return std::nullopt;
    if (d.kind() != Kind::boolean) {
        throw_type("InvalidArgumentType", at, std::string(kind_name(d.kind())) + " is neither true nor false");
    }
    return d.boolean();
}

class Evaluation {
public:
    Evaluation(Row& row, Context& context) : row_(row), context_(context) {}

    Datum operator()(const Expression& e) {
        switch (e.op) {
            case Op::literal:
                return e.value;
            case Op::parameter:
                return parameter(e);
            case Op::variable:
            case Op::group_value:
                return row_[e.slot];
            case Op::property:
                return property(e);
            case Op::index:
                return index(e);
            case Op::slice:
                return slice(e);
            case Op::list:
                return list(e);
            case Op::map:
                return map(e);
            case Op::projection:
                return projection(e);
            case Op::negate:
                return negated((*this)(*e.parts[0]), e.at);
            case Op::plus:
                return (*this)(*e.parts[0]);
            case Op::not_: {
                const Truth t = truth((*this)(*e.parts[0]), e.at);
                return of(t ? Truth(!*t) : t);
            }
            case Op::and_:
                return of(chain(e, false));
            case Op::or_:
                return of(chain(e, true));
            case Op::xor_: {
                const Truth a = truth((*this)(*e.parts[0]), e.at);
                const Truth b = truth((*this)(*e.parts[1]), e.at);
                return a && b ? Datum(*a != *b) : Datum();
            }
            case Op::add: {
                const Datum left = (*this)(*e.parts[0]), right = (*this)(*e.parts[1]);
                // the sum of texts or lists lives on in a row, which is charged there: here only whether it fits
                if (const std::size_t room = length(left) + length(right); room > kWorthAsking) Held(context_).add(room);
                return arithmetic(e.op, left, right, e.at);
            }
            case Op::subtract:
            case Op::multiply:
            case Op::divide:
            case Op::modulo:
            case Op::power:
                return arithmetic(e.op, (*this)(*e.parts[0]), (*this)(*e.parts[1]), e.at);
            case Op::comparison:
                return of(comparison(e));
            case Op::in:
                return of(in(e));
            case Op::starts_with:
            case Op::ends_with:
            case Op::contains:
                return text_test(e);
            case Op::matches:
                return matches(e);
            case Op::is_null:
                return Datum((*this)(*e.parts[0]).is_null());
            case Op::is_not_null:
                return Datum(!(*this)(*e.parts[0]).is_null());
            case Op::has_labels:
                return has_labels(e);
            case Op::call:
                return call(e);
            case Op::case_:
                return case_of(e);
            case Op::comprehension:
                return comprehension(e);
            case Op::quantifier:
                return of(quantifier(e));
            case Op::reduce:
                return reduce(e);
            case Op::pattern:
            case Op::exists:
                return Datum(e.plan->any(row_, context_));
            case Op::count:
                return count_datum(e.plan->count(row_, context_));
            case Op::pattern_comprehension:
                return pattern_comprehension(e);
            case Op::reference:
                return (*this)(*e.referred);
            case Op::count_star:
                break;
        }
        return {};
    }

private:
    Datum parameter(const Expression& e) {
        const auto at = context_.parameters().find(e.text);
        if (at == context_.parameters().end()) {
            throw Failure({"ParameterMissing", fault::kRun, "MissingParameter"}, e.at,
                          "the parameter $" + e.text + " is missing");
        }
        return at->second;
    }

    Datum property(const Expression& e) {
        const Datum of = (*this)(*e.parts[0]);
        switch (of.kind()) {
            case Kind::null:
                return {};
            case Kind::node:
                return context_.get(of.node(), e.name);
            case Kind::relationship:
                return context_.get(of.relationship(), e.name);
            case Kind::map: {
                const auto at = of.map().find(e.name.name);
                return at == of.map().end() ? Datum() : at->second;
            }
            default:
                break;
        }
        if (of.is_temporal()) {
            const auto found = temporal_component(of.temporal(), e.name.name);
            return found ? Datum(*found) : Datum();
        }
        throw_type("InvalidArgumentType", e.at,
                   std::string(kind_name(of.kind())) + " has no properties");
    }

    Datum index(const Expression& e) {
        const Datum of = (*this)(*e.parts[0]);
        const Datum by = (*this)(*e.parts[1]);
        if (of.is_null() || by.is_null()) return {};
        if (of.kind() == Kind::list) {
            if (by.kind() != Kind::integer) {
                throw_type("InvalidArgumentType", e.parts[1]->at, "a list is indexed by an integer");
            }
            const auto size = static_cast<std::int64_t>(of.list().size());
            const std::int64_t i = by.integer() < 0 ? by.integer() + size : by.integer();
            return i < 0 || i >= size ? Datum() : of.list()[static_cast<std::size_t>(i)];
        }
        const bool keyed =
            of.kind() == Kind::map || of.kind() == Kind::node || of.kind() == Kind::relationship;
        if (!keyed) {
            throw_type("InvalidArgumentType", e.at, std::string(kind_name(of.kind())) + " cannot be indexed");
        }
        if (by.kind() != Kind::text) {
            throw_type("MapElementAccessByNonString", e.parts[1]->at, "a property is named by a string");
        }
        if (of.kind() == Kind::map) {
            const auto at = of.map().find(by.text());
            return at == of.map().end() ? Datum() : at->second;
        }
        const NameRef name{by.text()};
        return of.kind() == Kind::node ? context_.get(of.node(), name)
                                       : context_.get(of.relationship(), name);
    }

    Datum slice(const Expression& e) {
        const Datum of = (*this)(*e.parts[0]);
        const Datum from = e.parts[1] ? (*this)(*e.parts[1]) : Datum(0);
        const Datum to = e.parts[2] ? (*this)(*e.parts[2]) : Datum();
        if (of.is_null() || from.is_null() || (e.parts[2] && to.is_null())) return {};
        if (of.kind() != Kind::list || from.kind() != Kind::integer ||
            (e.parts[2] && to.kind() != Kind::integer)) {
            throw_type("InvalidArgumentType", e.at, "a slice wants a list and integers");
        }
        const auto size = static_cast<std::int64_t>(of.list().size());
        const auto place = [&](std::int64_t i) {
            return std::clamp<std::int64_t>(i < 0 ? i + size : i, 0, size);
        };
        const std::int64_t first = place(from.integer());
        const std::int64_t last = e.parts[2] ? place(to.integer()) : size;
        if (first >= last) return Datum(Datums());
        return Datum(Datums(of.list().begin() + first, of.list().begin() + last));
    }

    Datum list(const Expression& e) {
        Datums out;
        out.reserve(e.parts.size());
        for (const ExpressionPtr& part : e.parts) out.push_back((*this)(*part));
        return Datum(std::move(out));
    }

    Datum map(const Expression& e) {
        DatumMap out;
        for (std::size_t i = 0; i < e.parts.size(); ++i) {
            out.insert_or_assign(e.names[i], (*this)(*e.parts[i]));
        }
        return Datum(std::move(out));
    }

    Datum projection(const Expression& e) {
        const Datum of = (*this)(*e.parts[0]);
        if (of.is_null()) return {};
        DatumMap out;
        for (std::size_t i = 0; i < e.names.size(); ++i) {
            if (e.parts[i + 1]) {
                out.insert_or_assign(e.names[i], (*this)(*e.parts[i + 1]));
                continue;
            }
            DatumMap all = of.kind() == Kind::node           ? context_.properties(of.node())
                           : of.kind() == Kind::relationship ? context_.properties(of.relationship())
                           : of.kind() == Kind::map          ? of.map()
                                                             : DatumMap();
            for (auto& [name, value] : all) out.insert_or_assign(name, std::move(value));
        }
        return Datum(std::move(out));
    }

    /// AND (`decides` false) and OR (true): one part that decides is enough, else an unknown one.
    Truth chain(const Expression& e, bool decides) {
        bool unknown = false;
        for (const ExpressionPtr& part : e.parts) {
            const Truth t = truth((*this)(*part), part->at);
            if (!t) {
                unknown = true;
            } else if (*t == decides) {
                return decides;
            }
        }
        return unknown ? std::nullopt : Truth(!decides);
    }

    static Truth compare_by(const std::string& op, const Datum& a, const Datum& b) {
        if (op == "=") return equal(a, b);
        if (op == "<>") {
            const Truth t = equal(a, b);
            return t ? Truth(!*t) : t;
        }
        const auto o = compare(a, b);
        if (!o) return std::nullopt;
        if (op == "<") return *o < 0;
        if (op == "<=") return *o <= 0;
        if (op == ">") return *o > 0;
        return *o >= 0;
    }

    Truth comparison(const Expression& e) {
        Datum left = (*this)(*e.parts[0]);
        bool unknown = false;
        for (std::size_t i = 0; i < e.names.size(); ++i) {
            Datum right = (*this)(*e.parts[i + 1]);
            const Truth t = compare_by(e.names[i], left, right);
            if (!t) {
                unknown = true;
            } else if (!*t) {
                return false;
            }
            left = std::move(right);
        }
        return unknown ? std::nullopt : Truth(true);
    }

    /// The members of a list of literals or of a parameter, when it is long enough to be worth a set.
    const ListSet* members(const Expression& e) {
        constexpr std::size_t kLong = 16;
        if (e.op != Op::parameter && (e.op != Op::list || e.parts.size() < kLong)) return nullptr;
        return context_.members(e, [&]() -> Datum {
            const auto literal = [](const ExpressionPtr& part) {
                return (part->op == Op::negate ? part->parts[0] : part)->op == Op::literal;
            };
            if (e.op == Op::list && !std::all_of(e.parts.begin(), e.parts.end(), literal)) return {};
            Datum list = (*this)(e);
            return list.kind() == Kind::list && list.list().size() >= kLong ? list : Datum();
        });
    }

    Truth in(const Expression& e) {
        const Datum what = (*this)(*e.parts[0]);
        if (const ListSet* all = members(*e.parts[1])) return all->holds(what);
        const Datum where = (*this)(*e.parts[1]);
        if (where.is_null()) return std::nullopt;
        if (where.kind() != Kind::list) throw_type("InvalidArgumentType", e.parts[1]->at, "IN wants a list");
        return among(what, where.list());
    }

    Datum text_test(const Expression& e) {
        const Datum b = (*this)(*e.parts[1]);
        // The property of an actor is looked at where it lies.
        const Expression& left = *e.parts[0];
        if (left.op == Op::property && left.parts[0]->op == Op::variable && b.kind() == Kind::text &&
            row_[left.parts[0]->slot].kind() == Kind::node) {
            if (const auto text = context_.text(row_[left.parts[0]->slot].node(), left.name)) {
                return text_test(e.op, *text, b.text());
            }
        }
        const Datum a = (*this)(left);
        if (a.kind() != Kind::text || b.kind() != Kind::text) return {};
        return text_test(e.op, a.text(), b.text());
    }
    static Datum text_test(Op op, std::string_view text, std::string_view part) {
        if (op == Op::starts_with) return Datum(text.starts_with(part));
        if (op == Op::ends_with) return Datum(text.ends_with(part));
        return Datum(text.find(part) != std::string_view::npos);
    }

    Datum matches(const Expression& e) {
        const Datum a = (*this)(*e.parts[0]);
        const Datum b = (*this)(*e.parts[1]);
        if (a.kind() != Kind::text || b.kind() != Kind::text) return {};
        return Datum(context_.expression(b.text()).matches(a.text()));
    }

    Datum has_labels(const Expression& e) {
        const Datum of = (*this)(*e.parts[0]);
        if (of.is_null()) return {};
        if (of.kind() == Kind::relationship) {
            const std::string& type = context_.type(of.relationship());
            return Datum(std::all_of(e.labels.begin(), e.labels.end(),
                                     [&](const NameRef& n) { return n.name == type; }));
        }
        if (of.kind() != Kind::node) {
            throw_type("InvalidArgumentType", e.at, std::string(kind_name(of.kind())) + " has no types");
        }
        return Datum(std::all_of(e.labels.begin(), e.labels.end(), [&](const NameRef& n) {
            return context_.has_label(of.node(), n);
        }));
    }

    Datum call(const Expression& e) {
        if (e.parts.size() <= 4) {
            std::array<Datum, 4> arguments;
            return call_with(e, std::span(arguments.data(), e.parts.size()));
        }
        Datums arguments(e.parts.size());
        return call_with(e, arguments);
    }
    Datum call_with(const Expression& e, std::span<Datum> arguments) {
        for (std::size_t i = 0; i < e.parts.size(); ++i) {
            arguments[i] = (*this)(*e.parts[i]);
            if (arguments[i].is_null() && !e.function->takes_null) return {};
        }
        return e.function->run({context_, arguments, e.at});
    }

    Datum case_of(const Expression& e) {
        const Datum subject = e.parts[0] ? (*this)(*e.parts[0]) : Datum();
        for (std::size_t i = 1; i + 1 < e.parts.size(); i += 2) {
            const Datum when = (*this)(*e.parts[i]);
            const bool yes = e.parts[0] ? equal(subject, when).value_or(false) : when.is_true();
            if (yes) return (*this)(*e.parts[i + 1]);
        }
        return e.parts.back() ? (*this)(*e.parts.back()) : Datum();
    }

    /// The list that a comprehension goes over; null is told by an empty optional.
    std::optional<Datum> items(const Expression& list) {
        Datum d = (*this)(list);
        if (d.is_null()) return std::nullopt;
        if (d.kind() != Kind::list) throw_type("InvalidArgumentType", list.at, "a list is wanted here");
        return d;
    }

    /// Memory that is held as long as this lives.
    class Held {
    public:
        explicit Held(Context& context) : context_(context) {}
        ~Held() { context_.release(held_); }
        Held(const Held&) = delete;
        Held& operator=(const Held&) = delete;
        void add(std::size_t bytes) {
            context_.hold(bytes);
            held_ += bytes;
        }

    private:
        Context& context_;
        std::size_t held_ = 0;
    };
    static constexpr std::size_t kWorthAsking = 4096;

    static std::size_t length(const Datum& d) {
        if (d.kind() == Kind::text) return d.text().size();
        return d.kind() == Kind::list ? d.list().size() * sizeof(Datum) : 0;
    }

    Datum comprehension(const Expression& e) {
        const auto list = items(*e.parts[0]);
        if (!list) return {};
        Datums out;
        Held held(context_);
        for (const Datum& each : list->list()) {
            context_.step();
            row_[e.slot] = each;
            if (e.parts[1] && !(*this)(*e.parts[1]).is_true()) continue;
            out.push_back(e.parts[2] ? (*this)(*e.parts[2]) : each);
            held.add(sizeof(Datum) + (e.parts[2] ? length(out.back()) : 0));
        }
        return Datum(std::move(out));
    }

    Truth quantifier(const Expression& e) {
        const auto list = items(*e.parts[0]);
        if (!list) return std::nullopt;
        std::size_t yes = 0, no = 0, unknown = 0;
        for (const Datum& each : list->list()) {
            context_.step();
            row_[e.slot] = each;
            const Truth t = e.parts[1] ? truth((*this)(*e.parts[1]), e.at) : truth(each, e.at);
            ++(!t ? unknown : *t ? yes : no);
        }
        if (e.text == "all") return no != 0 ? Truth(false) : unknown != 0 ? std::nullopt : Truth(true);
        if (e.text == "any") return yes != 0 ? Truth(true) : unknown != 0 ? std::nullopt : Truth(false);
        if (e.text == "none") return yes != 0 ? Truth(false) : unknown != 0 ? std::nullopt : Truth(true);
        if (yes > 1) return false;
        if (unknown != 0) return std::nullopt;
        return yes == 1;
    }

    Datum reduce(const Expression& e) {
        Datum sum = (*this)(*e.parts[0]);
        const auto list = items(*e.parts[1]);
        if (!list) return {};
        for (const Datum& each : list->list()) {
            context_.step();
            row_[e.slot] = sum;
            row_[e.slot + 1] = each;
            sum = (*this)(*e.parts[2]);
        }
        return sum;
    }

    Datum pattern_comprehension(const Expression& e) {
        Datums out;
        e.plan->open(row_, context_);
        while (e.plan->next(row_, context_)) out.push_back((*this)(*e.parts[1]));
        return Datum(std::move(out));
    }

    Row& row_;
    Context& context_;
};

}  // namespace

void rethrow(const FunctionError& error, Offset at) {
    ErrorWords words = fault::runtime_type("InvalidArgumentValue");
    switch (error.fault()) {
        case Fault::argument_type:
        case Fault::argument_value:
            break;
        case Fault::out_of_range:
            words = fault::argument("NumberOutOfRange");
            break;
        case Fault::overflow:
            words = {"ArithmeticError", fault::kRun, "IntegerOverflow"};
            break;
        case Fault::division_by_zero:
            words = {"ArithmeticError", fault::kRun, "DivisionByZero"};
            break;
        case Fault::limit:
            words = {"LimitError", fault::kRun, "LimitExceeded"};
            break;
    }
    throw Failure(words, at, error.what(), error.advice());
}

Datum count_datum(std::uint64_t count) {
    if (count > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        throw FunctionError(Fault::overflow, "there are more rows than an integer of 64 bits can count");
    }
    return Datum(static_cast<std::int64_t>(count));
}

Datum evaluate(const Expression& expression, Row& row, Context& context) {
    try {
        return Evaluation(row, context)(expression);
    } catch (const FunctionError& error) {
        rethrow(error, expression.at);
    }
}

bool holds(const Expression& predicate, Row& row, Context& context) {
    const Datum d = evaluate(predicate, row, context);
    return truth(d, predicate.at).value_or(false);
}

}  // namespace entente::query
