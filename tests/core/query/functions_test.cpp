// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/query/conversions.hpp"
#include "core/query/function_error.hpp"
#include "core/query/number_functions.hpp"
#include "core/query/regular_expression.hpp"
#include "core/query/text_functions.hpp"

using namespace entente;
using namespace entente::query;

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

std::string joined(const std::vector<std::string_view>& parts) {
    std::string out;
    for (const std::string_view part : parts) out += "<" + std::string(part) + ">";
    return out;
}

bool matches(std::string_view text, std::string_view pattern) {
    return RegularExpression(pattern).matches(text);
}

template <class F>
Fault fault_of(F f) {
    try {
        f();
    } catch (const FunctionError& e) {
        return e.fault();
    }
    FAIL("no error");
    return Fault::limit;
}

}  // namespace

TEST_CASE("case by Unicode's rules") {
    CHECK(to_upper("straße älß") == "STRASSE ÄLSS");
    CHECK(to_lower("ЗЕЛЕНСЬКИЙ ƏLİYEV") == "зеленський əli̇yev");  // no language's own i
    CHECK(to_lower("ΟΔΟΣ") == "οδος");
    CHECK(to_upper("") == "");
    CHECK(to_upper("\xff") == "\xEF\xBF\xBD");
}

TEST_CASE("white space and other characters are trimmed") {
    CHECK(trim(" \t\n\u00a0\u2003Kyiv \u3000") == "Kyiv");
    CHECK(trim_left("  a b  ") == "a b  ");
    CHECK(trim_right("  a b  ") == "  a b");
    CHECK(trim(" \t ").empty());
    CHECK(trim("ééaéé", "é") == "a");
    CHECK(trim_left("xyxa", "yx") == "a");
    CHECK(trim_right("axyx", "yx") == "a");
    CHECK(trim("abc", "") == "abc");
}

TEST_CASE("parts of a text count in characters") {
    const std::string name = "Зеленський😀é";
    CHECK(character_count(name) == 12);
    CHECK(left(name, 3) == "Зел");
    CHECK(right(name, 2) == "😀é");
    CHECK(substring(name, 10) == "😀é");
    CHECK(substring(name, 10, 1) == "😀");
    CHECK(substring(name, 12).empty());
    CHECK(substring(name, kMost, kMost).empty());
    CHECK(left(name, kMost) == name);
    CHECK(right(name, kMost) == name);
    CHECK(left(name, 0).empty());
    CHECK(right(name, 0).empty());
    CHECK(reverse("a😀é") == "é😀a");
    CHECK(reverse("a\xff\xd0") == "\xd0\xff" "a");
    CHECK(fault_of([&] { left(name, -1); }) == Fault::out_of_range);
    CHECK(fault_of([&] { right(name, kLeast); }) == Fault::out_of_range);
    CHECK(fault_of([&] { substring(name, -1); }) == Fault::out_of_range);
    CHECK(fault_of([&] { substring(name, 0, -1); }) == Fault::out_of_range);
}

TEST_CASE("replacing and splitting") {
    CHECK(replace("aaa", "aa", "b") == "ba");
    CHECK(replace("abc", "", "-") == "-a-b-c-");
    CHECK(replace("abc", "x", "-") == "abc");
    CHECK(replace("", "", "x") == "x");
    CHECK(fault_of([] { replace(std::string(1 << 15, 'a'), "a", std::string(1 << 15, 'b')); }) == Fault::limit);
    CHECK(joined(split("a,,b,", ",")) == "<a><><b><>");
    CHECK(joined(split("", ",")) == "<>");
    CHECK(joined(split("abc", "abc")) == "<><>");
    CHECK(joined(split("aéb", "")) == "<a><é><b>");
    CHECK(joined(split("a;b, c", std::vector<std::string_view>{", ", ";"})) == "<a><b><c>");
}

