// SPDX-License-Identifier: MIT
#include "importers/numbers.hpp"

#include <charconv>

namespace entente::importers {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::size_t kDigits = 17;  ///< that a double tells apart

}  // namespace

std::optional<double> parse_float(std::string_view text, char mark) {
    std::size_t i = text.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t first = i;
        while (i < text.size() && digit(text[i])) ++i;
        return i - first;
    };
    const std::size_t begin = i, whole = digits();
    if (whole > 1 && text[begin] == '0') return std::nullopt;
    const bool point = i < text.size() && text[i] == mark;
    const std::size_t at = i;
    if (point) ++i;
    const std::size_t part = point ? digits() : 0;
    if (whole + part == 0) return std::nullopt;
    const bool exponent = i < text.size() && (text[i] == 'e' || text[i] == 'E');
    if (exponent) {
        ++i;
        const bool sign = i < text.size() && (text[i] == '-' || text[i] == '+');
        if (sign) ++i;
        if (digits() == 0 || (!sign && !point)) return std::nullopt;
    } else if (!point || (whole != 0 && part != 0) || whole + part > kDigits) {
        return std::nullopt;  // with digits on both sides it is a decimal, or has more of them than a double
    }
    if (i != text.size()) return std::nullopt;
    std::string plain(text);
    if (point) plain[at] = '.';
    return parse_real(plain);
}

std::optional<double> parse_real(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double d = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), d);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return d;
}

std::optional<std::string> plain_number(std::string_view text, char mark) {
    const char group = mark == ',' ? '.' : ',';
    std::string out;
    std::size_t i = 0;
    if (i < text.size() && text[i] == '-') out += text[i++];
    const std::size_t at_mark = text.find(mark);
    const std::string_view whole = text.substr(i, at_mark == std::string_view::npos ? at_mark : at_mark - i);
    std::size_t run = 0;
    bool grouped = false;
    for (std::size_t k = 0; k < whole.size(); ++k) {
        const char c = whole[k];
        if (digit(c)) {
            out += c;
            ++run;
        } else if (c == group || c == ' ' || c == '\'') {
            if (run == 0 || run > 3 || (grouped && run != 3)) return std::nullopt;
            grouped = true;
            run = 0;
        } else {
            return std::nullopt;
        }
    }
    if (run == 0 || (grouped && run != 3)) return std::nullopt;
    if (at_mark != std::string_view::npos) {
        const std::string_view rest = text.substr(at_mark + 1);
        if (rest.empty()) return std::nullopt;
        out += '.';
        for (const char c : rest) {
            if (!digit(c)) return std::nullopt;
            out += c;
        }
    }
    return out;
}

bool numberish(std::string_view text) {
    bool any = false;
    for (const char c : text) {
        if (digit(c)) any = true;
        else if (c != '.' && c != ',' && c != ' ' && c != '\'' && c != '-' && c != '+') return false;
    }
    return any;
}

bool grouped_by_point(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t first = text.find('.');
    if (first == std::string_view::npos || first == 0 || first > 3 || text[0] == '0') return false;
    return plain_number(text, ',').has_value();
}

bool parse_integer(std::string_view text, std::int64_t& out) {
    const char* p = text.data();
    std::size_t n = text.size();
    const bool minus = n != 0 && *p == '-';
    if (minus) {
        ++p;
        --n;
    }
    if (n == 0 || n > 19) return false;
    if (*p == '0') {
        if (n != 1 || minus) return false;
        out = 0;
        return true;
    }
    std::uint64_t v = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto d = static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) - '0';
        if (d > 9) return false;
        v = v * 10 + d;
    }
    constexpr std::uint64_t kTop = std::uint64_t{1} << 63U;
    if (v > kTop - (minus ? 0 : 1)) return false;
    out = minus ? static_cast<std::int64_t>(~v + 1) : static_cast<std::int64_t>(v);
    return true;
}

bool parse_decimal(std::string_view text, std::int64_t& mantissa, std::uint8_t& scale) {
    const char* p = text.data();
    const char* const end = p + text.size();
    const bool minus = p != end && *p == '-';
    if (minus) ++p;
    const char* const first = p;
    // 18 digits fit for sure; longer numbers are not worth a slower loop
    if (end - p > 19 || p == end || static_cast<unsigned>(*p - '0') > 9) return false;
    std::uint64_t v = 0;  // nineteen digits, of which the point takes one, do not overflow it
    const auto digits = [&] {
        while (p != end && static_cast<unsigned>(*p - '0') <= 9) {
            v = v * 10 + static_cast<std::uint64_t>(*p++ - '0');
        }
    };
    digits();
    if (*first == '0' && p - first != 1) return false;
    if (p == end || *p != '.' || ++p == end) return false;
    const char* const point = p;
    digits();
    if (p != end || (minus && v == 0)) return false;
    scale = static_cast<std::uint8_t>(end - point);
    mantissa = minus ? -static_cast<std::int64_t>(v) : static_cast<std::int64_t>(v);
    return true;
}

}  // namespace entente::importers
