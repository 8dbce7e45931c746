// SPDX-License-Identifier: MIT
#include "core/model/relationship.hpp"

#include <array>

#include "core/model/told_date.hpp"

namespace entente {
namespace {

constexpr std::array<std::string_view, 5> kStatusNames = {"actual", "planned", "hypothetical",
                                                          "denied", "inferred"};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::optional<Date> date_of(const Properties& properties, std::string_view name) {
    const Value* value = find_property(properties, name);
    return value != nullptr ? told_date(*value) : std::nullopt;
}

}  // namespace

std::optional<Status> parse_status(std::string_view text) {
    const std::string wanted = lower(text);
    for (std::size_t i = 0; i < kStatusNames.size(); ++i) {
        if (wanted == kStatusNames[i]) return static_cast<Status>(i);
    }
    return std::nullopt;
}

std::string_view status_name(Status status) {
    return kStatusNames[static_cast<std::size_t>(status)];
}

Status status_of(const Properties& properties) {
    const Value* value = find_property(properties, "status");
    if (value == nullptr || value->kind() != Value::Kind::text) return Status::actual;
    return parse_status(value->text()).value_or(Status::actual);
}

Interval interval_of(const Properties& properties, const RelationshipSchema& schema) {
    Interval out;
    out.event = schema.event;
    out.start = date_of(properties, "startDate");
    if (!out.start) out.start = date_of(properties, "date");
    out.end = date_of(properties, "endDate");
    return out;
}

}  // namespace entente
