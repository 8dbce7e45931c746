// SPDX-License-Identifier: MIT
#include "core/model/value.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

using namespace entente;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string json_string(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

/// One of each kind and several of some, in the order of value_less.
std::vector<Value> ordered() {
    return {
        Value(),
        Value(false),
        Value(true),
        Value(std::numeric_limits<std::int64_t>::min()),
        Value(-1),
        Value(0),
        Value(7),
        Value(-kInfinity),
        Value(-1.5),
        Value(-0.0),
        Value(0.0),
        Value(1e300),
        Value(kInfinity),
        Value(kNan),
        Value(""),
        Value("a"),
        Value("ab"),
        Value("\xC3\xA9"),
        Value(Date::year(2024)),
        Value(Date::day(2025, 1, 1)),
        Value(Date::year(2025)),
        Value(CalendarDay{0}),
        Value(CalendarDay{1}),
        Value(Time{5, {}}),
        Value(Time{5, 0}),
        Value(DateTime{0, 5, {}, ""}),
        Value(DateTime{0, 5, {}, "Asia/Baku"}),
        Value(Duration{0, 0, 5, 0}),
        Value(Duration{1, 0, 0, 0}),
        Value(List{}),
        Value(List{Value(1)}),
        Value(List{Value(1), Value(1)}),
        Value(List{Value(1), Value("x")}),
        Value(List{Value(2)}),
        Value(Map{}),
        Value(Map{{"a", Value(1)}}),
        Value(Map{{"a", Value(1)}, {"b", Value(1)}}),
        Value(Map{{"a", Value(2)}}),
        Value(Map{{"b", Value(0)}}),
    };
}

}  // namespace

TEST_CASE("values in text and in JSON") {
    struct Row {
        Value value;
        const char* text;
        const char* json;
    };
    const std::vector<Row> rows = {
        {Value(), "", "null"},
        {Value(true), "true", "true"},
        {Value(false), "false", "false"},
        {Value(0), "0", "0"},
        {Value(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808",
         "-9223372036854775808"},
        {Value(std::numeric_limits<std::int64_t>::max()), "9223372036854775807",
         "9223372036854775807"},
        {Value(1.0), "1.0", "1.0"},
        {Value(-0.0), "-0.0", "-0.0"},
        {Value(0.1), "0.1", "0.1"},
        {Value(100000.0), "100000.0", "100000.0"},
        {Value(1e300), "1e+300", "1e+300"},
        {Value(kNan), "NaN", "null"},
        {Value(-kInfinity), "-Infinity", "null"},
        {Value("a,\"b\""), "a,\"b\"", "\"a,\\\"b\\\"\""},
        {Value(Date::month(2025, 7).about()), "2025-07~", "\"2025-07~\""},
        {Value(CalendarDay{0}), "1970-01-01", "\"1970-01-01\""},
        {Value(Time{0, 3600}), "00:00+01:00", "\"00:00+01:00\""},
        {Value(DateTime{0, 0, 0, ""}), "1970-01-01T00:00Z", "\"1970-01-01T00:00Z\""},
        {Value(Duration{14, 0, 0, 0}), "P1Y2M", "\"P1Y2M\""},
        {Value(List{}), "[]", "[]"},
        {Value(List{Value(1), Value("x"), Value(), Value(kNan), Value(List{Value(2.0)})}),
         "[1,\"x\",null,null,[2.0]]", "[1,\"x\",null,null,[2.0]]"},
        {Value(Map{{"b", Value(true)}, {"a\n", Value(Map{})}}), "{\"a\\n\":{},\"b\":true}",
         "{\"a\\n\":{},\"b\":true}"},
    };
    for (const Row& row : rows) {
        INFO(row.json);
        CHECK(to_text(row.value) == row.text);
        CHECK(to_json(row.value) == row.json);
    }
}

TEST_CASE("JSON text escapes what could harm") {
    CHECK(json_string("") == "\"\"");
    CHECK(json_string(R"(a"b\c/d)") == R"("a\"b\\c/d")");
    CHECK(json_string("\b\f\n\r\t") == R"("\b\f\n\r\t")");
    CHECK(json_string(std::string_view("\0\x01\x1b\x1f\x7f", 5)) ==
          R"("\u0000\u0001\u001b\u001f\u007f")");
    CHECK(json_string("\xC2\x80\xC2\x9B\xC2\xA0") == "\"\\u0080\\u009b\xC2\xA0\"");
    CHECK(json_string("\xC6\x8Fliyev \xE6\x9D\x8E \xF0\x9F\x98\x80") ==
          "\"\xC6\x8Fliyev \xE6\x9D\x8E \xF0\x9F\x98\x80\"");
}

TEST_CASE("bytes that are no UTF-8 become U+FFFD, one for each maximal subpart") {
    const std::string r = "\xEF\xBF\xBD";
    const auto unquoted = [](std::string_view text) {
        const std::string out = json_string(text);
        return out.substr(1, out.size() - 2);
    };
    CHECK(unquoted("a\xFF"
                   "b") == "a" + r + "b");
    CHECK(unquoted("\xC3") == r);
    CHECK(unquoted("\xC3(") == r + "(");
    CHECK(unquoted("\xC0\xAF") == r + r);
    CHECK(unquoted("\xE2\x82") == r);
    CHECK(unquoted("\xE2\x82x") == r + "x");
    CHECK(unquoted("\xE0\x80\x80") == r + r + r);
    CHECK(unquoted("\xED\xA0\x80") == r + r + r);
    CHECK(unquoted("\xF0\x9F\x98") == r);
    CHECK(unquoted("\xF4\x90\x80\x80") == r + r + r + r);
    CHECK(unquoted("\xF5\x80") == r + r);
    CHECK(unquoted("\x80\x80") == r + r);
    CHECK(unquoted("\xF0\x9F\xC3\xA9") == r + "\xC3\xA9");
}

TEST_CASE("random bytes make JSON text without controls, and making it twice changes nothing") {
    std::mt19937 random(3);
    for (int i = 0; i < 20000; ++i) {
        std::string bytes;
        for (auto n = random() % 24; n > 0; --n) bytes += static_cast<char>(random());
        const std::string json = json_string(bytes);
        const bool clean = std::all_of(json.begin(), json.end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
        });
        REQUIRE(clean);
        std::string content = json.substr(1, json.size() - 2);
        content.erase(std::remove_if(content.begin(), content.end(),
                                     [](char c) { return c == '\\' || c == '"'; }),
                      content.end());
        REQUIRE(json_string(content) == "\"" + content + "\"");
    }
}

TEST_CASE("the shortest text of a double") {
    const std::vector<std::pair<double, const char*>> rows = {
        {0.1, "0.1"},
        {5, "5"},
        {0, "0"},
        {-0.0, "-0"},
        {1e300, "1e+300"},
        {100000, "100000"},
        {1e15, "1000000000000000"},
        {1e16, "1e+16"},
        {1e22, "1e+22"},
        {0.00001, "0.00001"},
        {0.000001, "1e-06"},
        {1.0 / 3, "0.3333333333333333"},
        {9007199254740993.0, "9007199254740992"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {-2.5, "-2.5"},
        {0.1 + 0.2, "0.30000000000000004"},
    };
    for (const auto& [number, text] : rows) {
        INFO(text);
        CHECK(shortest(number) == text);
    }
    std::mt19937_64 random(11);
    for (int i = 0; i < 50000; ++i) {
        double number = 0;
        const std::uint64_t bits = random();
        std::memcpy(&number, &bits, sizeof number);
        if (i % 2 == 0) number = std::ldexp(static_cast<double>(bits >> 11), -40);
        if (!std::isfinite(number)) continue;
        const std::string text = to_text(Value(number));
        double back = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), back);
        REQUIRE(read.ec == std::errc());
        REQUIRE(read.ptr == text.data() + text.size());
        REQUIRE(Value(back) == Value(number));
        REQUIRE(text.find_first_of(".e") != std::string::npos);
    }
}

