// SPDX-License-Identifier: MIT
#include "core/names/cyrillic.hpp"

namespace entente::names {
namespace {

constexpr std::string_view kRussian[32] = {
    "a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "y",    "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "yu", "ya"};

bool is_vowel(char32_t c) {
    return std::u32string_view(U"аеёиоуыэюяіїєәөүұӣӯў").find(c) != std::u32string_view::npos;
}

bool is_cyrillic(char32_t c) {
    return c >= 0x400 && c <= 0x52F;
}

struct Letters {
    std::u32string_view letters;
    std::string_view latin;
    std::string_view at_start;  ///< of a word
};

/// Letters outside of the Russian alphabet, as all languages but their own read them.
constexpr Letters kOthers[] = {
    {U"ёѐ", "e", "e"},   {U"іїӣѝ", "i", "i"}, {U"є", "ie", "ie"},  {U"ґғҝѓ", "g", "g"},
    {U"ўұүӯ", "u", "u"}, {U"ђ", "dj", "dj"},  {U"јҹҷ", "j", "j"},  {U"љ", "lj", "lj"},
    {U"њ", "nj", "nj"},  {U"ћ", "c", "c"},    {U"џѕ", "dz", "dz"}, {U"ќқ", "k", "k"},
    {U"ә", "a", "a"},    {U"ң", "n", "n"},    {U"ө", "o", "o"},    {U"һ", "h", "h"},
};

constexpr Letters kUkrainian[] = {
    {U"г", "h", "h"},   {U"и", "y", "y"},   {U"й", "i", "y"},   {U"ї", "i", "yi"},
    {U"є", "ie", "ye"}, {U"ю", "iu", "yu"}, {U"я", "ia", "ya"},
};

constexpr Letters kSerbian[] = {
    {U"ж", "z", "z"},
    {U"х", "h", "h"},
    {U"цч", "c", "c"},
    {U"ш", "s", "s"},
};

template <std::size_t n>
bool look_up(const Letters (&table)[n], char32_t c, bool starts, std::string_view& latin) {
    for (const Letters& row : table) {
        if (row.letters.find(c) == std::u32string_view::npos) continue;
        latin = starts ? row.at_start : row.latin;
        return true;
    }
    return false;
}

constexpr std::u32string_view kUkrainianLetters = U"іїєґ";
constexpr std::u32string_view kSerbianLetters = U"ђјљњћџ";
constexpr std::u32string_view kTurkicLetters = U"әғқңөұүһҹҝ";

bool among(std::u32string_view letters, char32_t c) {
    return letters.find(c) != std::u32string_view::npos;
}

/// The soft sign of -ський, -цький, -зький at `at`; Russian writes none there.
bool ukrainian_ending(std::u32string_view name, std::size_t at) {
    return name[at] == U'ь' && at > 0 && at + 1 < name.size() && name[at + 1] == U'к' &&
           among(U"сцз", name[at - 1]);
}

}  // namespace

Cyrillic language_of(std::u32string_view name) {
    bool turkic = false, ukrainian = false, serbian = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (!is_cyrillic(name[i])) continue;
        turkic = turkic || among(kTurkicLetters, name[i]);
        ukrainian = ukrainian || among(kUkrainianLetters, name[i]) || ukrainian_ending(name, i);
        serbian = serbian || among(kSerbianLetters, name[i]);
    }
    if (turkic) return Cyrillic::russian;  // Kazakh has `і`, Azerbaijani had `ј`
    if (ukrainian) return Cyrillic::ukrainian;
    return serbian ? Cyrillic::serbian : Cyrillic::russian;
}

bool latin_for_cyrillic(std::u32string_view name, std::size_t at, Cyrillic language,
                        std::string_view& latin) {
    const char32_t c = name[at];
    if (!is_cyrillic(c)) return false;
    const char32_t before = at > 0 ? name[at - 1] : U' ';
    const bool starts = !is_cyrillic(before);
    if (language == Cyrillic::ukrainian && look_up(kUkrainian, c, starts, latin)) return true;
    if (language == Cyrillic::serbian && look_up(kSerbian, c, starts, latin)) return true;
    if (language == Cyrillic::russian) {
        if (c == U'е' && (starts || is_vowel(before) || before == U'ь' || before == U'ъ')) {
            latin = "ye";
            return true;
        }
        if (c == U'ё' && starts) {
            latin = "yo";
            return true;
        }
        // Bulgarian: a hard sign before a consonant is a vowel
        if (c == U'ъ' && at + 1 < name.size() && is_cyrillic(name[at + 1]) &&
            !is_vowel(name[at + 1])) {
            latin = "a";
            return true;
        }
    }
    if (c >= U'а' && c <= U'я') {
        latin = kRussian[c - U'а'];
        return true;
    }
    return look_up(kOthers, c, starts, latin);
}

char32_t composed_cyrillic(char32_t letter, char32_t mark) {
    constexpr char32_t kBreve = 0x306, kDiaeresis = 0x308, kMacron = 0x304;
    if (mark == kBreve && letter == U'и') return U'й';
    if (mark == kBreve && letter == U'у') return U'ў';
    if (mark == kDiaeresis && letter == U'е') return U'ё';
    if (mark == kDiaeresis && letter == U'і') return U'ї';
    if (mark == kMacron && letter == U'и') return U'ӣ';
    if (mark == kMacron && letter == U'у') return U'ӯ';
    return 0;
}

}  // namespace entente::names
