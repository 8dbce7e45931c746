// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include <tsl/robin_map.h>

#include "core/names/normalize.hpp"
#include "core/names/similarity.hpp"
#include "core/storage/merges.hpp"
#include "core/storage/reader.hpp"
#include "core/storage/reader_state.hpp"

namespace entente::storage {
namespace {

/// Words nearest to a misspelt one that are followed up, actors fetched for one word, and actors that
/// are weighed at all: what bounds a search in a database of millions.
constexpr std::size_t kNearWords = 24;
constexpr std::size_t kActorsOfWord = 4000;
constexpr std::size_t kWeighed = 3000;

std::vector<std::string> names_of(const ReaderState& state, std::uint64_t id) {
    std::vector<std::string> out;
    const auto take = [&](std::string_view property) {
        const auto p = state.dictionary->find_property(property);
        if (!p) return;
        const auto c = state.tables->cell(Table::actors, id, column::kFirstProperty + p->value);
        if (!c) return;
        const Value v = value_of(*c);
        if (v.kind() == Value::Kind::text) out.push_back(v.text());
        if (v.kind() == Value::Kind::list)
            for (const Value& item : v.list())
                if (item.kind() == Value::Kind::text) out.push_back(item.text());
    };
    take("name");
    take("aliases");
    return out;
}

std::vector<std::uint64_t> actors_with(const Tables& tables, Table table, std::uint64_t low,
                                       std::uint64_t high, std::size_t most) {
    std::vector<std::uint64_t> out;
    tables.scan(tuple_schema(table), {low, 0, 0, 0}, [&](const Tuple& t) {
        if (t[0] > high || out.size() >= most) return false;
        out.push_back(t[1]);
        return true;
    });
    return out;
}

/// The word prefixes that share most trigrams with a word, best first.
std::vector<std::uint64_t> near_prefixes(const Tables& tables, std::string_view word) {
    const auto wanted = names::trigrams(word);
    tsl::robin_map<std::uint64_t, std::uint32_t> shared;
    for (const std::uint32_t t : wanted)
        for (const std::uint64_t p : actors_with(tables, Table::trigrams, t, t, 200000)) ++shared[p];
    std::vector<std::pair<std::uint32_t, std::uint64_t>> ranked;
    for (const auto& [prefix, n] : shared)
        if (n * 4 >= wanted.size()) ranked.emplace_back(n, prefix);
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (ranked.size() > kNearWords) ranked.resize(kNearWords);
    std::vector<std::uint64_t> out;
    for (const auto& [n, prefix] : ranked) out.push_back(prefix);
    return out;
}

}  // namespace

std::optional<ActorId> Reader::actor_by_key(std::string_view key) const {
    const std::uint64_t hash = name_hash(key);
    for (const std::uint64_t id : actors_with(*state_->tables, Table::keys, hash, hash, 1000)) {
        const auto c = state_->tables->cell(Table::actors, id, column::kKey);
        const ActorId actor(static_cast<std::uint32_t>(id));
        if (c && c->bytes == key) return actor;
        // The key of one that was merged into it is its key too.
        if (state_->state->format < kFormatOfMerges) continue;
        for (const ActorId other : absorbed_by(*state_->tables, actor)) {
            const auto its = state_->tables->cell(Table::actors, other.value, column::kKey);
            if (its && its->bytes == key) return actor;
        }
    }
    return std::nullopt;
}

std::optional<RelationshipId> Reader::relationship_by_key(std::string_view key) const {
    const auto p = state_->dictionary->find_property("id");
    if (!p) return std::nullopt;
    const std::uint64_t hash = name_hash(key);
    for (const std::uint64_t id :
         actors_with(*state_->tables, Table::relationship_keys, hash, hash, 1000)) {
        const auto c = state_->tables->cell(Table::relationships, id,
                                            column::kFirstProperty + p->value);
        if (c && to_text(value_of(*c)) == key) return RelationshipId(id);
    }
    return std::nullopt;
}

std::vector<ActorId> Reader::actors_by_name(std::string_view name) const {
    const std::string folded = names::fold(name.substr(0, kIndexedName));
    const std::uint64_t hash = name_hash(folded);
    std::vector<ActorId> out;
    for (const std::uint64_t id :
         actors_with(*state_->tables, Table::names, hash, hash, 1000000)) {
        for (const std::string& n : names_of(*state_, id))
            if (names::fold(std::string_view(n).substr(0, kIndexedName)) == folded) {
                out.emplace_back(static_cast<std::uint32_t>(id));
                break;
            }
    }
    return out;
}

std::vector<NameMatch> Reader::find(std::string_view text, std::size_t most) const {
    const Tables& tables = *state_->tables;
    const std::string folded = names::fold(text.substr(0, kIndexedName));
    std::map<std::uint64_t, std::size_t> candidates;  // actor -> words of the query that it may have
    if (const auto id = actor_by_key(text)) candidates[id->value] = 1000;
    for (const ActorId id : actors_by_name(text)) candidates[id.value] = 1000;
    std::size_t rounds = 0;
    for (const std::string_view word : names::split_folded(folded)) {
        if (++rounds > 32) break;
        const std::uint64_t low = word_prefix(word);
        // A short word is a prefix of all that lie up to itself with its tail filled.
        std::uint64_t high = low;
        if (word.size() < 7) high |= (1ull << (8 * (7 - word.size()))) - 1;
        std::set<std::uint64_t> of_word;
        for (const std::uint64_t id : actors_with(tables, Table::words, low, high, kActorsOfWord))
            of_word.insert(id);
        for (const std::uint64_t prefix : near_prefixes(tables, word)) {
            if (of_word.size() >= 2 * kActorsOfWord) break;
            for (const std::uint64_t id :
                 actors_with(tables, Table::words, prefix, prefix, kActorsOfWord / 4))
                of_word.insert(id);
        }
        for (const std::uint64_t id : of_word) ++candidates[id];
    }
    std::vector<std::pair<std::size_t, std::uint64_t>> order;
    for (const auto& [id, words] : candidates) order.emplace_back(words, id);
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (order.size() > kWeighed) order.resize(kWeighed);
    std::vector<NameMatch> out;
    for (const auto& [words, id] : order) {
        NameMatch match;
        match.actor = ActorId(static_cast<std::uint32_t>(id));
        if (!exists(match.actor)) continue;
        const auto own_key = key(match.actor);
        if (own_key && *own_key == text) {
            match.score = 1;
            match.reason = "key";
            match.name = *own_key;
        }
        for (std::string& n : names_of(*state_, id)) {
            const names::Likeness like =
                names::likeness(text, std::string_view(n).substr(0, kIndexedName));
            if (like.score > match.score) {
                match.score = like.score;
                match.reason = like.reason;
                match.name = std::move(n);
            }
        }
        if (match.score >= 0.5) out.push_back(std::move(match));
    }
    std::stable_sort(out.begin(), out.end(), [](const NameMatch& a, const NameMatch& b) {
        return a.score != b.score ? a.score > b.score : a.actor < b.actor;
    });
    if (out.size() > most) out.resize(most);
    return out;
}

}  // namespace entente::storage
