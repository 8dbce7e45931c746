// SPDX-License-Identifier: MIT
#include "cli/actors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <unordered_map>
#include <unordered_set>

#include "cli/text.hpp"
#include "core/error.hpp"

namespace entente::cli {
namespace {

constexpr std::size_t kCandidates = 10;   ///< listed when a name is ambiguous
constexpr std::size_t kNearest = 5;       ///< listed when a name is unknown
constexpr double kGoodEnough = 0.8;       ///< score from which a near spelling may be taken ...
constexpr double kClearlyAhead = 0.05;    ///< ... when the next actor's score is this much lower

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string candidates(const storage::Reader& reader, const std::vector<ActorId>& actors,
                       std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < actors.size() && i < most; ++i) {
        if (!out.empty()) out += "\n";
        out += "  " + describe(reader, actors[i]);
        const auto actor = reader.actor(actors[i]);
        if (actor && !actor->types.empty()) {
            out += ", " + escape_controls(fmt::format("{}", fmt::join(actor->types, ", ")));
        }
    }
    if (actors.size() > most) out += fmt::format("\n  and {} more", actors.size() - most);
    return out;
}

/// The actors among the matches, each once at its best, in their order.
std::vector<std::pair<ActorId, double>> best_per_actor(
    const std::vector<storage::NameMatch>& matches) {
    std::vector<std::pair<ActorId, double>> best;
    std::unordered_set<std::uint32_t> seen;
    for (const auto& match : matches) {
        if (seen.insert(match.actor.value).second) best.emplace_back(match.actor, match.score);
    }
    return best;
}

std::vector<std::string> lines_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        throw Error(ErrorKind::usage, fmt::format("the list {} cannot be read", path),
                    "@FILE names a text file with one actor on each line");
    }
    std::vector<std::string> lines;
    std::string line;
    while (std::getline(file, line)) {
        if (lines.empty() && line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
        const std::size_t first = line.find_first_not_of(" \t\r");
        const std::size_t last = line.find_last_not_of(" \t\r");
        lines.push_back(first == std::string::npos ? "" : line.substr(first, last - first + 1));
    }
    return lines;
}

}  // namespace

std::string describe(const storage::Reader& reader, ActorId id) {
    const auto actor = reader.actor(id);
    if (!actor) return handle(id);
    const std::string name = name_of(*actor);
    std::string out = escape_controls(name.empty() ? label_of(*actor) : name);
    if (out == handle(id)) return out;
    out += " (" + handle(id);
    if (actor->key && !name.empty()) out += ", " + escape_controls(*actor->key);
    return out + ")";
}

ActorId find_actor(Context& context, const storage::Reader& reader, std::string_view word,
                   Naming naming) {
    if (word.starts_with('#') && all_digits(word.substr(1))) {
        const auto number = parse_whole(word.substr(1));
        if (number && *number <= UINT32_MAX) {
            ActorId id(static_cast<std::uint32_t>(*number));
            if (reader.exists(id)) return id;
            while (const auto merge = reader.merge_of(id)) id = merge->into;
            if (reader.exists(id)) {
                context.err << "entente: " << escape_controls(word) << " was merged into " << describe(reader, id) << "\n";
                return id;
            }
        }
        throw Error(ErrorKind::unknown_name, fmt::format("there is no actor {}", word),
                    "`entente find NAME` shows the handles");
    }
    if (word.empty()) throw Error(ErrorKind::usage, "an actor's name cannot be empty");
    if (const auto id = reader.actor_by_key(word)) return *id;
    const std::vector<ActorId> named = reader.actors_by_name(word);
    if (named.size() == 1) return named.front();
    if (named.size() > 1) {
        throw Error(ErrorKind::ambiguous_name,
                    fmt::format("{} actors are called \"{}\"", named.size(), word),
                    "name one by its handle or key:\n" + candidates(reader, named, kCandidates));
    }
    const auto near = best_per_actor(reader.find(word, kCandidates));
    std::vector<ActorId> actors;
    for (const auto& [id, score] : near) actors.push_back(id);
    if (naming == Naming::near && !near.empty() && near.front().second >= kGoodEnough) {
        if (near.size() == 1 || near[0].second - near[1].second >= kClearlyAhead) {
            context.err << "entente: taking \"" << escape_controls(word) << "\" to mean "
                        << describe(reader, actors.front()) << "\n";
            return actors.front();
        }
        throw Error(ErrorKind::ambiguous_name, fmt::format("\"{}\" may mean several actors", word),
                    "name one by its handle or key:\n" + candidates(reader, actors, kCandidates));
    }
    throw Error(ErrorKind::unknown_name, fmt::format("there is no actor \"{}\"", word),
                actors.empty() ? "`entente find NAME` looks for names that are nearly right"
                               : "the nearest are:\n" + candidates(reader, actors, kNearest));
}

std::vector<ActorId> find_actors(Context& context, const storage::Reader& reader,
                                 const std::vector<std::string>& words, Naming naming, Repeats repeats) {
    std::vector<ActorId> out;
    std::unordered_map<std::uint32_t, std::string> seen;  // where each was named
    const auto take = [&](ActorId id, const std::string& where) {
        const auto [first, is_new] = seen.try_emplace(id.value, where);
        if (is_new) {
            out.push_back(id);
        } else if (repeats == Repeats::refuse) {
            throw Error(ErrorKind::usage, fmt::format("{} is named twice{}", describe(reader, id), first->second),
                        "name each actor once");
        }
    };
    for (const std::string& word : words) {
        if (!is_list(word)) {
            take(find_actor(context, reader, word, naming), "");
            continue;
        }
        const std::string path = word.substr(1);
        const auto lines = lines_of(path);
        bool any = false;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].empty()) continue;
            any = true;
            try {
                take(find_actor(context, reader, lines[i], naming), fmt::format(", before in {}:{}", path, i + 1));
            } catch (const Error& error) {
                throw Error(error.kind(), Place{path, i + 1, 0}, error.what(), error.advice());
            }
        }
        if (!any) throw Error(ErrorKind::usage, fmt::format("the list {} names no actor", path));
    }
    return out;
}

bool is_list(std::string_view word) { return word.starts_with('@') && word.size() > 1; }

bool is_relationship_handle(std::string_view word) {
    return word.starts_with('r') && all_digits(word.substr(1));
}

RelationshipId find_relationship(const storage::Reader& reader, std::string_view word) {
    if (is_relationship_handle(word)) {
        const auto number = parse_whole(word.substr(1));
        if (number && reader.exists(RelationshipId(*number))) return RelationshipId(*number);
        throw Error(ErrorKind::unknown_name, fmt::format("there is no relationship {}", word),
                    "`entente show ACTOR` shows the handles of an actor's relationships");
    }
    throw Error(ErrorKind::usage,
                fmt::format("a relationship is named by its handle, such as r17, not \"{}\"", word),
                "`entente show ACTOR` shows the handles of an actor's relationships");
}

}  // namespace entente::cli
