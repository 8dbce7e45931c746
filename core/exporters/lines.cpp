// SPDX-License-Identifier: MIT
#include "core/exporters/lines.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace entente::exporters {

namespace {

void add_once(std::vector<std::string>& list, const std::string& text) {
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(text);
}

}  // namespace

std::vector<Line> lines_of(const std::vector<DrawnTie>& all, const std::set<ActorId>& present) {
    std::vector<const DrawnTie*> ties;
    for (const DrawnTie& tie : all) {
        if (present.contains(tie.from) && present.contains(tie.to)) ties.push_back(&tie);
    }
    std::stable_sort(ties.begin(), ties.end(),
                     [](const DrawnTie* a, const DrawnTie* b) { return a->id < b->id; });
    using Key = std::tuple<ActorId, ActorId, int, bool>;
    std::map<Key, Line> lines;
    for (const DrawnTie* tie : ties) {
        const auto [low, high] = std::minmax(tie->from, tie->to);
        const int direction = tie->symmetric ? 0 : tie->from == low ? 1 : 2;
        Line& line = lines[{low, high, direction, tie->status != Status::actual}];
        line.ties.push_back(tie);
        line.emphasised = line.emphasised || tie->emphasised;
        add_once(line.groups, tie->group);
        auto entry = std::find_if(line.entries.begin(), line.entries.end(), [&](const Entry& e) {
            return e.first->label == tie->label && e.first->status == tie->status;
        });
        if (entry == line.entries.end())
            entry = line.entries.insert(entry, Entry{tie, 0, {}, {}, {}});
        ++entry->count;
        add_once(entry->whens, tie->when);
        add_once(entry->amounts, tie->amount);
        entry->sources.insert(tie->sources.begin(), tie->sources.end());
    }
    std::vector<Line> out;
    out.reserve(lines.size());
    for (auto& [key, line] : lines) out.push_back(std::move(line));
    return out;
}

}  // namespace entente::exporters
