// SPDX-License-Identifier: MIT
#include "core/model/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace entente {

char32_t next_character(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at++);
    if (lead < 0x80) return lead;
    int more = 0;
    unsigned char low = 0x80, high = 0xBF;
    char32_t c = 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
        more = 1;
        c = lead & 0x1FU;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        more = 2;
        c = lead & 0x0FU;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        more = 3;
        c = lead & 0x07U;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return kReplacement;
    }
    for (; more > 0; --more, ++at) {
        if (at >= text.size() || byte(at) < low || byte(at) > high) return kReplacement;
        c = c << 6U | (byte(at) & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    return c;
}

void append_character(std::string& out, char32_t c) {
    const auto put = [&](char32_t bits) {
        out += static_cast<char>(static_cast<unsigned char>(bits));
    };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | c >> 6U);
        put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0U | c >> 12U);
        put(0x80U | (c >> 6U & 0x3FU));
        put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | c >> 18U);
        put(0x80U | (c >> 12U & 0x3FU));
        put(0x80U | (c >> 6U & 0x3FU));
        put(0x80U | (c & 0x3FU));
    }
}

std::string_view first_characters(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    const std::size_t limit = std::min(text.size(), most * 4);
    std::size_t seen = 0;
    for (std::size_t i = 0; i < limit; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U && ++seen > most) {
            return text.substr(0, i);
        }
    }
    return text.substr(0, limit);
}

bool is_ascii(std::string_view text) {
    constexpr std::uint64_t kHigh = 0x8080808080808080U;
    const char* at = text.data();
    std::size_t left = text.size();
    std::uint64_t seen = 0, eight = 0;
    for (; left >= 8; left -= 8, at += 8) {
        std::memcpy(&eight, at, 8);
        seen |= eight;
    }
    for (; left > 0; --left, ++at) seen |= static_cast<unsigned char>(*at);
    return (seen & kHigh) == 0;
}

}  // namespace entente
