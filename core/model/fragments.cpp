// SPDX-License-Identifier: MIT
#include "core/model/fragments.hpp"

#include <algorithm>
#include <set>

namespace entente {
namespace {

List as_list(const Value& value) {
    if (value.kind() == Value::Kind::list) return value.list();
    return value.is_null() ? List{} : List{value};
}

void add_all(List& into, const List& more) {
    constexpr std::size_t kFew = 4096;
    if (into.size() * more.size() > kFew) {
        const auto less = [](const Value* a, const Value* b) { return value_less(*a, *b); };
        std::set<const Value*, decltype(less)> there(less);
        into.reserve(into.size() + more.size());
        for (const Value& one : into) there.insert(&one);
        for (const Value& one : more) {
            if (there.insert(&one).second) into.push_back(one);
        }
        return;
    }
    for (const Value& one : more) {
        if (std::find(into.begin(), into.end(), one) == into.end()) into.push_back(one);
    }
}

void put(Properties& into, std::string_view name, List list) {
    if (list.empty()) return;
    into.insert_or_assign(std::string(name), list.size() == 1 ? Value(list[0]) : Value(std::move(list)));
}

Date one_day(Day day) { return Date::day(std::clamp(day, kBeginningOfTime, kEndOfTime)); }

}  // namespace

bool is_dated(std::string_view property) { return property == "date" || property == "startDate" || property == "endDate"; }

Date date_of_several(const std::vector<Date>& dates) {
    Date narrow = dates.front();
    Day earliest = narrow.earliest();
    Day latest = narrow.latest();
    for (const Date& d : dates) {
        if (d.earliest() >= narrow.earliest() && d.latest() <= narrow.latest()) narrow = d;
        earliest = std::min(earliest, d.earliest());
        latest = std::max(latest, d.latest());
    }
    const bool within_all = std::all_of(dates.begin(), dates.end(), [&](const Date& d) {
        return d.earliest() <= narrow.earliest() && narrow.latest() <= d.latest();
    });
    if (within_all) return narrow;
    if (earliest == kBeginningOfTime && latest == kEndOfTime) return narrow;
    if (earliest == kBeginningOfTime) return Date::until(one_day(latest));
    if (latest == kEndOfTime) return Date::since(one_day(earliest));
    return Date::range(one_day(earliest), one_day(latest));
}

void unite(Properties& into, const Properties& more) {
    for (const auto& [name, value] : more) {
        const auto there = into.find(name);
        if (there == into.end()) {
            into.emplace(name, value);
            continue;
        }
        if (there->second == value || name.ends_with(".told")) continue;  // with its date, below
        if (name == "name") {
            List names = as_list(into["aliases"]);
            add_all(names, {value});
            into.insert_or_assign("aliases", Value(std::move(names)));
            continue;
        }
        const bool texts = there->second.kind() == Value::Kind::text && value.kind() == Value::Kind::text;
        if (texts && (name == "first_seen" || name == "last_seen")) {
            if ((value.text() < there->second.text()) == (name == "first_seen")) there->second = value;
            continue;
        }
        if (!is_dated(name)) {
            List list = as_list(there->second);
            add_all(list, as_list(value));
            const bool always = name == "aliases";
            if (always) there->second = Value(std::move(list));
            else put(into, name, std::move(list));
            continue;
        }
        const std::string told = name + ".told";
        const auto told_in = [&](const Properties& from, const Value& one) {
            const Value* several = find_property(from, told);
            return several != nullptr ? as_list(*several) : as_list(one);
        };
        List list = told_in(into, there->second);
        add_all(list, told_in(more, value));
        std::vector<Date> dates;
        for (const Value& one : list) {
            if (one.kind() == Value::Kind::date) dates.push_back(one.date());
            else if (const auto day = parse_date(to_text(one).substr(0, 10))) dates.push_back(*day);  // with a time
        }
        if (!dates.empty()) there->second = Value(date_of_several(dates));
        put(into, told, std::move(list));
    }
}

}  // namespace entente
