// SPDX-License-Identifier: MIT
#include "core/storage/told_evidence.hpp"

#include <string>

namespace entente::storage {

std::vector<std::pair<const char*, Value>> told_evidence(const Reader& reader, const Evidence& evidence) {
    std::vector<std::pair<const char*, Value>> out;
    const auto add = [&](const char* name, const std::string& text) {
        if (!text.empty()) out.emplace_back(name, Value(text));
    };
    if (const auto source = reader.source(evidence.source)) {
        add("source", source->key);
        add("title", source->title);
        add("url", evidence.url.empty() ? source->url : evidence.url);
    }
    add("locator", evidence.locator);
    add("excerpt", evidence.excerpt);
    add("grade", evidence.grade);
    add("retrievedAt", evidence.retrieved_at);
    if (const auto confidence = confidence_of(evidence)) out.emplace_back("confidence", Value(*confidence));
    return out;
}

}  // namespace entente::storage
