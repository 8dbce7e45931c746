// SPDX-License-Identifier: MIT
#include "core/names/transliterate.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "core/model/utf8.hpp"
#include "core/names/cyrillic.hpp"

namespace entente::names {
namespace {

// --- letters from tables ---

// Base letters of U+00E0..U+00FF and U+0100..U+017F; `*` is looked up below.
constexpr std::string_view kLatin1 = "aaaaaa*ceeeeiiii*nooooo ouuuuy*y";
constexpr std::string_view kExtendedA =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
    "lllnnnnnn***oooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kLatin1.size() == 32 && kExtendedA.size() == 128);

struct Letters {
    std::u32string_view letters;
    std::string_view latin;
};
constexpr Letters kSpecial[] = {
    {U"ß", "ss"}, {U"æ", "ae"}, {U"ð", "d"}, {U"þ", "th"}, {U"ŋŉ", "n"}, {U"œ", "oe"},
    {U"ĳ", "ij"}, {U"ə", "a"},  // Əliyev is known as Aliyev
    {U"ơ", "o"},  {U"ư", "u"},  {U"ș", "s"}, {U"ț", "t"},  {U"ǎ", "a"},  {U"ǧ", "g"},
};

/// For a letter in lower case.
bool latin_letter(char32_t c, std::string_view& latin) {
    if (c > 0x259) return false;
    if (c >= 0xE0 && c <= 0xFF && c != 0xF7) {
        latin = kLatin1.substr(c - 0xE0, 1);
        if (latin != "*") return true;
    }
    if (c >= 0x100 && c <= 0x17F) {
        latin = kExtendedA.substr(c - 0x100, 1);
        if (latin != "*") return true;
    }
    for (const Letters& row : kSpecial) {
        if (row.letters.find(c) == std::u32string_view::npos) continue;
        latin = row.latin;
        return true;
    }
    return false;
}

enum class Sign { letter, space, nothing };

/// What is left of a character that is neither ASCII nor a letter of the tables.
Sign sign_of(char32_t c) {
    const auto code = static_cast<UChar32>(c);
    switch (c) {
        case 0x2018:
        case 0x2019:
        case 0x201B:
        case 0x2032:
        case 0xB4:
        case 0xFF07:
            return Sign::nothing;  // apostrophes
        default:
            break;
    }
    switch (u_charType(code)) {
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_FORMAT_CHAR:
            return Sign::nothing;
        case U_MODIFIER_LETTER:
            return c < 0x300 ? Sign::nothing : Sign::letter;
        case U_MODIFIER_SYMBOL:
            return Sign::nothing;
        default:
            return u_isalnum(code) || u_charType(code) == U_COMBINING_SPACING_MARK ||
                           u_charType(code) == U_OTHER_NUMBER
                       ? Sign::letter
                       : Sign::space;
    }
}

char32_t lower(char32_t c) {
    return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

/// In lower case, Cyrillic letters composed; other marks stand as they are.
std::u32string read(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = next_character(text, at);
        if (c >= 'A' && c <= 'Z') {
            c += 32;
        } else if (c >= 0x80) {
            c = lower(c);
        }
        if (c >= 0x300 && c <= 0x36F && !out.empty()) {
            if (const char32_t one = composed_cyrillic(out.back(), c); one != 0) {
                out.back() = one;
                continue;
            }
        }
        out += c;
    }
    return out;
}

/// Appends the Latin of a word when the tables know each of its letters; else `out` is left as it
/// was. With `keep`, letters that nobody knows are kept.
bool from_tables(std::u32string_view word, Cyrillic language, bool keep, std::string& out) {
    const std::size_t before = out.size();
    std::string_view latin;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char32_t c = word[i];
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (latin_letter(c, latin) || latin_for_cyrillic(word, i, language, latin)) {
            out += latin;
        } else {
            const Sign sign = sign_of(c);
            if (sign == Sign::space) out += ' ';
            if (sign != Sign::letter) continue;
            const int digit = u_charDigitValue(static_cast<UChar32>(c));
            if (digit >= 0) {
                out += static_cast<char>('0' + digit);
            } else if (keep) {
                append_character(out, c);
            } else {
                out.resize(before);
                return false;
            }
        }
    }
    return true;
}

// --- words from ICU ---

icu::UnicodeString to_icu(std::u32string_view word) {
    icu::UnicodeString out;
    for (const char32_t c : word) out.append(static_cast<UChar32>(c));
    return out;
}

std::u32string from_icu(const icu::UnicodeString& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return read(utf8);
}

icu::UnicodeString decomposed(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKDInstance(status);
    if (U_FAILURE(status)) return text;
    icu::UnicodeString out = normalizer->normalize(text, status);
    return U_SUCCESS(status) ? out : text;
}

/// ICU's transliterators share caches behind the scenes: one at a time.
void to_latin(icu::UnicodeString& text) {
    static std::mutex mutex;
    static const std::unique_ptr<icu::Transliterator> transliterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        UParseError place;
        std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
            icu::UnicodeString("NFC; Greek-Latin/UNGEGN; Any-Latin; NFKD; Latin-ASCII"),
            UTRANS_FORWARD, place, status));
        if (U_FAILURE(status)) made.reset();
        return made;
    }();
    if (!transliterator) return;
    const std::lock_guard lock(mutex);
    transliterator->transliterate(text);
}

