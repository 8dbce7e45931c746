// SPDX-License-Identifier: MIT
#include "core/names/similarity.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/model/utf8.hpp"
#include "core/names/normalize.hpp"

namespace entente::names {
namespace {

// Beyond this many words a name is a text; the rest is not compared.
constexpr std::size_t kMostWords = 24;
constexpr std::size_t kLongestWord = 64;

constexpr double kOtherOrder = 0.98;
constexpr double kOtherSpaces = 0.97;
constexpr double kMostUnequal = 0.96;  // of anything that is not all the same letters
constexpr double kLeastPair = 0.65;    // below it two words are not the same word misspelt
constexpr double kExtraInName = 0.12;  // weight of a word that the query does not have
constexpr double kNumbersDiffer = 0.3;

struct Word {
    std::string text;
    std::string sound;
    std::string
        bones;  ///< consonants of the sound, `v` as `f`: Arabic and Hebrew write little else
    double weight = 1;
    bool number = false;
};

bool is_vowel(char c) {
    return std::string_view("aeiou").find(c) != std::string_view::npos;
}

/// Legal forms and particles say little about who it is.
double weight_of(std::string_view word) {
    constexpr std::array<std::string_view, 32> kForms = {
        "ag",   "bv",  "co",      "company", "corp", "corporation", "gmbh", "inc",
        "jsc",  "kft", "limited", "llc",     "llp",  "ltd",         "mchj", "mmc",
        "nv",   "oao", "ojsc",    "ooo",     "oy",   "pao",         "pjsc", "plc",
        "prat", "pty", "sa",      "sarl",    "sas",  "spa",         "the",  "tov"};
    static_assert(std::is_sorted(kForms.begin(), kForms.end()));
    if (std::binary_search(kForms.begin(), kForms.end(), word)) return 0.3;
    return word.size() <= 2 ? 0.5 : 1.0;
}

std::vector<std::string> first_words(std::string_view folded) {
    std::vector<std::string> out;
    for (const std::string_view word : split_folded(folded)) {
        if (out.size() == kMostWords) break;
        out.emplace_back(word.substr(0, kLongestWord));
    }
    return out;
}

/// Neighbours that the other name writes as one word become one: `o neill`, `jin ping`.
void join_neighbours(std::vector<std::string>& words, const std::vector<std::string>& other) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        std::string joined = words[i] + words[i + 1];
        if (std::find(other.begin(), other.end(), joined) == other.end()) continue;
        words[i] = std::move(joined);
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
}

std::vector<Word> compared_words(const std::vector<std::string>& words) {
    std::vector<Word> out;
    for (const std::string& text : words) {
        Word word;
        word.text = text;
        word.number =
            std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
        word.sound = skeleton(text);
        for (const char c : word.sound) {
            if (!is_vowel(c)) word.bones += c == 'v' ? 'f' : c;
        }
        word.weight = weight_of(text);
        out.push_back(std::move(word));
    }
    return out;
}

double share(std::size_t part, std::size_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
}

/// Jaro-Winkler favours whatever begins alike, so the edit distance has a say: `zelensy` is nearer
/// to `zelenskyy` than to `zelenodolsk`.
double letters_alike(std::string_view a, std::string_view b) {
    const std::size_t longer = std::max(a.size(), b.size());
    const double edits = share(edit_distance(a, b, longer), longer);
    return (jaro_winkler(a, b) + 1.0 - edits) / 2.0;
}

/// How alike a word of the query and one of the name are, 0 when they are two words.
double pair_score(const Word& query, const Word& name) {
    if (query.text == name.text) return 1.0;
    if (query.number || name.number) return 0.0;
    double best = 0.94 * letters_alike(query.text, name.text);
    if (query.sound == name.sound) {
        best = std::max(best, 0.94 + 0.04 * jaro_winkler(query.text, name.text));
    } else {
        best = std::max(best, 0.92 * letters_alike(query.sound, name.sound));
    }
    if (query.text.size() == 1 && name.text.starts_with(query.text)) best = std::max(best, 0.8);
    if (name.text.size() == 1 && query.text.starts_with(name.text)) best = std::max(best, 0.75);
    if (query.text.size() > 1 && name.text.starts_with(query.text)) {
        best = std::max(best, 0.8 + 0.15 * share(query.text.size(), name.text.size()));
    }
    if (query.bones.size() > 1 && query.bones == name.bones) {
        best = std::max(best, query.bones.size() > 2 ? 0.78 : kLeastPair);
    }
    return best < kLeastPair ? 0.0 : best;
}

struct Pair {
    double score;
    std::size_t query, name;
};

/// Best pairs first, each word in at most one of them; whichever order the words stand in.
std::vector<Pair> align(const std::vector<Word>& query, const std::vector<Word>& name) {
    std::vector<Pair> pairs;
    for (std::size_t q = 0; q < query.size(); ++q) {
        for (std::size_t n = 0; n < name.size(); ++n) {
            const double score = pair_score(query[q], name[n]);
            if (score > 0) pairs.push_back({score, q, n});
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.score > b.score; });
    std::vector<Pair> out;
    std::array<bool, kMostWords> used_query{}, used_name{};
    for (const Pair& pair : pairs) {
        if (used_query[pair.query] || used_name[pair.name]) continue;
        used_query[pair.query] = used_name[pair.name] = true;
        out.push_back(pair);
    }
    return out;
}

bool numbers_differ(const std::vector<Word>& query, const std::vector<Word>& name) {
    std::vector<std::string_view> a, b;
    for (const Word& word : query)
        if (word.number) a.push_back(word.text);
    for (const Word& word : name)
        if (word.number) b.push_back(word.text);
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return !a.empty() && !b.empty() && a != b;
}

std::string sorted_words(std::string_view folded) {
    std::vector<std::string_view> parts = split_folded(folded);
    std::sort(parts.begin(), parts.end());
    std::string out;
    for (const std::string_view part : parts) {
        out += part;
        out += ' ';
    }
    return out;
}

std::string without_spaces(std::string_view folded) {
    std::string out(folded);
    out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
    return out;
}

/// Has it a letter of a script other than Latin?
bool other_script(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        const bool latin = c < 0x370 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x2000 && c < 0x2C00);
        if (!latin && c != kReplacement) return true;
    }
    return false;
}

}  // namespace

