// SPDX-License-Identifier: MIT
#include "importers/csv_scan.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace entente::importers {
namespace {

#if defined(__SSE2__)
/// One bit per byte of the 64 that is one of three characters.
std::uint64_t specials(const char* p, char a, char b, char c) {
    const __m128i va = _mm_set1_epi8(a);
    const __m128i vb = _mm_set1_epi8(b);
    const __m128i vc = _mm_set1_epi8(c);
    std::uint64_t out = 0;
    for (int i = 0; i < 4; ++i) {
        const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * i));
        const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, va), _mm_cmpeq_epi8(x, vb)),
                                         _mm_cmpeq_epi8(x, vc));
        out |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(hit))) << (16 * i);
    }
    return out;
}
#else
std::uint64_t specials(const char* p, char a, char b, char c) {
    std::uint64_t out = 0;
    for (unsigned i = 0; i < 64; ++i) {
        out |= static_cast<std::uint64_t>(p[i] == a || p[i] == b || p[i] == c) << i;
    }
    return out;
}
#endif

/// Just after the closing quote of a field whose opening one is at `open`; npos: it does not close.
std::size_t closing(std::string_view text, std::size_t open, bool& escaped) {
    std::size_t at = open + 1;
    while (true) {
        const void* found = at < text.size() ? std::memchr(text.data() + at, '"', text.size() - at) : nullptr;
        if (found == nullptr) return std::string_view::npos;
        at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + 1;
        if (at >= text.size() || text[at] != '"') return at;
        escaped = true;
        ++at;
    }
}

class Scanner {
public:
    Scanner(std::string_view text, char separator, std::size_t columns, CsvRows& out)
        : text_(text), separator_(separator), columns_(columns), out_(out) {}

    void run() {
        out_.columns = columns_;
        out_.rows = 0;
        out_.begin.clear();
        out_.end.clear();
        out_.line.clear();
        out_.flaws.clear();
        out_.one_row_a_line = true;
        grow();
        std::size_t skip_to = 0;
        for (std::size_t base = 0; base < text_.size();) {
            std::uint64_t mask = specials(text_.data() + base, separator_, '\n', '"');
            if (skip_to > base) mask &= ~std::uint64_t{0} << (skip_to - base);
            if (text_.size() - base < 64) mask &= (std::uint64_t{1} << (text_.size() - base)) - 1;
            std::size_t next = base + 64;
            while (mask != 0) {
                const std::size_t i = base + static_cast<std::size_t>(std::countr_zero(mask));
                mask &= mask - 1;
                const char c = text_[i];
                if (c == separator_) {
                    end_field(i);
                    field_ = i + 1;
                } else if (c == '\n') {
                    end_line(i);
                } else if (i == field_) {
                    skip_to = quoted(i);
                    if (skip_to >= base + 64) {
                        next = skip_to & ~std::size_t{63};
                        mask = 0;
                    } else {
                        mask &= ~std::uint64_t{0} << (skip_to - base);
                    }
                }
            }
            base = next;
        }
    }

private:
    void grow() {
        const std::size_t now = out_.cells.size();
        if (used_ == now) out_.cells.resize(now < 4096 ? 4096 : now * 2);
        cells_ = out_.cells.data();
        room_ = out_.cells.size();
    }

    std::size_t quoted(std::size_t open) {
        quoted_ = true;
        escaped_ = false;
        close_ = closing(text_, open, escaped_);
        if (close_ == std::string_view::npos) close_ = text_.size();  // the caller saw to it that it closes
        inner_lines_ += static_cast<std::uint32_t>(
            count_byte(text_.substr(open, close_ - open), '\n'));
        return close_;
    }

    void end_field(std::size_t end) {
        if (used_ == room_) grow();
        CsvCell& cell = cells_[used_++];
        if (!quoted_) {
            cell.begin = static_cast<std::uint32_t>(field_);
            cell.size = static_cast<std::uint32_t>(end - field_) & 0x3fffffffU;
            cell.quoted = 0;
            cell.escaped = 0;
            return;
        }
        quoted_ = false;
        if (close_ != end && flaw_.what.empty()) {
            flaw_.what = "something stands after the closing quote, expected the separator or the end of the line";
            flaw_.at = static_cast<std::uint32_t>(close_);
        }
        cell.begin = static_cast<std::uint32_t>(field_ + 1);
        cell.size = static_cast<std::uint32_t>(close_ - field_ - 2) & 0x3fffffffU;
        cell.quoted = 1;
        cell.escaped = escaped_ ? 1 : 0;
    }

