// SPDX-License-Identifier: MIT
#include "core/query/context.hpp"
#include "core/query/conversions.hpp"
#include "core/query/function_error.hpp"
#include "core/query/functions.hpp"

namespace entente::query {
namespace {

using Kind = Datum::Kind;
using Convert = Value (*)(const Value&);

template <Convert F>
Datum strict(const Call& c) {
    const auto value = c[0].value();
    if (!value) c.wrong(0, "a value that can be converted");
    return Datum(F(*value));
}

/// null instead of an error.
template <Convert F>
Datum lenient(const Call& c) {
    const auto value = c[0].value();
    if (!value) return {};
    try {
        return Datum(F(*value));
    } catch (const FunctionError&) {
        return {};
    }
}

template <Convert F>
Datum each(const Call& c) {
    if (c[0].kind() != Kind::list) c.wrong(0, "a list");
    Datums out;
    for (const Datum& d : c[0].list()) {
        const Datum arguments[] = {d};
        out.push_back(lenient<F>({c.context, arguments, c.at}));
    }
    return Datum(std::move(out));
}

Datum value_type(const Call& c) { return Datum(std::string(kind_name(c[0].kind()))); }

constexpr Kinds kA = kind::kAny;
constexpr Function kFunctions[] = {
    {"toInteger", 1, 1, kA, kind::kInteger, strict<value_to_integer>, false, "toInteger(number|string|boolean)"},
    {"toInt", 1, 1, kA, kind::kInteger, strict<value_to_integer>, false, "toInt(number|string|boolean)"},
    {"toFloat", 1, 1, kA, kind::kReal, strict<value_to_float>, false, "toFloat(number|string)"},
    {"toBoolean", 1, 1, kA, kind::kBoolean, strict<value_to_boolean>, false, "toBoolean(string|boolean|integer)"},
    {"toString", 1, 1, kA, kind::kText, strict<value_to_string>, false, "toString(value)"},
    {"toIntegerOrNull", 1, 1, kA, kind::kInteger, lenient<value_to_integer>, false, "toIntegerOrNull(value)"},
    {"toFloatOrNull", 1, 1, kA, kind::kReal, lenient<value_to_float>, false, "toFloatOrNull(value)"},
    {"toBooleanOrNull", 1, 1, kA, kind::kBoolean, lenient<value_to_boolean>, false, "toBooleanOrNull(value)"},
    {"toStringOrNull", 1, 1, kA, kind::kText, lenient<value_to_string>, false, "toStringOrNull(value)"},
    {"toIntegerList", 1, 1, kind::kList, kind::kList, each<value_to_integer>, false, "toIntegerList(list)"},
    {"toFloatList", 1, 1, kind::kList, kind::kList, each<value_to_float>, false, "toFloatList(list)"},
    {"toBooleanList", 1, 1, kind::kList, kind::kList, each<value_to_boolean>, false, "toBooleanList(list)"},
    {"toStringList", 1, 1, kind::kList, kind::kList, each<value_to_string>, false, "toStringList(list)"},
    {"valueType", 1, 1, kA, kind::kText, value_type, true, "valueType(value): the name of its kind"},
};

}  // namespace

std::span<const Function> conversion_functions() { return kFunctions; }

}  // namespace entente::query
