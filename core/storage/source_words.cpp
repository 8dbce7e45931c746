// SPDX-License-Identifier: MIT
#include "core/storage/source_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace entente::storage {

bool drop_words(Properties& properties, const std::vector<Evidence>& gone, const std::vector<Evidence>& left,
                bool of_relationship) {
    constexpr std::array<std::string_view, 6> kNames{"locator", "excerpt", "grade", "confidence", "url", "retrievedAt"};
    const std::span<const std::string_view> names(kNames.data(), of_relationship ? 6 : 4);
    const auto said = [&](std::string_view name) {
        const Value* value = find_property(properties, name);
        return value == nullptr ? std::string() : to_text(*value);
    };
    const auto confidence = [&]() -> std::optional<double> {
        const Value* value = find_property(properties, "confidence");
        return value == nullptr ? std::nullopt : value->number();
    };
    const auto in_record = [&](const Evidence& e) {
        return e.locator == said("locator") && e.excerpt == said("excerpt") && e.grade == said("grade") &&
               e.confidence == confidence() &&
               (!of_relationship || (e.url == said("url") && e.retrieved_at == said("retrievedAt")));
    };
    if (std::none_of(gone.begin(), gone.end(), in_record) || std::any_of(left.begin(), left.end(), in_record)) return false;
    return std::erase_if(properties, [&](const auto& entry) {
               return std::find(names.begin(), names.end(), entry.first) != names.end();
           }) != 0;
}

}  // namespace entente::storage