std::string from_icu_rules(std::u32string_view word, Cyrillic language) {
    std::string out;
    icu::UnicodeString text = decomposed(to_icu(word));
    if (from_tables(from_icu(text), language, false, out)) return out;
    text = to_icu(word);
    to_latin(text);
    from_tables(from_icu(decomposed(text)), language, true, out);
    return out;
}

/// Words that ICU has read before. A full shard is emptied: the memo never grows beyond 64 K words,
/// and what it forgets is found again with the same answer.
class Memo {
public:
    void append(std::u32string_view word, Cyrillic language, std::string& out) {
        std::string key;
        for (const char32_t c : word) append_character(key, c);
        if (key.size() > kLongestKey) {
            out += from_icu_rules(word, language);
            return;
        }
        key += static_cast<char>(language);
        Shard& shard = shards_[std::hash<std::string>{}(key) % shards_.size()];
        {
            const std::shared_lock lock(shard.mutex);
            if (const auto found = shard.words.find(key); found != shard.words.end()) {
                out += found->second;
                return;
            }
        }
        std::string latin = from_icu_rules(word, language);
        out += latin;
        const std::unique_lock lock(shard.mutex);
        if (shard.words.size() >= kMostWords) shard.words.clear();
        shard.words.emplace(std::move(key), std::move(latin));
    }

private:
    static constexpr std::size_t kMostWords = 4096;
    static constexpr std::size_t kLongestKey = 96;
    struct Shard {
        std::shared_mutex mutex;
        std::unordered_map<std::string, std::string> words;
    };
    std::array<Shard, 16> shards_;
};

Memo& memo() {
    static Memo* const words = new Memo;  // outlives threads that still fold at exit
    return *words;
}

}  // namespace

void transliterate_into(std::string_view name, std::string& out) {
    const std::u32string text = read(name);
    const std::u32string_view all = text;
    const Cyrillic language = language_of(all);
    for (std::size_t at = 0; at < all.size();) {
        std::size_t end = at;
        while (end < all.size() && all[end] > U' ') ++end;
        const std::u32string_view word = all.substr(at, end - at);
        if (!word.empty() && !from_tables(word, language, false, out)) {
            memo().append(word, language, out);
        }
        if (end < all.size()) out += ' ';
        at = end + 1;
    }
}

std::string lower_case(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_character(text, at);
        append_character(out, c >= 0x80 ? lower(c) : c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return out;
}

}  // namespace entente::names
