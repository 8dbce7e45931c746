// SPDX-License-Identifier: MIT
#include "core/query/arithmetic.hpp"

#include <cmath>

#include "core/query/number_functions.hpp"
#include "core/query/temporal_arithmetic.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;

[[noreturn]] void throw_kinds(const char* op, const Datum& left, const Datum& right, Offset at) {
    throw Failure(fault::runtime_type("InvalidArgumentType"), at,
                  std::string(kind_name(left.kind())) + " " + op + " " +
                      std::string(kind_name(right.kind())) + " has no meaning");
}

const char* sign_of(Op op) {
    switch (op) {
        case Op::add:
            return "+";
        case Op::subtract:
            return "-";
        case Op::multiply:
            return "*";
        case Op::divide:
            return "/";
        case Op::modulo:
            return "%";
        default:
            return "^";
    }
}

Datum whole(Op op, std::int64_t a, std::int64_t b) {
    switch (op) {
        case Op::add:
            return Datum(add(a, b));
        case Op::subtract:
            return Datum(subtract(a, b));
        case Op::multiply:
            return Datum(multiply(a, b));
        case Op::divide:
            return Datum(divide(a, b));
        case Op::modulo:
            return Datum(modulo(a, b));
        default:
            return Datum(std::pow(static_cast<double>(a), static_cast<double>(b)));
    }
}

Datum real(Op op, double a, double b) {
    switch (op) {
        case Op::add:
            return Datum(a + b);
        case Op::subtract:
            return Datum(a - b);
        case Op::multiply:
            return Datum(a * b);
        case Op::divide:
            return Datum(a / b);
        case Op::modulo:
            return Datum(modulo(a, b));
        default:
            return Datum(std::pow(a, b));
    }
}

Datum joined(const Datum& left, const Datum& right) {
    Datums out;
    if (left.kind() == Kind::list) {
        out = left.list();
    } else {
        out.push_back(left);
    }
    if (right.kind() == Kind::list) {
        out.insert(out.end(), right.list().begin(), right.list().end());
    } else {
        out.push_back(right);
    }
    return Datum(std::move(out));
}

std::optional<Value> temporal(Op op, const Datum& left, const Datum& right) {
    if (op == Op::add) return temporal_sum(left.temporal(), right.temporal());
    if (op == Op::subtract) return temporal_difference(left.temporal(), right.temporal());
    return std::nullopt;
}

std::optional<Value> scaled(Op op, const Datum& left, const Datum& right) {
    const bool first = left.kind() == Kind::duration;
    if (!first && op != Op::multiply) return std::nullopt;
    const Duration& d = (first ? left : right).temporal().duration();
    const Datum& n = first ? right : left;
    if (!n.is_number()) return std::nullopt;
    if (op == Op::multiply) {
        return Value(n.kind() == Kind::integer ? multiplied(d, n.integer()) : multiplied(d, n.real()));
    }
    if (op == Op::divide) {
        return Value(n.kind() == Kind::integer ? divided(d, n.integer()) : divided(d, n.real()));
    }
    return std::nullopt;
}

}  // namespace

Datum arithmetic(Op op, const Datum& left, const Datum& right, Offset at) {
    if (left.kind() == Kind::integer && right.kind() == Kind::integer) {
        return whole(op, left.integer(), right.integer());
    }
    if (left.is_null() || right.is_null()) return {};
    if (left.is_number() && right.is_number()) return real(op, left.number(), right.number());
    if (op == Op::add) {
        if (left.kind() == Kind::list || right.kind() == Kind::list) return joined(left, right);
        if (left.kind() == Kind::text && right.kind() == Kind::text) {
            return Datum(left.text() + right.text());
        }
        if ((left.kind() == Kind::text && right.is_number()) ||
            (left.is_number() && right.kind() == Kind::text)) {
            return Datum(to_text(left) + to_text(right));
        }
    }
    std::optional<Value> out;
    if (left.is_temporal() && right.is_temporal()) {
        out = temporal(op, left, right);
    } else if (left.kind() == Kind::duration || right.kind() == Kind::duration) {
        out = scaled(op, left, right);
    }
    if (!out) throw_kinds(sign_of(op), left, right, at);
    return Datum(*out);
}

Datum negated(const Datum& datum, Offset at) {
    switch (datum.kind()) {
        case Kind::null:
            return {};
        case Kind::integer:
            return Datum(negate(datum.integer()));
        case Kind::real:
            return Datum(-datum.real());
        case Kind::duration:
            return Datum(Value(negated(datum.temporal().duration())));
        default:
            throw Failure(fault::runtime_type("InvalidArgumentType"), at,
                          "-" + std::string(kind_name(datum.kind())) + " has no meaning");
    }
}

}  // namespace entente::query
