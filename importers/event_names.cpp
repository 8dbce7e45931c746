// SPDX-License-Identifier: MIT
#include "importers/event_names.hpp"

#include <algorithm>

#include "importers/cameo.hpp"

namespace entente::importers {
namespace {

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::vector<std::string_view> parts_of(std::string_view list, char separator) {
    std::vector<std::string_view> out;
    std::size_t from = 0;
    int depth = 0;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        const char c = i < list.size() ? list[i] : separator;
        if (c == '(') ++depth;
        else if (c == ')' && depth > 0) --depth;
        if (c != separator || (depth > 0 && i < list.size())) continue;
        if (const std::string_view part = trimmed(list.substr(from, i - from)); !part.empty()) out.push_back(part);
        from = i + 1;
    }
    return out;
}

EventActor named_actor(std::string_view name, std::string_view country, const std::vector<std::string_view>& sectors) {
    EventActor out;
    out.name = name;
    out.key = name;
    if (!country.empty()) {
        const CameoCountry* const known = country_called(country);
        out.properties.emplace("country", known != nullptr ? known->iso : country);
        if (name == country) out.types.emplace_back("Country");
        else if (!name.ends_with("(" + std::string(country) + ")")) out.key.append("/").append(country);
    }
    List all;
    for (const std::string_view sector : sectors) {
        all.emplace_back(sector);
        std::string type(cameo_role(sector));
        if (type.empty() && is_role(sector)) type = sector;
        if (!type.empty() && std::find(out.types.begin(), out.types.end(), type) == out.types.end()) out.types.push_back(std::move(type));
    }
    if (!all.empty()) out.properties.emplace("sectors", Value(std::move(all)));
    return out;
}

std::string place_text(const std::vector<std::string_view>& parts) {
    std::string out;
    std::string_view before;
    for (const std::string_view part : parts) {
        if (part.empty() || part == before) continue;
        out.append(out.empty() ? "" : ", ").append(part);
        before = part;
    }
    return out;
}

}  // namespace entente::importers
