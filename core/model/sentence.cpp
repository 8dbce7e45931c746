// SPDX-License-Identifier: MIT
#include "core/model/sentence.hpp"

#include <cmath>
#include <optional>

#include "core/model/told_date.hpp"

namespace entente {
namespace {

std::string words_of(std::string_view type) {
    std::string out;
    for (char c : type) {
        if (c == '_') c = ' ';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        out += c;
    }
    return out;
}

/// A property as it stands in a sentence; empty when there is none.
std::string said(const Properties& properties, std::string_view name) {
    const Value* value = find_property(properties, name);
    if (value == nullptr) return {};
    if (value->kind() == Value::Kind::date) return value->date().sentence();
    if (value->kind() == Value::Kind::list) {
        std::string out;
        for (const Value& part : value->list()) {
            if (!out.empty()) out += ", ";
            out += to_text(part);
        }
        return out;
    }
    return to_text(*value);
}

std::optional<Date> date_of(const Properties& properties, std::string_view name) {
    const Value* value = find_property(properties, name);
    return value != nullptr ? told_date(*value) : std::nullopt;
}

/// A date's sentence, or what stands in its place.
std::string dated(const Properties& properties, std::string_view name) {
    const auto date = date_of(properties, name);
    return date ? date->sentence() : said(properties, name);
}

/// The same behind "from", "since" or "until": a range of days has to say what it is.
std::string bound(const Properties& properties, std::string_view name) {
    const auto date = date_of(properties, name);
    return (date && date->form() == Date::Form::range ? "some day " : "") + dated(properties, name);
}

std::string grouped(const std::string& digits) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) out += ',';
        out += digits[i];
    }
    return out;
}

std::optional<double> number_of(const Properties& properties, std::string_view name) {
    const Value* value = find_property(properties, name);
    if (value == nullptr) return std::nullopt;
    auto number = value->number();
    if (number && !std::isfinite(*number)) return std::nullopt;
    return number;
}

}  // namespace

std::string tell_number(double number) {
    if (!std::isfinite(number)) return shortest(number);
    const char* const sign = number < 0 ? "-" : "";
    const double size = std::fabs(number);
    struct Unit { double size; const char* word; };
    for (const Unit unit : {Unit{1e12, " trillion"}, Unit{1e9, " billion"}, Unit{1e6, " million"}}) {
        const double hundredths = size / unit.size * 100;
        if (size >= unit.size && size < 1e15 && hundredths == std::floor(hundredths)) {
            return sign + shortest(hundredths / 100) + unit.word;
        }
    }
    std::string text = shortest(size);
    if (text.find('e') != std::string::npos) return sign + text;
    const auto point = text.find('.');
    return sign + grouped(text.substr(0, point)) + (point == std::string::npos ? "" : text.substr(point));
}

std::string tell_amount(const Properties& properties) {
    const auto amount = number_of(properties, "amount");
    const auto least = number_of(properties, "amountMin");
    const auto most = number_of(properties, "amountMax");
    std::string out;
    if (amount) {
        out = tell_number(*amount);
    } else if (least && most) {
        out = "between " + tell_number(*least) + " and " + tell_number(*most);
    } else if (least) {
        out = "more than " + tell_number(*least);
    } else if (most) {
        out = "up to " + tell_number(*most);
    } else {
        return said(properties, "amount");  // "about a dozen": a text is told as it stands
    }
    const std::string currency = said(properties, "currency");
    return currency.empty() ? out : out + " " + currency;
}

std::string tell_time(const Properties& properties, bool event) {
    const std::string start = bound(properties, "startDate");
    const std::string end = bound(properties, "endDate");
    if (start.empty() && end.empty()) return dated(properties, "date");
    if (event && end.empty()) return dated(properties, "startDate");
    // A start that is only known to be no later than some day, with no end.
    if (const auto began = date_of(properties, "startDate");
        end.empty() && began && began->form() == Date::Form::open_start) {
        const std::string text = began->text().substr(2);
        if (const auto last = parse_date(text)) return "since " + last->sentence() + " or earlier";
    }
    if (end.empty()) return start.rfind("since ", 0) == 0 ? start : "since " + start;
    if (start.empty()) return "until " + end;
    return start == end ? start : "from " + start + " to " + end;
}

Sentence tell(const Relationship& relationship, const RelationshipSchema& schema, std::string_view from,
              std::string_view to, std::string_view place) {
    const Properties& properties = relationship.properties;
    Sentence out;
    const std::string verb = schema.verb.empty() ? words_of(relationship.type) : schema.verb;
    out.claim = std::string(from) + " ";
    if (const auto hole = verb.find("{}"); hole != std::string::npos) {
        out.claim += verb.substr(0, hole) + std::string(to) + verb.substr(hole + 2);
    } else {
        out.claim += verb + " " + std::string(to);
    }
    out.when = tell_time(properties, schema.event);

    auto add = [&](std::string_view before, const std::string& text, std::string_view after = {}) {
        if (!text.empty()) out.details.push_back(std::string(before) + text + std::string(after));
    };
    add("as ", said(properties, "role"));
    add("in ", place.empty() ? said(properties, "place") : std::string(place));
    add("", tell_amount(properties));
    if (const auto share = number_of(properties, "percentage")) add("", shortest(*share), " %");
    add("confidence ", said(properties, "confidence"));
    if (find_property(properties, "confidence") == nullptr) add("grade ", said(properties, "grade"));

    if (const Status status = status_of(properties); status != Status::actual) {
        out.status = std::string(status_name(status));
    }
    return out;
}

std::string Sentence::text(const std::vector<std::size_t>& numbers) const {
    std::string out = claim;
    if (!when.empty()) out += ", " + when;
    for (const std::string& detail : details) out += ", " + detail;
    if (!status.empty()) out += " (" + status + ")";
    for (const std::size_t number : numbers) out += " [" + std::to_string(number) + "]";
    return out;
}

}  // namespace entente
