// SPDX-License-Identifier: MIT
#include "core/exporters/style.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace entente::exporters {

namespace {

constexpr ActorStyle kPerson{"ellipse", "filled", "#FBE3B3", "#9C6B00", "\u25CF"};
constexpr ActorStyle kCompany{"box", "filled", "#CFE8F8", "#1F6FA5", "\u25A0"};
constexpr ActorStyle kCountry{"box", "rounded,filled", "#FAF5B7", "#857E00", "\u25A2"};
constexpr ActorStyle kCity{"house", "filled", "#E9E9E9", "#666666", "\u25B2"};
constexpr ActorStyle kRegion{"invhouse", "filled", "#E9E9E9", "#666666", "\u25BC"};
constexpr ActorStyle kPlace{"trapezium", "filled", "#E9E9E9", "#666666", "\u25E2"};
constexpr ActorStyle kAddress{"tab", "filled", "#E9E9E9", "#666666", "\u25A5"};
constexpr ActorStyle kEvent{"hexagon", "filled", "#F3DAE7", "#974873", "\u2B22"};
constexpr ActorStyle kOrganization{"box", "filled", "#C3E9DC", "#00694D", "\u25A3", 2};
constexpr ActorStyle kPublicBody{"box3d", "filled", "#C7D9EE", "#004E7F", "\u2752"};
constexpr ActorStyle kUnknown{"box", "filled", "#FFFFFF", "#333333", "\u25AD"};

constexpr std::array<std::pair<std::string_view, ActorStyle>, 15> kKnown{{
    {"Person", kPerson},
    {"Company", kCompany},
    {"Country", kCountry},
    {"City", kCity},
    {"Region", kRegion},
    {"Place", kPlace},
    {"Address", kAddress},
    {"Event", kEvent},
    {"Conference", kEvent},
    {"Organization", kOrganization},
    {"Organisation", kOrganization},
    {"LegalEntity", kOrganization},
    {"PublicBody", kPublicBody},
    {"State", kCountry},
    {"", kUnknown},
}};

constexpr std::array<ActorStyle, 10> kSpare{{
    {"octagon", "filled", "#FAD5C2", "#A64300", "\u25C6"},
    {"folder", "filled", "#D9EEF9", "#1F6FA5", "\u25A7"},
    {"note", "filled", "#F3DAE7", "#974873", "\u25A4"},
    {"tab", "filled", "#C3E9DC", "#00694D", "\u25A5"},
    {"component", "filled", "#FBE3B3", "#9C6B00", "\u25A6"},
    {"house", "filled", "#E9E9E9", "#666666", "\u25B2"},
    {"trapezium", "filled", "#C7D9EE", "#004E7F", "\u25E2"},
    {"invhouse", "filled", "#FAF5B7", "#857E00", "\u25BC"},
    {"box", "diagonals,filled", "#FAD5C2", "#A64300", "\u25A9"},
    {"ellipse", "filled", "#FFFFFF", "#333333", "\u25CB"},
}};

// Yellow is left out: a thin yellow line on white paper is lost.
constexpr std::array<std::string_view, 7> kColours{"#0072B2", "#009E73", "#333333", "#CC79A7",
                                                   "#D55E00", "#56B4E9", "#E69F00"};
constexpr std::string_view kGrey = "#8A8A8A";

constexpr std::array<GroupColour, 8> kGroups{{{"#CFE8F8", "#1F6FA5"},
                                              {"#FBE3B3", "#9C6B00"},
                                              {"#C3E9DC", "#00694D"},
                                              {"#F3DAE7", "#974873"},
                                              {"#FAD5C2", "#A64300"},
                                              {"#FAF5B7", "#857E00"},
                                              {"#A9C8E8", "#004E7F"},
                                              {"#D9D0C0", "#5E503A"}}};
constexpr GroupColour kNoGroup{"#EEEEEE", "#777777"};

}  // namespace

std::map<std::string, ActorStyle> actor_styles(const std::vector<DrawnActor>& actors) {
    std::map<std::string, ActorStyle> styles;
    for (const DrawnActor& actor : actors) styles.try_emplace(actor.type, kUnknown);
    std::size_t spare = 0;
    for (auto& entry : styles) {
        const auto* const known = std::find_if(
            kKnown.begin(), kKnown.end(), [&](const auto& k) { return k.first == entry.first; });
        entry.second = known != kKnown.end() ? known->second : kSpare[spare++ % kSpare.size()];
    }
    return styles;
}

std::map<std::string, GroupColour> group_colours(const std::vector<DrawnActor>& actors) {
    std::map<std::string, std::size_t> counts;
    for (const DrawnActor& actor : actors) ++counts[actor.group];
    std::vector<std::pair<std::string, std::size_t>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::map<std::string, GroupColour> out;
    std::size_t next = 0;
    for (const auto& [group, count] : order) {
        out[group] = group.empty() || next >= kGroups.size() ? kNoGroup : kGroups[next++];
    }
    return out;
}

std::map<std::string, std::string_view> tie_colours(const std::vector<DrawnTie>& ties) {
    std::map<std::string, std::size_t> counts;
    for (const DrawnTie& tie : ties) ++counts[tie.group];
    std::vector<std::pair<std::string, std::size_t>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::map<std::string, std::string_view> colours;
    for (std::size_t i = 0; i < order.size(); ++i) {
        colours[order[i].first] = i < kColours.size() ? kColours[i] : kGrey;
    }
    return colours;
}

}  // namespace entente::exporters
