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

bool is_cyrillic(char32_t c) { return c >= 0x400 && c <= 0x52F; }

/// Letters outside of the Russian alphabet, as all languages but their own read them.
bool other_letter(char32_t c, std::string_view& latin) {
    switch (c) {
        case U'ё': latin = "e"; return true;
        case U'і': case U'ї': case U'ӣ': latin = "i"; return true;
        case U'є': latin = "ie"; return true;
        case U'ґ': case U'ғ': case U'ҝ': case U'ѓ': latin = "g"; return true;
        case U'ў': case U'ұ': case U'ү': case U'ӯ': latin = "u"; return true;
        case U'ђ': latin = "dj"; return true;
        case U'ј': latin = "j"; return true;
        case U'љ': latin = "lj"; return true;
        case U'њ': latin = "nj"; return true;
        case U'ћ': latin = "c"; return true;
        case U'џ': latin = "dz"; return true;
        case U'ѕ': latin = "dz"; return true;
        case U'ќ': case U'қ': latin = "k"; return true;
        case U'ѐ': latin = "e"; return true;
        case U'ѝ': latin = "i"; return true;
        case U'ә': latin = "a"; return true;
        case U'ң': latin = "n"; return true;
        case U'ө': latin = "o"; return true;
        case U'һ': latin = "h"; return true;
        case U'ҹ': case U'ҷ': latin = "j"; return true;
        default: return false;
    }
}

bool ukrainian(char32_t c, bool starts, std::string_view& latin) {
    switch (c) {
        case U'г': latin = "h"; return true;
        case U'и': latin = "y"; return true;
        case U'й': latin = starts ? "y" : "i"; return true;
        case U'ї': latin = starts ? "yi" : "i"; return true;
        case U'є': latin = starts ? "ye" : "ie"; return true;
        case U'ю': latin = starts ? "yu" : "iu"; return true;
        case U'я': latin = starts ? "ya" : "ia"; return true;
        default: return false;
    }
}

bool serbian(char32_t c, std::string_view& latin) {
    switch (c) {
        case U'ж': latin = "z"; return true;
        case U'х': latin = "h"; return true;
        case U'ц': case U'ч': latin = "c"; return true;
        case U'ш': latin = "s"; return true;
        default: return false;
    }
}

}  // namespace

Cyrillic language_of(std::u32string_view name) {
    bool turkic = false, ukrainian_letter = false, serbian_letter = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        switch (name[i]) {
            case U'і': case U'ї': case U'є': case U'ґ': ukrainian_letter = true; break;
            case U'ђ': case U'ј': case U'љ': case U'њ': case U'ћ': case U'џ':
                serbian_letter = true;
                break;
            case U'ә': case U'ғ': case U'қ': case U'ң': case U'ө': case U'ұ': case U'ү':
            case U'һ': case U'ҹ': case U'ҝ':
                turkic = true;
                break;
            case U'ь':
                // -ський, -цький, -зький; Russian writes no soft sign there
                if (i > 0 && i + 1 < name.size() && name[i + 1] == U'к' &&
                    (name[i - 1] == U'с' || name[i - 1] == U'ц' || name[i - 1] == U'з')) {
                    ukrainian_letter = true;
                }
                break;
            default: break;
        }
    }
    if (turkic) return Cyrillic::russian;  // Kazakh has `і`, Azerbaijani had `ј`
    if (ukrainian_letter) return Cyrillic::ukrainian;
    return serbian_letter ? Cyrillic::serbian : Cyrillic::russian;
}

bool latin_for_cyrillic(std::u32string_view name, std::size_t at, Cyrillic language,
                        std::string_view& latin) {
    const char32_t c = name[at];
    if (!is_cyrillic(c)) return false;
    const char32_t before = at > 0 ? name[at - 1] : U' ';
    const bool starts = !is_cyrillic(before);
    if (language == Cyrillic::ukrainian && ukrainian(c, starts, latin)) return true;
    if (language == Cyrillic::serbian && serbian(c, latin)) return true;
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
    return other_letter(c, latin);
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