Likeness likeness(std::string_view query, std::string_view name) {
    const std::string folded_query = fold(query);
    const std::string folded_name = fold(name);
    if (folded_query.empty() || folded_name.empty()) {
        return query == name ? Likeness{1.0, "exact"} : Likeness{0.0, "different"};
    }
    if (folded_query == folded_name) {
        if (query == name) return {1.0, "exact"};
        return {1.0, other_script(query) != other_script(name) ? "same letters in another script"
                                                               : "same letters"};
    }
    if (sorted_words(folded_query) == sorted_words(folded_name)) {
        return {kOtherOrder, "same words in another order"};
    }
    if (without_spaces(folded_query) == without_spaces(folded_name)) {
        return {kOtherSpaces, "same letters, other spaces"};
    }

    std::vector<std::string> query_words = first_words(folded_query);
    std::vector<std::string> name_words = first_words(folded_name);
    join_neighbours(query_words, name_words);
    join_neighbours(name_words, query_words);
    const std::vector<Word> wanted = compared_words(query_words);
    const std::vector<Word> stored = compared_words(name_words);
    const std::vector<Pair> pairs = align(wanted, stored);
    double total = 0, found = 0, worst = 1;
    for (const Word& word : wanted) total += word.weight;
    for (const Pair& pair : pairs) {
        found += wanted[pair.query].weight * pair.score;
        worst = std::min(worst, pair.score);
    }
    const std::size_t extra = stored.size() - pairs.size();
    double score = found / (total + kExtraInName * static_cast<double>(extra));
    std::string reason = "similar";
    if (pairs.size() == wanted.size() && worst == 1.0) reason = "part of the name";
    if (pairs.size() == stored.size() && worst == 1.0) reason = "more than the name";
    if (folded_name.starts_with(folded_query)) {
        reason = "prefix";
        score = std::max(score, 0.75 + 0.2 * share(folded_query.size(), folded_name.size()));
    }
    if (numbers_differ(wanted, stored)) {
        score -= kNumbersDiffer;
        reason = "other number";
    }
    if (pairs.empty() && reason == "similar") reason = "different";
    return {std::clamp(score, 0.0, kMostUnequal), reason};
}

std::vector<std::string> nearest(std::string_view wanted,
                                 const std::vector<std::string>& candidates, std::size_t most) {
    struct Candidate {
        std::size_t distance;
        double likeness;
        const std::string* text;
    };
    const std::string target = fold(wanted);
    const std::size_t bound = std::clamp<std::size_t>(target.size() / 3, 1, 3);
    std::vector<Candidate> near;
    for (const std::string& candidate : candidates) {
        const std::string folded = fold(candidate);
        const std::size_t distance = edit_distance(target, folded, bound);
        if (distance > bound) continue;
        near.push_back({distance, jaro_winkler(target, folded), &candidate});
    }
    std::sort(near.begin(), near.end(), [](const Candidate& a, const Candidate& b) {
        if (a.distance != b.distance) return a.distance < b.distance;
        if (a.likeness != b.likeness) return a.likeness > b.likeness;
        return *a.text < *b.text;
    });
    std::vector<std::string> out;
    for (const Candidate& candidate : near) {
        if (out.size() == most) break;
        if (out.empty() || out.back() != *candidate.text) out.push_back(*candidate.text);
    }
    return out;
}

}  // namespace entente::names