TEST_CASE("values are ordered by kind, then by content") {
    const std::vector<Value> values = ordered();
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t j = 0; j < values.size(); ++j) {
            INFO(kind_name(values[i].kind())
                 << " " << to_text(values[i]) << " and " << kind_name(values[j].kind()) << " "
                 << to_text(values[j]));
            CHECK(value_less(values[i], values[j]) == (i < j));
            CHECK((values[i] == values[j]) == (i == j));
        }
    }
}

TEST_CASE("sameness is of kind and content") {
    CHECK(Value(kNan) == Value(-kNan));
    CHECK_FALSE(Value(0.0) == Value(-0.0));
    CHECK_FALSE(Value(1) == Value(1.0));
    CHECK_FALSE(Value("2025") == Value(Date::year(2025)));
    CHECK(Value(List{Value(kNan)}) == Value(List{Value(kNan)}));
    CHECK_FALSE(Value(List{Value(0.0)}) == Value(List{Value(-0.0)}));
    CHECK(Value(Map{{"a", Value(1)}}) == Value(Map{{"a", Value(1)}}));
}

TEST_CASE("numbers, kinds and properties") {
    CHECK(Value(5).number() == 5.0);
    CHECK(Value(2.5).number() == 2.5);
    CHECK_FALSE(Value("5").number());
    CHECK_FALSE(Value(true).number());
    CHECK_FALSE(Value().number());
    CHECK(kind_name(Value::Kind::integer) == "integer");
    CHECK(kind_name(Value(2.0).kind()) == "real");
    CHECK(kind_name(Value("x").kind()) == "text");
    CHECK(kind_name(Value(Date()).kind()) == "date");
    const Properties properties{{"name", Value("x")}};
    REQUIRE(find_property(properties, "name") != nullptr);
    CHECK(find_property(properties, "name")->text() == "x");
    CHECK(find_property(properties, "Name") == nullptr);
}
