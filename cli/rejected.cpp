// SPDX-License-Identifier: MIT
#include "cli/rejected.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "core/error.hpp"
#include "cli/text.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t kReasons = 10;
constexpr std::size_t kPlaces = 3;

/// The reason without what the row itself says: texts between apostrophes become '...'.
std::string class_of(const std::string& reason) {
    std::string out;
    for (std::size_t at = 0; at < reason.size(); ++at) {
        out += reason[at];
        const bool opens = reason[at] == '\'' && (at == 0 || reason[at - 1] == ' ' || reason[at - 1] == '(');
        if (!opens) continue;
        std::size_t end = reason.find('\'', at + 1);
        while (end != std::string::npos && end + 1 < reason.size() && std::string_view(" ,:;.)").find(reason[end + 1]) == std::string_view::npos) {
            end = reason.find('\'', end + 1);
        }
        if (end == std::string::npos) continue;
        out += "...'";
        at = end;
    }
    return out;
}

std::string place_of(const storage::Account& account, const storage::Reject& reject) {
    const std::string file = reject.file < account.files.size() ? account.files[reject.file].name : std::string("?");
    return Place{file, reject.line, reject.column}.text();
}

}  // namespace

std::vector<std::string> left_out(const storage::Account& account, bool kept) {
    struct Reason {
        std::string text;
        std::vector<const storage::Reject*> rows;
    };
    std::vector<Reason> reasons;
    std::map<std::string, std::size_t> known;
    for (const storage::Reject& reject : account.rejects) {
        std::string text = class_of(reject.reason);
        const auto [at, fresh] = known.emplace(text, reasons.size());
        if (fresh) reasons.push_back({std::move(text), {}});
        reasons[at->second].rows.push_back(&reject);
    }
    for (Reason& reason : reasons) {
        std::stable_sort(reason.rows.begin(), reason.rows.end(), [](const auto* a, const auto* b) {
            return std::tie(a->file, a->line, a->column) < std::tie(b->file, b->line, b->column);
        });
    }
    std::stable_sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
        if (a.rows.size() != b.rows.size()) return a.rows.size() > b.rows.size();
        return std::tie(a.rows[0]->file, a.rows[0]->line) < std::tie(b.rows[0]->file, b.rows[0]->line);
    });
    std::vector<std::string> out;
    std::size_t untold = 0;
    bool more = false;
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        const auto& [text, rows] = reasons[i];
        if (i >= kReasons) {
            untold += rows.size();
            continue;
        }
        if (rows.size() == 1) {
            out.push_back(fmt::format("left out: {}: {}", place_of(account, *rows[0]), rows[0]->reason));
            continue;
        }
        std::string places;
        for (std::size_t r = 0; r < rows.size() && r < kPlaces; ++r) places.append(r == 0 ? "" : ", ").append(place_of(account, *rows[r]));
        if (rows.size() > kPlaces) places += " ...";
        more = more || rows.size() > kPlaces;
        out.push_back(fmt::format("left out: {}: {}: {}", counted(rows.size(), "row"), text, places));
    }
    if (untold != 0) out.push_back(fmt::format("left out: {} for other reasons", counted(untold, "row")));
    if ((untold != 0 || more) && !kept) out.push_back("--rejects FILE keeps each row that is left out, with its reason");
    return out;
}

}  // namespace entente::cli
