// SPDX-License-Identifier: MIT
#include <map>

#include "importers/file_pattern.hpp"
#include "importers/input.hpp"
#include "importers/mapping.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kLongestMapping = std::size_t{16} << 20U;

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

}  // namespace

void Lookup::add(std::string_view from, std::string to) {
    if (from.find('*') == std::string_view::npos)
        exact_.insert_or_assign(lowered(from), std::move(to));
    else
        patterns_.emplace_back(from, std::move(to));
}

const std::string* Lookup::find(std::string_view text) const {
    if (const auto found = exact_.find(lowered(text)); found != exact_.end()) return &found->second;
    for (const auto& [pattern, to] : patterns_) {
        if (fits_pattern(pattern, text)) return &to;
    }
    return nullptr;
}

Mapping load_mapping(const std::string& name) {
    for (const ShippedMapping& shipped : shipped_mappings()) {
        if (shipped.name == name) return parse_mapping(shipped.text, name);
    }
    std::unique_ptr<Input> input;
    try {
        input = Input::open(name);
    } catch (const Error&) {
        std::string names;
        for (const ShippedMapping& shipped : shipped_mappings()) names.append(names.empty() ? "" : ", ").append(shipped.name);
        throw Error(ErrorKind::usage,
                    "--map " + name + ": no such file, expected a saved mapping, 'their name=>our name' or 'name:=value'",
                    "mappings that are at hand: " + names);
    }
    input->next();
    std::string text(kLongestMapping + 1, '\0');
    text.resize(input->read(text.data(), text.size()));
    if (text.size() > kLongestMapping) throw Error(ErrorKind::import, Place{name, 0, 0}, "a mapping of more than 16 MiB");
    return parse_mapping(text, name);
}

bool names_mapping(std::string_view argument) {
    return argument.find("=>") == std::string_view::npos && argument.find(":=") == std::string_view::npos;
}

const Mapping& shipped_mapping(std::string_view name) {
    static const auto kParsed = [] {
        std::map<std::string, Mapping, std::less<>> out;
        for (const ShippedMapping& shipped : shipped_mappings()) {
            const std::string own(shipped.name);
            out.emplace(own, parse_mapping(shipped.text, own));
        }
        return out;
    }();
    return kParsed.find(name)->second;
}

}  // namespace entente::importers