    void end_line(std::size_t at) {
        std::size_t end = at;
        if (end > field_ && text_[end - 1] == '\r' && (!quoted_ || close_ == end - 1)) --end;
        const bool empty = used_ == row_used_ && end == field_ && !quoted_;
        if (!empty) {
            end_field(end);
            const std::size_t got = used_ - row_used_;
            if (got == columns_ && flaw_.what.empty()) {
                row_used_ = used_;
                if (line_ != out_.rows) out_.one_row_a_line = false;
                out_.begin.push_back(static_cast<std::uint32_t>(row_));
                out_.end.push_back(static_cast<std::uint32_t>(at));
                out_.line.push_back(line_);
                ++out_.rows;
            } else {
                if (flaw_.what.empty()) {
                    flaw_.what = "the row has " + std::to_string(got) + (got == 1 ? " field" : " fields") +
                                 ", expected " + std::to_string(columns_) + " as in the header";
                    // the one at the end is that of CR LF
                    const std::size_t lone = text_.substr(row_, at - row_).find('\r');
                    if (lone != std::string_view::npos && row_ + lone + 1 < at)
                        flaw_.what += "; a carriage return alone stands in it, which ends no line here";
                    flaw_.at = static_cast<std::uint32_t>(
                        got > columns_ ? cells_[row_used_ + columns_].begin : end);
                }
                flaw_.begin = static_cast<std::uint32_t>(row_);
                flaw_.end = static_cast<std::uint32_t>(at);
                flaw_.line = line_;
                out_.flaws.push_back(std::exchange(flaw_, {}));
                used_ = row_used_;
            }
        }
        line_ += 1 + std::exchange(inner_lines_, 0);
        row_ = field_ = at + 1;
    }

    std::string_view text_;
    char separator_;
    std::size_t columns_;
    CsvRows& out_;
    CsvCell* cells_ = nullptr;
    std::size_t room_ = 0;
    std::size_t used_ = 0;      // cells so far
    std::size_t row_used_ = 0;  // at the start of this row
    std::size_t row_ = 0;       // where this row begins
    std::size_t field_ = 0;     // where this field begins, its quote included
    std::size_t close_ = 0;     // just after the closing quote
    bool quoted_ = false;
    bool escaped_ = false;
    std::uint32_t line_ = 0;
    std::uint32_t inner_lines_ = 0;
    CsvFlaw flaw_;
};

/// Calls `outside(from, to)` for each stretch of text that is in no quoted field; returns where the
/// quote stands that does not close, or npos.
template <class Visit>
std::size_t each_outside(std::string_view text, char separator, const Visit& outside) {
    std::size_t from = 0;
    std::size_t at = 0;
    while (true) {
        const void* found = at < text.size() ? std::memchr(text.data() + at, '"', text.size() - at) : nullptr;
        if (found == nullptr) {
            outside(from, text.size());
            return std::string_view::npos;
        }
        at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
        const char before = at == 0 ? '\n' : text[at - 1];
        // after a closing quote `from` is just behind it: `"a"b"` opens nothing
        if ((before != '\n' && before != separator) || (at == from && at != 0)) {
            ++at;
            continue;
        }
        if (!outside(from, at)) return std::string_view::npos;
        bool escaped = false;
        const std::size_t end = closing(text, at, escaped);
        if (end == std::string_view::npos) return at;
        at = from = end;
    }
}

}  // namespace

void scan_csv(std::string_view text, char separator, std::size_t columns, CsvRows& out) {
    Scanner(text, separator, columns, out).run();
}

std::size_t last_record_end(std::string_view text, char separator, std::size_t& open_quote) {
    std::vector<std::pair<std::size_t, std::size_t>> stretches;
    open_quote = each_outside(text, separator, [&](std::size_t from, std::size_t to) {
        stretches.emplace_back(from, to);
        return true;
    });
    for (auto s = stretches.rbegin(); s != stretches.rend(); ++s) {
        const std::size_t at = text.substr(s->first, s->second - s->first).rfind('\n');
        if (at != std::string_view::npos) return s->first + at + 1;
    }
    return 0;
}

std::size_t first_record_end(std::string_view text, char separator) {
    std::size_t end = std::string_view::npos;
    each_outside(text, separator, [&](std::size_t from, std::size_t to) {
        const std::size_t at = text.substr(from, to - from).find('\n');
        if (at != std::string_view::npos) end = from + at + 1;
        return end == std::string_view::npos;
    });
    return end;
}

