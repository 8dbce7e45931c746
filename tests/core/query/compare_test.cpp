// SPDX-License-Identifier: MIT
#include "core/query/compare.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "core/error.hpp"

using namespace entente;
using namespace entente::query;

namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();

Datum list(Datums items) { return Datum(std::move(items)); }
Datum text(const char* t) { return Datum(std::string(t)); }

/// One of each kind and some neighbours, in the order of ORDER BY.
Datums everything() {
    return {Datum(DatumMap()),
            Datum(DatumMap{{"a", Datum(1)}}),
            Datum(ActorId(1)),
            Datum(ActorId(2)),
            Datum(RelationshipId(1)),
            list({}),
            list({text("a")}),
            list({text("a"), Datum(1)}),
            list({Datum(1)}),
            list({Datum()}),
            Datum(Walk{{ActorId(1)}, {}}),
            Datum(Value(CalendarDay{5})),
            text(""),
            text("a"),
            Datum(false),
            Datum(true),
            Datum(-std::numeric_limits<double>::infinity()),
            Datum(-1),
            Datum(1.5),
            Datum(std::numeric_limits<std::int64_t>::max()),
            Datum(kNan),
            Datum()};
}

}  // namespace

TEST_CASE("the order is total and as written") {
    const Datums all = everything();
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < all.size(); ++j) {
            CAPTURE(i, j);
            CHECK(order(all[i], all[j]) == (i <=> j));
            CHECK(equivalent(all[i], all[j]) == (i == j));
            if (i == j) CHECK(hash(all[i]) == hash(all[j]));
        }
    }
}

TEST_CASE("equality knows null and NaN") {
    CHECK_FALSE(equal(Datum(), Datum()).has_value());
    CHECK_FALSE(equal(Datum(1), Datum()).has_value());
    CHECK(equal(Datum(kNan), Datum(kNan)) == false);
    CHECK(equal(Datum(1), Datum(1.0)) == true);
    CHECK(equal(Datum(1), text("1")) == false);
    CHECK(equal(list({Datum(1), Datum()}), list({Datum(2), Datum()})) == false);
    CHECK_FALSE(equal(list({Datum(1), Datum()}), list({Datum(1), Datum()})).has_value());
    CHECK(equal(list({Datum()}), list({})) == false);
    CHECK(equal(Datum(DatumMap{{"a", Datum()}}), Datum(DatumMap{{"b", Datum()}})) == false);
    CHECK_FALSE(equal(Datum(DatumMap{{"a", Datum()}}), Datum(DatumMap{{"a", Datum(1)}})).has_value());
}

TEST_CASE("integers and reals compare exactly") {
    const std::int64_t large = (std::int64_t{1} << 53) + 1;
    CHECK(equal(Datum(large), Datum(static_cast<double>(large))) == false);
    CHECK(compare(Datum(large), Datum(static_cast<double>(large))) == std::partial_ordering::greater);
    CHECK(compare(Datum(std::numeric_limits<std::int64_t>::max()), Datum(9223372036854775808.0)) ==
          std::partial_ordering::less);
    CHECK(hash(Datum(7)) == hash(Datum(7.0)));
    CHECK(equivalent(Datum(7), Datum(7.0)));
}

TEST_CASE("comparison is unknown between kinds and where null decides") {
    CHECK_FALSE(compare(Datum(1), text("a")).has_value());
    CHECK_FALSE(compare(Datum(), Datum(1)).has_value());
    CHECK(compare(Datum(kNan), Datum(1)) == std::partial_ordering::unordered);
    CHECK(compare(list({Datum(1), Datum()}), list({Datum(2), Datum()})) == std::partial_ordering::less);
    CHECK_FALSE(compare(list({Datum(1), Datum()}), list({Datum(1), Datum(2)})).has_value());
    CHECK(compare(list({Datum(1)}), list({Datum(1), Datum()})) == std::partial_ordering::less);
    CHECK_FALSE(compare(Datum(ActorId(1)), Datum(ActorId(2))).has_value());
}

TEST_CASE("dates with precision compare where every day agrees") {
    const auto date = [](const char* t) { return Datum(Value(*parse_date(t))); };
    const Datum day(Value(CalendarDay{days_from_civil(2025, 7, 28)}));
    CHECK(compare(date("2024"), day) == std::partial_ordering::less);
    CHECK_FALSE(compare(date("2025"), day).has_value());
    CHECK(equal(date("2025-07-28"), day) == true);
    CHECK_FALSE(equal(date("2025-07"), day).has_value());
    CHECK(equal(date("2025"), date("2025")) == true);
}

TEST_CASE("nesting of data is bounded") {
    Datum d(Datums{});
    for (std::uint32_t i = 1; i < Datum::kDeepest; ++i) d = Datum(Datums{d});
    CHECK_THROWS_AS(Datum(Datums{d}), Error);
}
