// SPDX-License-Identifier: MIT
#include "importers/file_pattern.hpp"

#include <algorithm>

namespace entente::importers {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool word_character(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace

bool fits_pattern(std::string_view pattern, std::string_view text) {
    Captures none;
    return fits_pattern(pattern, text, none);
}

bool fits_pattern(std::string_view pattern, std::string_view text, Captures& captures) {
    // where the last star stands, and how much of the text it takes
    std::size_t star = std::string_view::npos;
    std::size_t taken = 0;
    std::size_t p = 0;
    std::size_t t = 0;
    while (true) {
        bool good = true;
        if (p == pattern.size()) {
            if (t == text.size()) return true;
            good = false;
        } else if (pattern[p] == '*') {
            star = p++;
            taken = t;
            continue;
        } else if (const std::size_t end = pattern[p] == '{' ? pattern.find('}', p) : std::string_view::npos;
                   end != std::string_view::npos) {
            const std::size_t from = t;
            while (t < text.size() && word_character(text[t])) ++t;
            good = t != from;
            if (good) captures[std::string(pattern.substr(p + 1, end - p - 1))] = text.substr(from, t - from);
            p = end + 1;
        } else {
            good = t < text.size() && lower(pattern[p]) == lower(text[t]);
            ++p;
            ++t;
        }
        if (good) continue;
        if (star == std::string_view::npos || taken >= text.size()) return false;
        p = star + 1;
        t = ++taken;
    }
}

bool fits_file(std::string_view pattern, std::string_view name, Captures& captures) {
    for (const std::string_view suffix : {".gz", ".zst", ".zip"}) {
        if (name.size() > suffix.size() &&
            std::equal(suffix.begin(), suffix.end(), name.end() - static_cast<std::ptrdiff_t>(suffix.size()),
                       [](char a, char b) { return a == lower(b); })) {
            name.remove_suffix(suffix.size());
            break;
        }
    }
    std::size_t parts = 1 + static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '/'));
    std::size_t from = name.size();
    while (parts-- != 0) {
        const std::size_t slash = from == 0 ? std::string_view::npos : name.rfind('/', from - 1);
        if (slash == std::string_view::npos) {
            if (parts != 0) return false;
            from = 0;
            break;
        }
        from = slash;
        if (parts == 0) ++from;
    }
    Captures found;
    if (!fits_pattern(pattern, name.substr(from), found)) return false;
    captures.insert(found.begin(), found.end());
    return true;
}

}  // namespace entente::importers
