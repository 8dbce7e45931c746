// SPDX-License-Identifier: MIT
#include "core/names/normalize.hpp"

#include <array>

#include "core/model/utf8.hpp"
#include "core/names/transliterate.hpp"

namespace entente::names {
namespace {

constexpr std::size_t kMostCharacters = 1000;

// What each byte becomes; bytes of letters without a Latin form stay.
constexpr unsigned char kSpace = 0;
constexpr unsigned char kNothing = 1;
constexpr unsigned char kPoint = 2;
constexpr std::array<unsigned char, 256> kFolded = [] {
    std::array<unsigned char, 256> table{};
    for (unsigned c = '0'; c <= '9'; ++c) table[c] = static_cast<unsigned char>(c);
    for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = static_cast<unsigned char>(c);
    for (unsigned c = 'A'; c <= 'Z'; ++c) table[c] = static_cast<unsigned char>(c + 32);
    for (unsigned c = 0x80; c < 256; ++c) table[c] = static_cast<unsigned char>(c);
    table['\''] = table['`'] = kNothing;
    table['.'] = kPoint;
    return table;
}();

unsigned char folded(char c) {
    return kFolded[static_cast<unsigned char>(c)];
}
bool is_letter(char c) {
    return folded(c) >= 'a';
}
bool is_word(char c) {
    return folded(c) > kPoint;
}

/// A point between single letters, as in `U.S.A.` and `S.p.A.`, joins them.
bool joins(std::string_view text, std::size_t point) {
    return point > 0 && point + 1 < text.size() && is_letter(text[point - 1]) &&
           is_letter(text[point + 1]) && (point < 2 || !is_word(text[point - 2])) &&
           (point + 2 >= text.size() || !is_word(text[point + 2]));
}

/// False when nothing was left.
bool fold_latin_into(std::string_view text, std::string& out) {
    const std::size_t start = out.size();
    out.resize(start + text.size() + 1);
    char* const begin = out.data() + start;
    char* put = begin;
    bool space = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned char f = folded(text[i]);
        if (f > kPoint) {
            if (space && put != begin) *put++ = ' ';
            space = false;
            *put++ = static_cast<char>(f);
        } else if (f == kSpace || (f == kPoint && !joins(text, i))) {
            space = true;
        }
    }
    out.resize(start + static_cast<std::size_t>(put - begin));
    return put != begin;
}

/// A name without a letter or a digit, as it stands: one space between its parts.
void keep_into(std::string_view name, std::string& out) {
    const std::string lower = lower_case(name);
    const std::size_t start = out.size();
    for (const char c : lower) {
        const bool space = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
        if (!space) out += c;
        if (space && out.size() > start && out.back() != ' ') out += ' ';
    }
    if (out.size() > start && out.back() == ' ') out.pop_back();
}

}  // namespace

void fold_into(std::string_view name, std::string& out) {
    name = first_characters(name, kMostCharacters);
    if (is_ascii(name)) {
        if (!fold_latin_into(name, out)) keep_into(name, out);
        return;
    }
    std::string latin;
    transliterate_into(name, latin);
    if (!fold_latin_into(latin, out)) keep_into(name, out);
}

std::string fold(std::string_view name) {
    std::string out;
    fold_into(name, out);
    return out;
}

std::vector<std::string> words(std::string_view name) {
    const std::string text = fold(name);
    std::vector<std::string> out;
    for (const std::string_view word : split_folded(text)) out.emplace_back(word);
    return out;
}

std::vector<std::string_view> split_folded(std::string_view folded_text) {
    std::vector<std::string_view> out;
    std::size_t at = 0;
    while (at < folded_text.size()) {
        std::size_t end = folded_text.find(' ', at);
        if (end == std::string_view::npos) end = folded_text.size();
        if (end > at) out.push_back(folded_text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

}  // namespace entente::names
