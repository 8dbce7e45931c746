// SPDX-License-Identifier: MIT
#include "importers/formats.hpp"

#include <algorithm>
#include <iterator>

namespace entente::importers {

// to add a format: declare it and put it into the table, before those that could take it for theirs
extern const Format kBods, kFtm, kStatements, kGraphMl, kGexf, kGml, kPajek, kDot, kNodeLink, kCytoscape, kXlsx, kIcij, kLdbc,
    kNeo4j, kGdelt, kGdeltMentions, kIcews, kPolecat, kEdges, kJson, kJsonLines, kCsv;

namespace {

const Format* const kTable[] = {&kFtm, &kBods, &kStatements, &kGraphMl, &kGexf, &kGml, &kPajek, &kDot,
                                &kNodeLink, &kCytoscape, &kXlsx, &kIcij, &kLdbc, &kNeo4j, &kGdelt, &kGdeltMentions,
                                &kIcews, &kPolecat, &kEdges, &kJson, &kJsonLines, &kCsv};

bool named_so(const Format& format, std::string_view plain) {
    return std::any_of(format.suffixes.begin(), format.suffixes.end(),
                       [&](std::string_view suffix) { return plain.ends_with(suffix); });
}

}  // namespace

std::span<const Format* const> format_table() { return kTable; }

const Format* format_named(std::string_view name) {
    const auto found = std::find_if(std::begin(kTable), std::end(kTable), [&](const Format* f) { return f->name == name; });
    return found == std::end(kTable) ? nullptr : *found;
}

const Format& format_of(const std::string& name, std::string_view head) {
    const std::string plain = plain_name(name);
    const Format* by_name = nullptr;
    const Format* maybe = nullptr;
    for (const Format* f : kTable) {
        const Fit fit = f->sniff != nullptr ? f->sniff(head) : Fit::no;
        if (fit == Fit::sure) return *f;
        if (by_name == nullptr && named_so(*f, plain)) by_name = f;
        if (maybe == nullptr && fit == Fit::maybe) maybe = f;
    }
    return by_name != nullptr ? *by_name : maybe != nullptr ? *maybe : kCsv;
}

bool is_data_name(const std::string& name) {
    const std::string plain = plain_name(name);
    return std::any_of(std::begin(kTable), std::end(kTable), [&](const Format* f) { return !f->picture && named_so(*f, plain); });
}

void read_table(Input& input, std::string_view head, const Reading& reading) {
    const Format& format = kXlsx.sniff(head) == Fit::sure ? kXlsx : kCsv;
    format.read(input, head, reading);
}

std::string_view past_comments(std::string_view head, std::string_view comments) {
    if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
    while (true) {
        const std::size_t at = head.find_first_not_of(" \t\r\n");
        if (at == std::string_view::npos) return {};
        head.remove_prefix(at);
        if (comments.find(head[0]) == std::string_view::npos) return head;
        const std::size_t end = head.find('\n');
        if (end == std::string_view::npos) return {};
        head.remove_prefix(end);
    }
}

}  // namespace entente::importers