std::vector<std::string> split_record(std::string_view record, char separator) {
    while (record.ends_with('\n') || record.ends_with('\r')) record.remove_suffix(1);
    std::vector<std::string> out;
    std::size_t at = 0;
    while (true) {
        std::string field;
        if (at < record.size() && record[at] == '"') {
            bool escaped = false;
            std::size_t end = closing(record, at, escaped);
            if (end == std::string_view::npos) end = record.size() + 1;
            const std::string_view inner = record.substr(at + 1, end - at - 2);
            for (std::size_t i = 0; i < inner.size(); ++i) {
                field += inner[i];
                if (inner[i] == '"') ++i;
            }
            at = end > record.size() ? record.size() : end;
        }
        const std::size_t next = record.find(separator, at);
        field += record.substr(at, next == std::string_view::npos ? next : next - at);
        out.push_back(std::move(field));
        if (next == std::string_view::npos) return out;
        at = next + 1;
    }
}

std::size_t count_byte(std::string_view text, char byte) {
    std::size_t n = 0;
    std::size_t at = 0;
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi8(byte);
    const __m128i zero = _mm_setzero_si128();
    while (text.size() - at >= 16) {
        // a lane counts to 255 at most before it is added up
        const std::size_t blocks = std::min<std::size_t>((text.size() - at) / 16, 255);
        __m128i lanes = zero;
        for (std::size_t i = 0; i < blocks; ++i, at += 16) {
            const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
            lanes = _mm_sub_epi8(lanes, _mm_cmpeq_epi8(x, wanted));
        }
        const __m128i sums = _mm_sad_epu8(lanes, zero);
        n += static_cast<std::size_t>(_mm_cvtsi128_si32(sums)) +
             static_cast<std::size_t>(_mm_cvtsi128_si32(_mm_srli_si128(sums, 8)));
    }
#endif
    for (; at < text.size(); ++at) n += static_cast<std::size_t>(text[at] == byte);
    return n;
}

std::size_t find_bad_utf8(std::string_view text) {
    const auto* p = reinterpret_cast<const unsigned char*>(text.data());
    const std::size_t n = text.size();
    std::size_t i = 0;
    const auto follows = [&](std::size_t at) { return at < n && (p[at] & 0xC0U) == 0x80U; };
    while (i < n) {
        std::uint64_t word = 0;
        while (i + 8 <= n) {
            std::memcpy(&word, p + i, 8);
            if ((word & 0x8080808080808080ULL) != 0) break;
            i += 8;
        }
        if (i == n) break;
        const unsigned char c = p[i];
        if (c < 0x80) {
            ++i;
        } else if (c >= 0xC2 && c <= 0xDF) {
            if (!follows(i + 1)) return i;
            i += 2;
        } else if (c >= 0xE0 && c <= 0xEF) {
            if (!follows(i + 1) || !follows(i + 2)) return i;
            if ((c == 0xE0 && p[i + 1] < 0xA0) || (c == 0xED && p[i + 1] > 0x9F)) return i;
            i += 3;
        } else if (c >= 0xF0 && c <= 0xF4) {
            if (!follows(i + 1) || !follows(i + 2) || !follows(i + 3)) return i;
            if ((c == 0xF0 && p[i + 1] < 0x90) || (c == 0xF4 && p[i + 1] > 0x8F)) return i;
            i += 4;
        } else {
            return i;
        }
    }
    return std::string_view::npos;
}

std::vector<std::vector<std::string>> sample(std::string_view text, char separator, std::size_t most) {
    std::vector<std::vector<std::string>> out;
    while (!text.empty() && out.size() <= most) {
        std::size_t end = first_record_end(text, separator);
        if (end == std::string_view::npos && !out.empty()) break;  // it may be cut
        end = std::min(end, text.size());
        auto record = split_record(text.substr(0, end), separator);
        if (record.size() > 1 || !record[0].empty()) out.push_back(std::move(record));
        text.remove_prefix(end);
    }
    return out;
}

// The separator is the one that cuts the header and the rows after it into the same number of fields,
// the most fields winning; if none does, the one that cuts the header most.
char separator_of(std::string_view text) {
    char best = ',';
    std::size_t best_score = 0;
    const std::string_view head = text.substr(0, std::min<std::size_t>(text.size(), std::size_t{64} << 10U));
    for (const char candidate : {',', ';', '\t', '|'}) {
        const auto records = sample(head, candidate, 40);
        if (records.empty() || records[0].size() < 2) continue;
        const std::size_t n = records[0].size();
        const auto same = static_cast<std::size_t>(
            std::count_if(records.begin(), records.end(), [&](const auto& r) { return r.size() == n; }));
        const std::size_t score = n + (same * 10 >= records.size() * 9 ? 1000000 : 0);
        if (score > best_score) {
            best_score = score;
            best = candidate;
        }
    }
    return best;
}

}  // namespace entente::importers
