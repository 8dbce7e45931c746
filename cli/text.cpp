// SPDX-License-Identifier: MIT
#include "cli/text.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cmath>
#include <cstdint>

#include "core/model/value.hpp"

namespace entente::cli {
namespace {

/// The code point at `i`, which moves past it; negative when the bytes are no UTF-8 (then past one byte).
UChar32 next_code_point(std::string_view text, std::size_t& i) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    auto at = static_cast<std::int64_t>(i);
    UChar32 c = 0;
    U8_NEXT(bytes, at, static_cast<std::int64_t>(text.size()), c);
    if (c < 0) {
        ++i;
    } else {
        i = static_cast<std::size_t>(at);
    }
    return c;
}

bool is_hostile(UChar32 c) {
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;
    if (c == 0x2028 || c == 0x2029 || c == 0xfeff) return true;
    return (c >= 0x200e && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x061c;
}

std::size_t width_of(UChar32 c) {
    if (c < 0x300) return 1;
    switch (u_charType(c)) {
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_FORMAT_CHAR:
            return 0;
        default:
            break;
    }
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::string escape_controls(std::string_view text, bool keep_lines) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t start = i;
        const UChar32 c = next_code_point(text, i);
        if (c < 0) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[start]));
        } else if (!is_hostile(c) || (c == '\n' && keep_lines)) {
            out.append(text, start, i - start);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\r') {
            out += "\\r";
        } else {
            out += c < 0x100 ? fmt::format("\\x{:02x}", static_cast<unsigned>(c))
                             : fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        }
    }
    return out;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        const UChar32 c = next_code_point(text, i);
        width += c < 0 ? 1 : width_of(c);
    }
    return width;
}

std::string clip(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) return std::string(text);
    if (width == 0) return {};
    std::size_t used = 0;
    std::size_t end = 0;
    for (std::size_t i = 0; i < text.size();) {
        const UChar32 c = next_code_point(text, i);
        used += c < 0 ? 1 : width_of(c);
        if (used > width - 1) break;
        end = i;
    }
    return std::string(text.substr(0, end)) + "…";
}

std::string wrap(std::string_view text, std::size_t width, std::size_t indent) {
    std::string out;
    const std::string margin(indent, ' ');
    const std::size_t room = width > indent + 20 ? width - indent : 20;
    std::string line;
    std::size_t used = 0;
    const auto end_line = [&] {
        if (!line.empty()) out += margin + line + "\n";
        line.clear();
        used = 0;
    };
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view row = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (row.empty()) {
            end_line();
            out += "\n";
            continue;
        }
        if (row.front() == ' ') {
            end_line();
            out += margin + std::string(row) + "\n";
            continue;
        }
        while (!row.empty()) {
            const std::size_t space = row.find(' ');
            const std::string_view word = row.substr(0, space);
            row = space == std::string_view::npos ? std::string_view{} : row.substr(space + 1);
            if (word.empty()) continue;
            const std::size_t needs = display_width(word);
            if (used != 0 && used + 1 + needs > room) end_line();
            if (used != 0) {
                line += ' ';
                ++used;
            }
            line += word;
            used += needs;
        }
    }
    end_line();
    return out;
}

std::string shell_quote(std::string_view word) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos) {
        return std::string(word);
    }
    std::string out = "'";
    for (const char c : word) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out += c;
        }
    }
    return out + "'";
}

std::string counted(std::uint64_t number, std::string_view singular, std::string_view plural) {
    if (number == 1) return fmt::format("1 {}", singular);
    if (!plural.empty()) return fmt::format("{} {}", number, plural);
    return fmt::format("{} {}s", number, singular);
}

std::string number_for_people(double number, int digits) {
    if (!std::isfinite(number)) return to_text(Value(number));
    if (number == 0) return "0";
    const double size = std::abs(number);
    if (size >= 1000 && size < 1e15) {
        std::string full = shortest(number);
        const std::size_t point = full.find('.');
        if (point == std::string::npos || full.size() - point - 1 <= 2) return full;
    }
    std::string text = fmt::format("{:.{}g}", number, digits);
    if (size < 1 || size >= 1e15) return text;
    const bool rounded = size >= std::pow(10, digits) || text.find('e') != std::string::npos;
    return rounded ? fmt::format("{:.0f}", number) : text;
}

std::vector<std::string> split_commas(std::string_view text) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        const std::size_t first = part.find_first_not_of(" \t");
        if (first != std::string_view::npos) {
            part = part.substr(first, part.find_last_not_of(" \t") - first + 1);
            parts.emplace_back(part);
        }
        if (comma == std::string_view::npos) return parts;
        text = text.substr(comma + 1);
    }
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

}  // namespace entente::cli
