// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "core/names/normalize.hpp"

namespace entente::names {
namespace {

struct Spelling {
    std::string_view letters;
    std::string_view sound;
};

// Longest first where one begins another. Sibilants and affricates are one sound (`Sch`, `Tsch`,
// `Cz`, `Zh` of Selenskyj, Tschernobyl, Brzezinski), and so are `h`, `kh` and `g` (Sybiha, Sibiga).
constexpr std::array kSpellings = std::to_array<Spelling>({
    {"shch", "s"}, {"tsch", "s"}, {"sch", "s"}, {"tch", "s"}, {"dzh", "ds"}, {"dsch", "ds"},
    {"sh", "s"},   {"sz", "s"},   {"zh", "s"},  {"cz", "s"},  {"ts", "s"},   {"tz", "s"},
    {"kh", "g"},   {"gh", "g"},   {"ph", "f"},  {"th", "t"},  {"ck", "k"},   {"qu", "kv"},
    {"ae", "a"},   {"oe", "o"},   {"ue", "u"},  {"ou", "u"},  {"oo", "u"},   {"ee", "i"},
    {"h", "g"},    {"j", "i"},    {"q", "k"},   {"w", "v"},   {"x", "ks"},   {"y", "i"},
    {"z", "s"},
});

bool is_vowel(char c) {
    return std::string_view("aeiou").find(c) != std::string_view::npos;
}
bool soft(char c) {
    return c == 'e' || c == 'i' || c == 'y' || c == 'j';
}

/// `c` and `ch` sound by what follows: Cicero, Chernobyl; Carl, Christos.
std::string_view sound_of_c(std::string_view word, std::size_t at, std::size_t& length) {
    const bool ch = at + 1 < word.size() && word[at + 1] == 'h';
    length = ch ? 2 : 1;
    const std::size_t next = at + length;
    if (ch) return next < word.size() && !is_vowel(word[next]) && !soft(word[next]) ? "k" : "s";
    return next < word.size() && soft(word[next]) ? "s" : "k";
}

}  // namespace

std::string skeleton(std::string_view folded_word) {
    std::string sounds;
    sounds.reserve(folded_word.size() + 2);
    for (std::size_t at = 0; at < folded_word.size();) {
        std::size_t length = 1;
        std::string_view sound = folded_word.substr(at, 1);
        if (folded_word[at] == 'c' && !folded_word.substr(at).starts_with("cz") &&
            !folded_word.substr(at).starts_with("ck")) {
            sound = sound_of_c(folded_word, at, length);
        } else {
            for (const Spelling& spelling : kSpellings) {
                if (!folded_word.substr(at).starts_with(spelling.letters)) continue;
                length = spelling.letters.size();
                sound = spelling.sound;
                break;
            }
        }
        // a final `h` after a vowel is mute: Sarah, Abdullah
        const bool mute = length == 1 && folded_word[at] == 'h' && at > 0 &&
                          at + 1 == folded_word.size() && is_vowel(folded_word[at - 1]);
        if (!mute) sounds += sound;
        at += length;
    }
    std::string out;
    for (const char c : sounds) {
        const bool letter = c >= 'a' && c <= 'z';
        if (!letter || out.empty() || out.back() != c) out += c;
    }
    // Yeltsin, Jelzin, Eltsin
    if (out.size() > 2 && out.starts_with("ie")) out.erase(0, 1);
    return out;
}

}  // namespace entente::names
