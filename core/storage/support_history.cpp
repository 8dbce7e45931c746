// SPDX-License-Identifier: MIT
#include "core/storage/support_history.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>

#include "core/storage/kept_states.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// Sources with what they tell; bare links tell what stands in the record.
using Support = std::map<std::uint32_t, std::string>;

Support support_of(std::string_view kept, SourceId by_default) {
    Support out;
    if (kept.empty() && by_default) out.emplace(by_default.value, "");
    for (ByteReader in(kept); !in.done();) {
        const std::uint64_t link = in.varint();
        out.emplace(static_cast<std::uint32_t>(link >> 1), (link & kHasDetail) != 0 ? std::string(in.text()) : std::string());
    }
    return out;
}

struct Kept {
    std::uint32_t set = 0;
    std::string before;
};

std::vector<Kept> kept_states(const ReaderState& state, Operation operation, std::uint64_t id) {
    std::vector<Kept> out;
    each_kept(state, operation, id, [&](ChangeSetId set, std::string_view before) { out.push_back({set.value, std::string(before)}); });
    return out;
}

bool withdrawn(std::string_view source) { return ByteReader(source).text().empty(); }

std::vector<SupportChange> changes_of(const Reader& reader, bool actor, std::uint64_t id) {
    const ReaderState& state = reader.state();
    const std::uint64_t subject = actor ? kActorSubject | id : id;
    const auto beginning = added_by(state, actor, id);
    if (!beginning) return {};
    const std::uint32_t added = beginning->set.id.value;
    const SourceId by_default = beginning->set.source;
    // what holds after each change set that touched it, from its beginning on
    std::map<std::uint32_t, Support> states;
    std::vector<Kept> kept = kept_states(state, Operation::evidence, subject);
    kept.push_back({state.state->change_sets + 1, evidence_text(*state.tables, subject)});
    std::uint32_t since = added;
    for (const Kept& k : kept) {
        states[since] = support_of(k.before, by_default);
        since = k.set;
    }
    std::map<std::uint32_t, std::map<std::uint32_t, bool>> standing;  // by source: from which change set on
    for (const auto& [from, support] : states) {
        for (const auto& [source, words] : support) {
            if (standing.contains(source)) continue;
            auto& times = standing[source];
            const auto now = state.tables->get(number_key(Table::sources, source));
            if (!now) throw_corrupt("a source is missing");
            std::uint32_t begin = 0;
            for (const Kept& k : kept_states(state, Operation::source, source)) {
                times[begin] = !withdrawn(k.before);
                begin = k.set;
            }
            times[begin] = !withdrawn(*now);
            for (const auto& [set, stands] : times)
                if (set > added) states.try_emplace(set);
        }
    }
    const auto at = [](const auto& times, std::uint32_t set) { return std::prev(times.upper_bound(set))->second; };
    // words that stood in the record are kept beside it when the record changes: nothing is told otherwise
    const std::vector<Kept> versions = kept_states(state, actor ? Operation::changed_actor : Operation::changed_relationship, id);
    const auto rewritten = [&](std::uint32_t set) {
        return std::any_of(versions.begin(), versions.end(), [&](const Kept& k) { return k.set == set; });
    };
    std::vector<SupportChange> out;
    Support before, told;
    for (auto& [number, support] : states) {
        const std::uint32_t set = number;
        if (!support.empty() || set == added ||
            std::any_of(kept.begin(), kept.end(), [&](const Kept& k) { return k.set == set; }))
            told = support;
        Support after;
        for (const auto& [source, words] : told)
            if (at(standing[source], set)) after.emplace(source, words);
        if (set != added) {
            SupportChange change{ChangeSetId(set), {}, {}, false};
            for (const auto& [source, words] : after) {
                const auto was = before.find(source);
                if (was == before.end()) change.came.emplace_back(source);
                else if (was->second != words) change.retold |= !was->second.empty() || !rewritten(set);
            }
            for (const auto& [source, words] : before)
                if (!after.contains(source)) change.went.emplace_back(source);
            if (!change.came.empty() || !change.went.empty() || change.retold) out.push_back(std::move(change));
        }
        before = std::move(after);
    }
    return out;
}

}  // namespace

std::vector<SupportChange> support_changes(const Reader& reader, ActorId id) { return changes_of(reader, true, id.value); }
std::vector<SupportChange> support_changes(const Reader& reader, RelationshipId id) {
    return changes_of(reader, false, id.value);
}

std::string key_ever(const Reader& reader, SourceId source) {
    if (const auto stored = reader.source(source)) return stored->key;
    std::string key;
    for (const Kept& k : kept_states(reader.state(), Operation::source, source.value))
        if (!withdrawn(k.before)) key = decode_source(k.before, source).key;
    return key;
}

}  // namespace entente::storage
