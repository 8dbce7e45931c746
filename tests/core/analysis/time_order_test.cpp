// SPDX-License-Identifier: MIT
#include "core/analysis/time_order.hpp"

#include <algorithm>
#include <functional>

#include <catch2/catch.hpp>

#include "core/graph/builder.hpp"
#include "tests/support/reference_paths.hpp"
#include "tests/support/table_facts.hpp"

using namespace entente;
using analysis::BestInTime;
using analysis::Outcome;
using analysis::Passage;
using analysis::passage_of;
using analysis::path_in_time;
using analysis::TimeWish;
using graph::Direction;
using graph::Filter;
using graph::Vertex;

namespace {

constexpr Day kDays = 6;  ///< the twin knows days 0 to 5 only

Date some_date(test::Random& random) {
    const auto first = static_cast<Day>(random.below(kDays));
    if (random.chance(50)) return Date::day(first);
    const auto last = static_cast<Day>(first + static_cast<Day>(random.below(static_cast<std::uint64_t>(kDays - first))));
    return Date::range(Date::day(first), Date::day(last));
}

Interval some_interval(test::Random& random) {
    Interval out;
    out.event = random.chance(50);
    if (random.chance(10)) return out;
    if (random.chance(80)) out.start = some_date(random);
    if (!out.start || (!out.event && random.chance(70))) out.end = some_date(random);
    if (out.start && out.end && out.start->earliest() > out.end->latest()) std::swap(out.start, out.end);
    return out;
}

/// The days that a tie held on, for every choice of what its dates can mean; nothing known is open.
std::vector<std::pair<Day, Day>> meanings(const Interval& interval) {
    const auto days = [](const std::optional<Date>& date, Day otherwise) {
        std::vector<Day> out;
        if (!date) return std::vector<Day>{otherwise};
        for (Day d = date->earliest(); d <= date->latest(); ++d) out.push_back(d);
        return out;
    };
    std::vector<std::pair<Day, Day>> out;
    if (interval.event && (!interval.start || !interval.end)) {
        for (const Day d : days(interval.start ? interval.start : interval.end, 0)) out.emplace_back(d, d);
        return out;
    }
    for (const Day first : days(interval.start, -1)) {
        for (const Day last : days(interval.end, kDays)) {
            if (first <= last) out.emplace_back(first, last);
        }
    }
    return out;
}

/// When the last step falls at the earliest on one choice of meanings; kFar: the order cannot be kept.
constexpr Day kNever = 1000;
Day arrival(const std::vector<std::pair<Day, Day>>& held, Day begin) {
    Day now = begin;
    for (const auto& [first, last] : held) {
        now = std::max(now, first);
        if (now > last) return kNever;
    }
    return now;
}
/// When the first step falls at the latest.
Day departure(const std::vector<std::pair<Day, Day>>& held, Day end) {
    Day now = end;
    for (auto it = held.rbegin(); it != held.rend(); ++it) {
        now = std::min(now, it->second);
        if (now < it->first) return -kNever;
    }
    return now;
}

struct Twin {
    bool feasible = false;
    Day arrival = kNever, departure = -kNever;
};

/// By going through all choices of meanings. Possibly: the best of them. Certainly: the worst.
Twin judge(const std::vector<Interval>& path, bool certain, Day begin, Day end) {
    Twin twin;
    if (certain) twin = {true, -kNever, kNever};
    std::vector<std::pair<Day, Day>> held;
    const std::function<void(std::size_t)> choose = [&](std::size_t at) {
        if (at == path.size()) {
            const Day comes = arrival(held, begin);
            const Day leaves = departure(held, end);
            const bool possible = comes <= end;
            if (certain) {
                twin.feasible &= possible;
                twin.arrival = std::max(twin.arrival, comes);
                twin.departure = std::min(twin.departure, leaves);
            } else if (possible) {
                twin.feasible = true;
                twin.arrival = std::min(twin.arrival, comes);
                twin.departure = std::max(twin.departure, leaves);
            }
            return;
        }
        for (const auto& one : meanings(path[at])) {
            held.push_back(one);
            choose(at + 1);
            held.pop_back();
        }
    };
    for (const Interval& interval : path) {
        if (certain && !interval.dated()) return {};
    }
    choose(0);
    return twin;
}

}  // namespace