TEST_CASE("regular expressions match the whole text") {
    CHECK(matches("Zelensky", "Zel.*"));
    CHECK_FALSE(matches("Zelensky", "Zel"));
    CHECK(matches("ЗЕЛЕНСЬКИЙ", "(?i)зел.*"));
    CHECK(matches("😀", "."));
    CHECK(matches("", ""));
    CHECK_FALSE(matches("a\nb", "a.b"));
    CHECK(matches("a\nb", "(?s)a.b"));
    CHECK(matches("2025-07", "\\d{4}-\\d{2}"));
    RegularExpression many("a+");
    CHECK(many.matches("aaa"));
    CHECK_FALSE(many.matches("b"));
    CHECK(many.matches("a"));
}

TEST_CASE("hostile regular expressions end in an error") {
    CHECK(fault_of([] { matches("a", "("); }) == Fault::argument_value);
    CHECK(fault_of([] { matches("a", "[z-a]"); }) == Fault::argument_value);
    CHECK(fault_of([] { matches("a", "a{2,1}"); }) == Fault::argument_value);
    CHECK(fault_of([] { matches("a", "\\"); }) == Fault::argument_value);
    CHECK(fault_of([] { matches("a", std::string(20'000, 'a')); }) == Fault::limit);
    CHECK_THROWS_AS(matches("a", std::string(5'000, '(') + std::string(5'000, ')')), FunctionError);
    CHECK(fault_of([] { matches(std::string(60, 'a') + "!", "(a+)+b"); }) == Fault::limit);
    CHECK(fault_of([] { matches(std::string(5'000'000, 'a'), "(a|b)*c"); }) == Fault::limit);
}

TEST_CASE("whole numbers never wrap") {
    CHECK(add(kMost - 1, 1) == kMost);
    CHECK(fault_of([] { add(kMost, 1); }) == Fault::overflow);
    CHECK(fault_of([] { subtract(kLeast, 1); }) == Fault::overflow);
    CHECK(fault_of([] { multiply(kMost, 2); }) == Fault::overflow);
    CHECK(fault_of([] { multiply(kLeast, -1); }) == Fault::overflow);
    CHECK(fault_of([] { negate(kLeast); }) == Fault::overflow);
    CHECK(fault_of([] { absolute(kLeast); }) == Fault::overflow);
    CHECK(fault_of([] { divide(kLeast, -1); }) == Fault::overflow);
    CHECK(fault_of([] { divide(1, 0); }) == Fault::division_by_zero);
    CHECK(fault_of([] { modulo(std::int64_t{1}, std::int64_t{0}); }) == Fault::division_by_zero);
    CHECK(modulo(kLeast, std::int64_t{-1}) == 0);
    CHECK(modulo(std::int64_t{-7}, std::int64_t{3}) == -1);
    CHECK(divide(-7, 2) == -3);
    CHECK(modulo(-7.5, 2.0) == -1.5);
    CHECK(absolute(-5) == 5);
    CHECK(sign(kLeast) == -1);
    CHECK(sign(-0.0) == 0);
}

TEST_CASE("rounding") {
    CHECK(round_half_up(-1.5) == -1);
    CHECK(round_half_up(1.5) == 2);
    CHECK(round_half_up(0.49999999999999994) == 0);
    CHECK(round_half_up(4503599627370497.0) == 4503599627370497.0);
    CHECK(std::isnan(round_half_up(NAN)));
    struct Row { double x; int precision; const char* mode; double expected; };
    const std::vector<Row> rows = {
        {1.249, 1, "HALF_UP", 1.2},   {1.25, 1, "half_up", 1.3},     {-1.25, 1, "HALF_UP", -1.3},
        {1.25, 1, "HALF_DOWN", 1.2},  {1.25, 1, "HALF_EVEN", 1.2},   {1.35, 1, "HALF_EVEN", 1.4},
        {1.21, 1, "UP", 1.3},         {-1.21, 1, "UP", -1.3},        {1.29, 1, "DOWN", 1.2},
        {1.21, 1, "CEILING", 1.3},    {-1.29, 1, "CEILING", -1.2},   {1.29, 1, "FLOOR", 1.2},
        {-1.21, 1, "FLOOR", -1.3},    {9.99, 1, "HALF_UP", 10.0},    {0.5, 0, "HALF_EVEN", 0.0},
        {1.5, 0, "HALF_EVEN", 2.0},   {2.675, 2, "HALF_UP", 2.68},   {1e300, 3, "UP", 1e300},
        {5e-324, 3, "UP", 0.001},     {1.5, 400, "UP", 1.5},
    };
    for (const Row& row : rows) {
        INFO(row.x << " " << row.precision << " " << row.mode);
        CHECK(round_to(row.x, row.precision, *rounding_named(row.mode)) == row.expected);
    }
    CHECK(!rounding_named("SIDEWAYS"));
    CHECK(fault_of([] { round_to(1, -1); }) == Fault::out_of_range);
}

TEST_CASE("functions of one number") {
    CHECK(real_function("sqrt")(12.96) == Approx(3.6));
    CHECK(real_function("haversin")(3.141592653589793) == Approx(1.0));
    CHECK(real_function("cot")(0.7853981633974483) == Approx(1.0));
    CHECK(real_function("degrees")(3.141592653589793) == Approx(180.0));
    CHECK(real_function("radians")(180.0) == Approx(3.141592653589793));
    CHECK(real_function("log")(0.0) == -std::numeric_limits<double>::infinity());
    CHECK(std::isnan(real_function("acos")(2.0)));
    CHECK(real_function("nothing") == nullptr);
}

TEST_CASE("text to numbers and booleans") {
    CHECK(to_integer(" 42 ") == 42);
    CHECK(to_integer("-7") == -7);
    CHECK(to_integer("+7") == 7);
    CHECK(to_integer("2.9") == 2);
    CHECK(to_integer("-2.9") == -2);
    CHECK(to_integer("1e3") == 1000);
    CHECK(to_integer("9223372036854775807") == kMost);
    for (const char* none : {"", " ", "foo", "4 2", "0x10", "1,5", "--1", "+-1", "inf", "nan", "NaN", "1e", "."}) {
        INFO(none);
        CHECK(to_integer(std::string_view(none)) == std::nullopt);
    }
    CHECK(fault_of([] { to_integer(std::string_view("9223372036854775808")); }) == Fault::overflow);
    CHECK(to_integer(-2.9) == -2);
    CHECK(to_integer(double{NAN}) == 0);
    CHECK(fault_of([] { to_integer(0x1p63); }) == Fault::overflow);
    CHECK(to_integer(-0x1p63) == kLeast);
    CHECK(to_float("3.5") == 3.5);
    CHECK(to_float("-1e10") == -1e10);
    CHECK(to_float(".5") == 0.5);
    CHECK(to_float("1e999") == std::numeric_limits<double>::infinity());
    CHECK(to_float("-1e-999") == 0.0);
    CHECK(to_float("-Infinity") == -std::numeric_limits<double>::infinity());
    CHECK(to_float("infinity") == std::nullopt);
    CHECK(to_boolean(" TRUE ") == true);
    CHECK(to_boolean("false") == false);
    CHECK(to_boolean(" tru ") == std::nullopt);
}

TEST_CASE("any value to another kind") {
    CHECK(value_to_integer(Value(2.9)) == Value(2));
    CHECK(value_to_integer(Value(true)) == Value(1));
    CHECK(value_to_integer(Value("foo")) == Value());
    CHECK(value_to_integer(Value()) == Value());
    CHECK(value_to_float(Value(3)) == Value(3.0));
    CHECK(value_to_float(Value("5")) == Value(5.0));
    CHECK(value_to_boolean(Value("true")) == Value(true));
    CHECK(value_to_boolean(Value(0)) == Value(false));
    CHECK(value_to_string(Value(42)) == Value("42"));
    CHECK(value_to_string(Value(2.3)) == Value("2.3"));
    CHECK(value_to_string(Value(true)) == Value("true"));
    for (const Value& other : {Value(List{}), Value(Map{})}) {
        CHECK(fault_of([&] { value_to_integer(other); }) == Fault::argument_value);
        CHECK(fault_of([&] { value_to_float(other); }) == Fault::argument_value);
        CHECK(fault_of([&] { value_to_boolean(other); }) == Fault::argument_value);
        CHECK(fault_of([&] { value_to_string(other); }) == Fault::argument_value);
    }
    CHECK(fault_of([] { value_to_float(Value(true)); }) == Fault::argument_value);
    CHECK(fault_of([] { value_to_boolean(Value(1.0)); }) == Fault::argument_value);
}
