// SPDX-License-Identifier: MIT
#include "core/query/functions.hpp"

#include <algorithm>
#include <map>

namespace entente::query {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

const std::map<std::string, const Function*>& table() {
    static const auto all = [] {
        std::map<std::string, const Function*> out;
        for (const auto family : {graph_functions(), list_functions(), number_functions(), text_functions(),
                                  conversion_functions(), temporal_functions()}) {
            for (const Function& f : family) out.emplace(lower(f.name), &f);
        }
        return out;
    }();
    return all;
}

}  // namespace

const Function* find_function(std::string_view name) {
    const auto at = table().find(lower(name));
    return at == table().end() ? nullptr : at->second;
}

std::vector<const Function*> functions() {
    std::vector<const Function*> out;
    for (const auto& [name, f] : table()) out.push_back(f);
    return out;
}

const Aggregate* find_aggregate(std::string_view name) {
    const std::string wanted = lower(name);
    for (const Aggregate& a : aggregates()) {
        if (lower(a.name) == wanted) return &a;
    }
    return nullptr;
}

void Call::wrong(std::size_t argument, const char* wanted) const {
    throw Failure(fault::runtime_type("InvalidArgumentValue"), at,
                  std::string("a ") + std::string(kind_name(arguments[argument].kind())) +
                      " stands where " + wanted + " is wanted");
}

const std::string& Call::text(std::size_t argument) const {
    if (arguments[argument].kind() != Datum::Kind::text) wrong(argument, "a string");
    return arguments[argument].text();
}

std::int64_t Call::integer(std::size_t argument) const {
    if (arguments[argument].kind() != Datum::Kind::integer) wrong(argument, "an integer");
    return arguments[argument].integer();
}

}  // namespace entente::query