TEST_CASE("paths in time order are as good as the best of all, whatever the dates mean") {
    std::uint64_t found_some = 0;
    for (std::uint64_t seed = 1; seed <= 700; ++seed) {
        test::Random random(seed);
        test::SmallGraph small;
        small.vertices = static_cast<std::uint32_t>(2 + random.below(4));
        small.symmetric = {0, 0, 1};
        test::TableFacts facts;
        const std::uint64_t count = random.below(9);
        for (std::uint64_t i = 1; i <= count; ++i) {
            small.edges.push_back({static_cast<Vertex>(random.below(small.vertices)), static_cast<Vertex>(random.below(small.vertices)),
                                   RelationshipType{static_cast<std::uint32_t>(1 + random.below(2))}, RelationshipId{i}});
            // an event that tells only its end began on no known day: the twin has no such meaning for possibly
            Interval interval = some_interval(random);
            if (interval.event && !interval.start) interval.event = false;
            facts.intervals[RelationshipId{i}] = interval;
        }
        const graph::Snapshot g = small.snapshot();
        Filter all({}, facts);
        TimeWish wish;
        wish.direction = random.chance(50) ? Direction::any : Direction::out;
        wish.certain = random.chance(50);
        wish.not_before = random.chance(30) ? static_cast<Day>(random.below(kDays)) : -1;
        wish.not_after = random.chance(30) ? static_cast<Day>(random.below(kDays)) : kDays;
        if (wish.not_before > wish.not_after) std::swap(wish.not_before, wish.not_after);
        if (seed % 2 == 0) wish.few = seed % 5;
        std::size_t fewest = 99;
        Day earliest = kNever, latest = -kNever;
        for (const auto& ties : test::reference::tie_paths(small, 0, 1, wish.direction)) {
            std::vector<Interval> path;
            for (const auto& e : ties) path.push_back(facts.intervals[e.id]);
            const Twin twin = judge(path, wish.certain, wish.not_before, wish.not_after);
            if (!twin.feasible) continue;
            fewest = std::min(fewest, ties.size());
            earliest = std::min(earliest, twin.arrival);
            latest = std::max(latest, twin.departure);
        }
        for (const auto best : {BestInTime::earliest, BestInTime::shortest, BestInTime::latest}) {
            wish.best = best;
            INFO("seed " << seed << ", best " << int(best) << (wish.certain ? ", certainly" : ", possibly") << ", from day "
                         << wish.not_before << " to " << wish.not_after);
            const auto answer = path_in_time(g, 0, 1, wish, all, facts, {});
            REQUIRE((answer.outcome == Outcome::found) == (fewest < 99));
            if (answer.outcome != Outcome::found) continue;
            ++found_some;
            REQUIRE(answer.path.front() == 0);
            REQUIRE(answer.path.back() == 1);
            std::vector<Interval> path;
            for (std::size_t i = 0; i < answer.steps.size(); ++i) {
                path.push_back(facts.intervals[answer.steps[i]]);
                REQUIRE(answer.passages[i] == *passage_of(path.back(), wish.certain));
            }
            const Twin twin = judge(path, wish.certain, wish.not_before, wish.not_after);
            REQUIRE(twin.feasible);
            REQUIRE(twin.arrival == answer.arrival);
            REQUIRE(twin.departure == answer.departure);
            if (best == BestInTime::earliest) REQUIRE(answer.arrival == earliest);
            if (best == BestInTime::shortest) REQUIRE(answer.steps.size() == fewest);
            if (best == BestInTime::latest) REQUIRE(answer.departure == latest);
            // the window: all days on which every tie held
            for (Day d = 0; d < kDays; ++d) {
                bool held = true;
                for (const Interval& interval : path) {
                    const auto meant = meanings(interval);
                    const auto on = [&](const std::pair<Day, Day>& one) { return one.first <= d && d <= one.second; };
                    held &= wish.certain ? std::all_of(meant.begin(), meant.end(), on) : std::any_of(meant.begin(), meant.end(), on);
                }
                const bool inside = answer.window && answer.window->first <= d && d <= answer.window->second;
                REQUIRE(held == inside);
            }
        }
    }
    CHECK(found_some > 300);
}

TEST_CASE("how dates are read") {
    const auto date = [](const char* text) { return *parse_date(text); };
    const auto day = [](const char* text) { return parse_date(text)->earliest(); };
    CHECK(passage_of({date("2024-03-05"), {}, true}, false) == Passage{day("2024-03-05"), day("2024-03-05")});
    // some day of March: possibly from its first to its last day; certainly only over by the last
    CHECK(passage_of({date("2024-03"), {}, true}, false) == Passage{day("2024-03-01"), day("2024-03-31")});
    CHECK(passage_of({date("2024-03"), {}, true}, true) == Passage{day("2024-03-31"), day("2024-03-01")});
    // a state lasts
    CHECK(passage_of({date("2015"), date("2023"), false}, false) == Passage{day("2015-01-01"), day("2023-12-31")});
    CHECK(passage_of({date("2015"), date("2023"), false}, true) == Passage{day("2015-12-31"), day("2023-01-01")});
    CHECK(passage_of({date("2015"), {}, false}, true) == Passage{day("2015-12-31"), kEndOfTime});
    CHECK(passage_of({{}, {}, true}, false) == Passage{});
    CHECK_FALSE(passage_of({{}, {}, true}, true));
}

TEST_CASE("limits of a search in time order") {
    const graph::Snapshot g = graph::build(3, {{0, 1, RelationshipType{1}, RelationshipId{1}},
                                               {1, 2, RelationshipType{1}, RelationshipId{2}}});
    const test::TableFacts facts;
    Filter all({}, facts);
    analysis::Limits limits;
    limits.hops = 1;
    CHECK(path_in_time(g, 0, 2, {}, all, facts, limits).outcome == Outcome::cut_by_hops);
    limits.hops = 2;
    const auto answer = path_in_time(g, 0, 2, {}, all, facts, limits);
    CHECK(answer.outcome == Outcome::found);
    CHECK(answer.undated == 2);
    TimeWish certain;
    certain.certain = true;
    const auto none = path_in_time(g, 0, 2, certain, all, facts, {});
    CHECK(none.outcome == Outcome::none);
    CHECK(none.undated == 1);
    limits.until = std::chrono::steady_clock::now() - std::chrono::seconds(1);
    CHECK(path_in_time(g, 0, 2, {}, all, facts, limits).outcome == Outcome::cut_by_time);
}
