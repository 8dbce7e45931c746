// SPDX-License-Identifier: MIT
#include "core/model/ftm_value.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/model/fragments.hpp"

namespace entente::ftm {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

/// The text without the commas between its thousands, or as it is.
std::string without_commas(std::string_view text) {
    const std::size_t begin = text.starts_with('-') ? 1 : 0;
    const std::size_t end = std::min(text.find('.'), text.size());
    std::string out(text.substr(0, begin));
    for (std::size_t i = begin; i < end; ++i) {
        const bool place = (end - i) % 4 == 0;
        if ((text[i] == ',') != (place && i != begin)) return std::string(text);
        if (text[i] != ',') out += text[i];
    }
    return out.append(text.substr(end));
}

/// A number that is written as numbers are: nothing of its text is lost but zeros at its end and commas between
/// thousands, which is what a comma is in FollowTheMoney.
Value number_of(std::string_view text, bool percent) {
    std::string_view plain = text;
    if (percent && plain.ends_with('%')) plain.remove_suffix(1);
    std::string joined;
    if (plain.find(',') != std::string_view::npos) plain = joined = without_commas(plain);
    const std::string_view digits = plain.substr(plain.starts_with('-') ? 1 : 0);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    const std::string_view whole = digits.substr(0, point);
    const bool has_point = point < digits.size();
    const std::string_view part = has_point ? digits.substr(point + 1) : std::string_view();
    const bool plainly = !whole.empty() && std::all_of(whole.begin(), whole.end(), digit) &&
                         std::all_of(part.begin(), part.end(), digit) && has_point == !part.empty() &&
                         (whole.size() == 1 || whole[0] != '0') && whole.size() + part.size() <= 15;
    if (!plainly) return Value(text);
    const char* const begin = plain.data();
    const char* const end = begin + plain.size();
    if (part.empty()) {
        std::int64_t n = 0;
        std::from_chars(begin, end, n);
        return n == 0 && plain[0] == '-' ? Value(text) : Value(n);
    }
    double d = 0;
    std::from_chars(begin, end, d);
    return Value(d);
}

}  // namespace

Value value_of(Kind kind, std::string_view property, std::string_view text) {
    if (kind == Kind::number) return number_of(text, property == "percentage");
    if (kind == Kind::date) {
        // open ends and `about` are ours alone
        const bool ours = text.find_first_of("~.") != std::string_view::npos;
        if (const auto date = ours ? std::nullopt : parse_date(text)) return Value(*date);
    }
    return Value(text);
}

void put_values(Properties& out, std::string_view property, Kind kind, const std::vector<std::string_view>& texts) {
    List list;
    for (const std::string_view text : distinct(texts)) {
        Value value = value_of(kind, property, text);
        list.push_back(std::move(value));
    }
    if (list.empty()) return;
    const std::string name(property);
    if (kind == Kind::date && is_dated(property)) {
        std::vector<Date> dates;
        for (const Value& one : list) {
            if (one.kind() == Value::Kind::date) dates.push_back(one.date());
            else if (const auto day = parse_date(std::string_view(one.text()).substr(0, 10))) dates.push_back(*day);
        }
        if (!dates.empty()) out.insert_or_assign(name, Value(date_of_several(dates)));
        const bool exactly = list.size() == 1 && list[0].kind() == Value::Kind::date;
        if (exactly) return;
        out.insert_or_assign(name + ".told", list.size() == 1 ? std::move(list[0]) : Value(std::move(list)));
        return;
    }
    const bool alone = list.size() == 1 && property != "topics";
    out.insert_or_assign(name, alone ? std::move(list[0]) : Value(std::move(list)));
}

std::vector<std::string_view> distinct(std::vector<std::string_view> texts) {
    std::vector<std::string_view> out;
    out.reserve(texts.size());
    constexpr std::size_t kFew = 32;
    if (texts.size() <= kFew) {
        for (const std::string_view text : texts) {
            if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
        }
        return out;
    }
    std::set<std::string_view> seen;
    for (const std::string_view text : texts) {
        if (!text.empty() && seen.insert(text).second) out.push_back(text);
    }
    return out;
}

std::vector<std::string> texts_of(const Properties& properties, std::string_view property) {
    std::vector<std::string> out;
    const Value* value = is_dated(property) ? find_property(properties, std::string(property) + ".told") : nullptr;
    if (value == nullptr) value = find_property(properties, property);
    if (value == nullptr) return out;
    if (value->kind() == Value::Kind::list) {
        for (const Value& one : value->list()) out.push_back(to_text(one));
    } else {
        out.push_back(to_text(*value));
    }
    return out;
}

}  // namespace entente::ftm
