// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace entente::importers {

/// Remembers what names mean that come again and again, such as those of properties. There are a few hundred places;
/// a name whose place another one has takes it. It stands before a map, which costs several times as much.
template <class Meaning>
class NameMemo {
public:
    /// What the name means, or nullptr: not remembered. `among`: of several things that give names meanings.
    [[nodiscard]] const Meaning* find(std::string_view name, std::size_t among = 0) const {
        const Place& place = places_[place_of(name, among)];
        return place.name.data() != nullptr && place.among == among && place.name == name ? &place.meaning : nullptr;
    }
    /// The name must live as long as it is remembered.
    void keep(std::string_view name, std::size_t among, Meaning meaning) { places_[place_of(name, among)] = {name, among, meaning}; }
    void forget() { places_ = {}; }

private:
    static constexpr std::size_t kPlaces = 512;
    struct Place {
        std::string_view name;
        std::size_t among = 0;
        Meaning meaning{};
    };
    static std::size_t place_of(std::string_view name, std::size_t among) {
        const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(name[i])); };
        const std::size_t letters = name.empty() ? 0 : at(0) * 31 + at(name.size() / 2) * 7 + at(name.size() - 1);
        return (letters + name.size() * 61 + among * 97) % kPlaces;
    }
    std::array<Place, kPlaces> places_;
};

}  // namespace entente::importers
