// SPDX-License-Identifier: MIT
#include "core/exporters/escape.hpp"

#include <cstdint>

namespace entente::exporters {

namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::string_view kEllipsis = "\u2026";
constexpr std::string_view kHex = "0123456789ABCDEF";
constexpr std::string_view kSmallHex = "0123456789abcdef";

/// The code point at `at`, which moves behind it; kReplacement for a byte that begins none.
char32_t next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at++);
    if (first < 0x80) return first;
    const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4) return kReplacement;
    char32_t c = first & (0x3FU >> more);
    if (at + static_cast<std::size_t>(more) > text.size()) return kReplacement;
    for (int i = 0; i < more; ++i) {
        const unsigned char b = byte(at + static_cast<std::size_t>(i));
        if ((b & 0xC0U) != 0x80) return kReplacement;
        c = (c << 6U) | (b & 0x3FU);
    }
    const bool overlong = (more == 2 && c < 0x800) || (more == 3 && c < 0x10000);
    if (overlong || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) return kReplacement;
    at += static_cast<std::size_t>(more);
    return c;
}

void append(std::string& out, char32_t c) {
    const auto put = [&](char32_t v) { out += static_cast<char>(static_cast<unsigned char>(v)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6U));
        put(0x80 | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12U));
        put(0x80 | ((c >> 6U) & 0x3FU));
        put(0x80 | (c & 0x3FU));
    } else {
        put(0xF0 | (c >> 18U));
        put(0x80 | ((c >> 12U) & 0x3FU));
        put(0x80 | ((c >> 6U) & 0x3FU));
        put(0x80 | (c & 0x3FU));
    }
}

bool is_space(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/// Embeddings, overrides and isolates: they reach over the end of the text they stand in.
bool is_direction_mark(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_right_to_left(char32_t c) {
    return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x10800 && c <= 0x10FFF) ||
           (c >= 0x1E800 && c <= 0x1EFFF);
}

bool is_noncharacter(char32_t c) {
    return c == 0xFFFE || c == 0xFFFF || c == 0xFEFF || (c >= 0xFDD0 && c <= 0xFDEF);
}

/// In quotes, with entities kept from Graphviz, which reads them in quoted strings too.
std::string quoted(std::string_view text, std::string_view backslash) {
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += backslash;
                break;
            case '\n':
                out += "\\n";
                break;
            case '&':
                out += "&amp;";
                break;
            default:
                out += c;
        }
    }
    return out + '"';
}

}  // namespace

std::string one_line(std::string_view text, std::size_t most) {
    std::string out;
    std::size_t count = 0;
    std::size_t before_last = 0;  // where the last character that fits begins
    bool right_to_left = false;
    bool pending_space = false;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = next(text, at);
        if (is_space(c)) {
            pending_space = !out.empty();
            continue;
        }
        if (is_direction_mark(c)) continue;
        if (is_noncharacter(c)) c = kReplacement;
        std::string piece = pending_space ? " " : "";
        std::size_t length_of_piece = piece.size() + 1;
        pending_space = false;
        if (is_control(c)) {
            piece += "\\x";
            piece += kSmallHex[(c >> 4U) & 0xFU];
            piece += kSmallHex[c & 0xFU];
            length_of_piece += 3;
        } else {
            append(piece, c);
            right_to_left = right_to_left || is_right_to_left(c);
        }
        if (count + length_of_piece > most) {
            if (count >= most) out.resize(before_last);
            out += kEllipsis;
            break;
        }
        before_last = out.size();
        out += piece;
        count += length_of_piece;
    }
    if (right_to_left) out = "\u2068" + out + "\u2069";
    return out;
}

std::size_t length(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80 ? 1 : 0;
    return count;
}

std::vector<std::string> wrap(std::string_view line, std::size_t width, std::size_t most) {
    std::vector<std::string> lines;
    std::string current;
    while (!line.empty()) {
        const std::size_t space = line.find(' ');
        const std::string_view word = line.substr(0, space);
        line = space == std::string_view::npos ? std::string_view{} : line.substr(space + 1);
        if (word.empty()) continue;
        if (!current.empty() && length(current) + 1 + length(word) > width) {
            if (lines.size() + 1 == most) {
                current += kEllipsis;
                lines.push_back(std::move(current));
                return lines;
            }
            lines.push_back(std::move(current));
            current.clear();
        }
        if (!current.empty()) current += ' ';
        current += word;
    }
    lines.push_back(std::move(current));
    return lines;
}

std::string dot_string(std::string_view text) {
    return quoted(text, "\\\\");
}

std::string dot_tooltip(std::string_view text) {
    return quoted(text, "\u2216");
}

std::string dot_html(std::string_view text) {
    if (text.empty()) return "&#160;";
    std::string out;
    for (const char c : xml_text(text)) {
        out += c;
        if (c == '\\') out += c;
    }
    return out;
}

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            case '\n':
                out += "&#10;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::optional<std::string> web_address(std::string_view text) {
    constexpr std::size_t kMost = 2000;
    if (text.size() > kMost) return std::nullopt;
    std::string scheme;
    for (const char c : text.substr(0, 8)) {
        scheme += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const std::size_t host = scheme.starts_with("https://")  ? 8
                             : scheme.starts_with("http://") ? 7
                                                             : 0;
    if (host == 0 || text.size() <= host || text[host] == '/') return std::nullopt;
    constexpr std::string_view kAllowed = "-._~:/?#[]@!$&()*+,;=%";
    std::string out = scheme.substr(0, host);
    for (const char c : text.substr(host)) {
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (plain || kAllowed.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 0xFU];
        }
    }
    return out;
}

}  // namespace entente::exporters
