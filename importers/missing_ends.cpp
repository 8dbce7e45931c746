// SPDX-License-Identifier: MIT
#include "importers/missing_ends.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace entente::importers {
namespace {

/// Is that what the loader says of an end that nobody has (core/storage/loader_ends.cpp)? true: it goes to it.
std::optional<bool> end_of(std::string_view reason) {
    if (reason.find("nobody has the key '") == std::string_view::npos) return std::nullopt;
    if (reason.ends_with("which this row goes to")) return true;
    if (reason.ends_with("which this row goes from")) return false;
    return std::nullopt;
}

}  // namespace

Error placed_at_end(const Error& error, std::uint32_t file, const FindEnds& find) {
    const auto to = end_of(error.what());
    if (!to || error.kind() != ErrorKind::import) return error;
    std::vector<EndCell> ends{{error.place().line, *to}};
    find(file, ends);
    if (ends[0].place.line == 0) return error;
    std::string what = error.what();
    if (const std::string at = error.place().text() + ": "; what.starts_with(at)) what.erase(0, at.size());
    return {ErrorKind::import, ends[0].place, what, error.advice()};
}

void place_at_ends(storage::Account& account, const FindEnds& find) {
    std::map<std::uint32_t, std::vector<std::pair<std::uint64_t, storage::Reject*>>> of_files;
    for (storage::Reject& reject : account.rejects) {
        if (end_of(reject.reason)) of_files[reject.file].emplace_back(reject.line, &reject);
    }
    for (auto& [file, rejects] : of_files) {
        std::stable_sort(rejects.begin(), rejects.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        std::vector<EndCell> ends;
        for (const auto& [line, reject] : rejects) ends.push_back({line, *end_of(reject->reason)});
        find(file, ends);
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].place.line == 0) continue;
            rejects[i].second->line = ends[i].place.line;
            rejects[i].second->column = ends[i].place.column;
        }
    }
}

}  // namespace entente::importers
