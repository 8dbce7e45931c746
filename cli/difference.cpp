// SPDX-License-Identifier: MIT
#include "cli/difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/text.hpp"

namespace entente::cli {
namespace {

class Joined {
public:
    Joined(const Table& before, const Table& after, const std::vector<std::string>& keys)
        : before_(before), after_(after) {
        for (std::size_t c = 0; c < after.columns.size(); ++c) {
            const bool key = std::find(keys.begin(), keys.end(), after.columns[c].name) != keys.end();
            (key ? keys_ : others_).push_back(c);
        }
    }

    Table table() {
        Table out;
        out.reading = after_.reading;
        out.notes = after_.notes;
        out.columns = {{"change", false}};
        for (std::size_t c = 0; c < after_.columns.size(); ++c) {
            out.columns.push_back(after_.columns[c]);
            if (both(c)) out.columns.push_back({after_.columns[c].name + " before", true});
        }
        std::map<std::string, std::size_t> then, now;
        for (std::size_t r = 0; r < before_.rows.size(); ++r) then.emplace(key(before_.rows[r]), r);
        for (std::size_t r = 0; r < after_.rows.size(); ++r) now.emplace(key(after_.rows[r]), r);
        std::uint64_t same = 0;
        for (const auto& row : before_.rows)
            if (!now.contains(key(row))) out.rows.push_back(line("gone", nullptr, &row));
        std::vector<std::vector<Value>> fresh;
        for (const auto& row : after_.rows) {
            const auto was = then.find(key(row));
            if (was == then.end()) {
                fresh.push_back(line("new", &row, nullptr));
            } else if (const auto& old = before_.rows[was->second]; equal(row, old)) {
                ++same;
            } else {
                out.rows.push_back(line("changed", &row, &old));
            }
        }
        out.rows.insert(out.rows.end(), fresh.begin(), fresh.end());
        if (same != 0) out.notes.push_back(fmt::format("{} as before not shown", counted(same, "row")));
        return out;
    }

private:
    using Row = std::vector<Value>;
    [[nodiscard]] bool both(std::size_t c) const {
        return after_.columns[c].numeric && std::find(keys_.begin(), keys_.end(), c) == keys_.end();
    }
    [[nodiscard]] std::string key(const Row& row) const {
        std::string out;
        for (const std::size_t c : keys_) out += to_json(row[c]) + '\n';
        return out;
    }
    [[nodiscard]] bool equal(const Row& a, const Row& b) const {
        return std::all_of(others_.begin(), others_.end(), [&](std::size_t c) { return a[c] == b[c]; });
    }
    [[nodiscard]] Row line(const char* change, const Row* is, const Row* was) const {
        Row out{change};
        for (std::size_t c = 0; c < after_.columns.size(); ++c) {
            if (!both(c)) {
                out.push_back(is != nullptr ? (*is)[c] : (*was)[c]);
                continue;
            }
            out.push_back(is != nullptr ? (*is)[c] : Value());
            out.push_back(was != nullptr ? (*was)[c] : Value());
        }
        return out;
    }

    const Table& before_;
    const Table& after_;
    std::vector<std::size_t> keys_, others_;
};

}  // namespace

void DifferenceOption::setup(Options& options) {
    options.flag("diff", given, "what --without and --without-source change: gone, new and changed rows");
}

Table difference(const Table& before, const Table& after, const std::vector<std::string>& keys) {
    return Joined(before, after, keys).table();
}

}  // namespace entente::cli
