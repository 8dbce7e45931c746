// SPDX-License-Identifier: MIT
#include "core/exporters/formats.hpp"

#include <algorithm>
#include <iterator>

namespace entente::exporters {

// to add a format: declare it and put it into the table
extern const Format kCsv, kCytoscape, kDot, kEdges, kFtm, kGexf, kGml, kGraphMl, kJson, kJsonLines, kNeo4j, kNodeLink, kPajek;

namespace {
const Format* const kTable[] = {&kCsv, &kCytoscape, &kDot, &kEdges, &kFtm, &kGexf, &kGml, &kGraphMl,
                                &kJson, &kJsonLines, &kNeo4j, &kNodeLink, &kPajek};
}

std::vector<std::string> Losses::lines() const {
    std::vector<std::string> out;
    for (const auto& [what, count] : counts_)
        out.push_back("not carried by this format: " + what + " (" + std::to_string(count) + ")");
    return out;
}

std::span<const Format* const> format_table() { return kTable; }

const Format* format_named(std::string_view name) {
    const auto found = std::find_if(std::begin(kTable), std::end(kTable),
                                    [&](const Format* f) { return f->name == name; });
    return found == std::end(kTable) ? nullptr : *found;
}

const Format* format_of(std::string_view file) {
    const auto ends = [&](const Format* f) {
        return std::any_of(f->suffixes.begin(), f->suffixes.end(),
                           [&](std::string_view suffix) { return file.ends_with(suffix); });
    };
    const auto found = std::find_if(std::begin(kTable), std::end(kTable), ends);
    return found == std::end(kTable) ? nullptr : *found;
}

}  // namespace entente::exporters
