// SPDX-License-Identifier: MIT
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "core/error.hpp"
#include "core/storage/bits.hpp"
#include "core/storage/record_block.hpp"
#include "core/storage/tuple_block.hpp"

namespace entente::storage {
namespace {

constexpr std::size_t kHeader = 32;
constexpr std::size_t kEntry = 20;
constexpr std::size_t kSlots = 2048;  ///< of the table that finds a block's distinct texts

constexpr std::array<std::int64_t, 19> kTens = [] {
    std::array<std::int64_t, 19> t{1};
    for (std::size_t i = 1; i < t.size(); ++i) t[i] = t[i - 1] * 10;
    return t;
}();

struct Plan {
    Encoding encoding = Encoding::integer;
    std::uint8_t width = 0, shift = 0, scale = 0;
    bool optional = false;
    bool empty = false;   ///< no row has a value: the column is left out
    std::int64_t min = 0;
    std::size_t bytes = 0;
    std::uint32_t distinct = 0, heap = 0;
};

}  // namespace

struct RecordEncoder::Scratch {
    std::vector<Plan> plans;
    std::array<std::uint32_t, kSlots> slot_row{};
    std::array<std::uint32_t, kSlots> slot_edition{};
    std::array<std::uint16_t, kSlots> slot_index{};
    std::uint32_t edition = 0;
    std::vector<std::uint32_t> distinct_rows;
    std::size_t guess = 64;

    /// Numbers the distinct texts of rows [begin, end); false when there are more than `most`.
    bool distinct(const ColumnSource& c, std::size_t begin, std::size_t end, std::size_t most,
                  std::uint32_t& heap, std::vector<std::uint16_t>* indexes) {
        ++edition;
        distinct_rows.clear();
        heap = 0;
        for (std::size_t r = begin; r < end; ++r) {
            const std::string_view text = c.has(r) ? c.bytes(r) : std::string_view{};
            std::size_t at = XXH3_64bits(text.data(), text.size()) % kSlots;
            for (;; at = (at + 1) % kSlots) {
                if (slot_edition[at] != edition) {
                    if (distinct_rows.size() >= most) return false;
                    slot_edition[at] = edition;
                    slot_row[at] = static_cast<std::uint32_t>(r - begin);
                    slot_index[at] = static_cast<std::uint16_t>(distinct_rows.size());
                    distinct_rows.push_back(static_cast<std::uint32_t>(r - begin));
                    heap += static_cast<std::uint32_t>(text.size());
                    break;
                }
                const std::size_t other = begin + slot_row[at];
                if ((c.has(other) ? c.bytes(other) : std::string_view{}) == text) break;
            }
            if (indexes != nullptr) indexes->push_back(slot_index[at]);
        }
        return true;
    }

    void plan_text(const ColumnSource& c, std::size_t begin, std::size_t end, Plan& p) {
        const std::size_t rows = end - begin;
        std::size_t total = 0;
        for (std::size_t r = begin; r < end; ++r)
            if (c.has(r)) total += c.bytes(r).size();
        p.encoding = c.kind;
        p.width = static_cast<std::uint8_t>(width_of(total));
        p.heap = static_cast<std::uint32_t>(std::min<std::size_t>(total, 0xffffffff));
        p.bytes += packed_bytes(rows + 1, p.width) + total;
        if (c.kind != Encoding::text || rows < 4 || total > kBlockBytes * 8) return;
        std::uint32_t heap = 0;
        if (!distinct(c, begin, end, std::min<std::size_t>(rows / 2 + 1, kSlots / 2), heap, nullptr))
            return;
        const auto width = static_cast<std::uint8_t>(width_of(distinct_rows.size() - 1));
        const std::size_t bytes =
            2 + (distinct_rows.size() + 1) * 2 + heap + packed_bytes(rows, width);
        const std::size_t plain = packed_bytes(rows + 1, p.width) + total;
        if (bytes >= plain) return;
        p.bytes += bytes - plain;
        p.encoding = Encoding::words;
        p.width = width;
        p.distinct = static_cast<std::uint32_t>(distinct_rows.size());
        p.heap = heap;
    }

    static std::int64_t scaled(const ColumnSource& c, std::size_t row, std::uint8_t scale) {
        const std::uint8_t own = c.scales == nullptr ? c.scale : c.scales[row];
        return c.number(row) * kTens[scale - own];
    }

    static void plan_number(const ColumnSource& c, std::size_t begin, std::size_t end, Plan& p) {
        p.encoding = c.kind;
        const std::size_t rows = end - begin;
        if (c.kind == Encoding::real) {
            p.width = 64;
            p.bytes += rows * 8;
            return;
        }
        if (c.kind == Encoding::decimal && c.scales != nullptr) {
            for (std::size_t r = begin; r < end; ++r)
                if (c.has(r)) p.scale = std::max(p.scale, c.scales[r]);
        } else {
            p.scale = c.scale;
        }
        const bool rescale = c.kind == Encoding::decimal && c.scales != nullptr;
        std::int64_t low = 0, high = 0;
        bool any = false;
        if (c.numbers == nullptr) {
            low = high = c.constant;
        } else if (c.present == nullptr && !rescale) {
            low = high = c.numbers[begin];
            for (std::size_t r = begin + 1; r < end; ++r) {
                low = std::min(low, c.numbers[r]);
                high = std::max(high, c.numbers[r]);
            }
        } else {
            for (std::size_t r = begin; r < end; ++r) {
                if (!c.has(r)) continue;
                const std::int64_t v = rescale ? scaled(c, r, p.scale) : c.numbers[r];
                low = any ? std::min(low, v) : v;
                high = any ? std::max(high, v) : v;
                any = true;
            }
        }
        p.min = low;
        const auto span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
        unsigned width = width_of(span);
        if (width > 32) {  // worth a look for common trailing zeros
            std::uint64_t all = 0;
            for (std::size_t r = begin; r < end; ++r)
                if (c.has(r))
                    all |= static_cast<std::uint64_t>(rescale ? scaled(c, r, p.scale) : c.number(r)) -
                           static_cast<std::uint64_t>(low);
            p.shift = static_cast<std::uint8_t>(std::countr_zero(all));
            width -= p.shift;
        }
        if (width > kMaxWidth) {
            width = 64;
            p.shift = 0;
        }
        p.width = static_cast<std::uint8_t>(width);
        p.bytes += width == 64 ? rows * 8 : packed_bytes(rows, width);
    }

    std::size_t plan(std::span<const ColumnSource> columns, const std::uint64_t* ids,
                     std::size_t begin, std::size_t end) {
        const std::size_t rows = end - begin;
        std::size_t total = kHeader + kSlack;
        if (ids != nullptr && ids[end - 1] - ids[begin] != rows - 1)
            total += packed_bytes(rows, width_of(ids[end - 1] - ids[begin]));
        plans.assign(columns.size(), Plan{});
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const ColumnSource& c = columns[i];
            Plan& p = plans[i];
            if (c.present != nullptr) {
                std::size_t have = 0;
                for (std::size_t r = begin; r < end; ++r) have += c.present[r] != 0;
                p.empty = have == 0;
                p.optional = have < rows;
            }
            if (p.empty) continue;
            p.bytes = kEntry + (p.optional ? (rows + 7) / 8 : 0);
            if (c.kind == Encoding::text || c.kind == Encoding::value)
                plan_text(c, begin, end, p);
            else
                plan_number(c, begin, end, p);
            total += p.bytes;
        }
        return total;
    }
};

RecordEncoder::RecordEncoder() : scratch_(std::make_unique<Scratch>()) {}
RecordEncoder::~RecordEncoder() = default;
RecordEncoder::RecordEncoder(RecordEncoder&&) noexcept = default;
RecordEncoder& RecordEncoder::operator=(RecordEncoder&&) noexcept = default;

std::size_t RecordEncoder::encode(Table table, std::span<const ColumnSource> columns,
                                  const std::uint64_t* ids, std::uint64_t first_id,
                                  std::size_t begin, std::size_t end, std::uint64_t lower,
                                  std::optional<std::uint64_t> upper, std::string& key,
                                  std::string& out) {
    Scratch& s = *scratch_;
    const std::size_t available = std::min<std::size_t>(end - begin, 0xfff0);
    std::size_t rows = std::min(available, std::max<std::size_t>(s.guess, 1));
    std::size_t fits = 0, too_many = available + 1;
    std::size_t size = 0;
    for (;;) {
        size = s.plan(columns, ids, begin, begin + rows);
        if (size <= kBlockBytes) {
            fits = rows;
            // Within 3 % of a full page is full.
            if (rows == available || size + kBlockBytes / 32 >= kBlockBytes || rows + 1 >= too_many)
                break;
            rows = std::clamp<std::size_t>(rows * (kBlockBytes - 60) / size, rows + 1, too_many - 1);
            rows = std::min(rows, available);
        } else {
            too_many = rows;
            if (rows == 1)
                throw Error(ErrorKind::full, "a record has more than fits a block");
            const std::size_t next = rows * (kBlockBytes - 60) / size;
            rows = std::clamp<std::size_t>(next, fits + 1, too_many - 1);
            if (fits + 1 >= too_many) {
                rows = fits;
                size = s.plan(columns, ids, begin, begin + rows);
                break;
            }
        }
    }
    s.guess = rows == available ? std::max(s.guess, rows) : rows;

    const std::size_t stop = begin + rows;
    const auto id_of = [&](std::size_t r) { return ids == nullptr ? first_id + r : ids[r]; };
    key = record_key(table, upper && stop == end ? *upper : id_of(stop - 1));
    out.assign(size + kSlack, '\0');
    auto* p = reinterpret_cast<std::uint8_t*>(out.data());
    store16(p + 4, static_cast<std::uint16_t>(rows));
    store64(p + 8, lower);
    store64(p + 16, id_of(begin));
    std::size_t count = 0;
    for (const Plan& plan : s.plans) count += !plan.empty;
    store16(p + 6, static_cast<std::uint16_t>(count));
    std::uint8_t* data = p + kHeader + count * kEntry;
    if (ids != nullptr && ids[stop - 1] - ids[begin] != rows - 1) {
        const unsigned width = width_of(ids[stop - 1] - ids[begin]);
        p[24] = static_cast<std::uint8_t>(width);
        store16(p + 28, static_cast<std::uint16_t>(data - p));
        BitWriter bits(data);
        for (std::size_t r = begin; r < stop; ++r) bits.put(ids[r] - ids[begin], width);
        data = bits.finish();
    }
    std::uint8_t* entry = p + kHeader;
    std::vector<std::uint16_t> indexes;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const ColumnSource& c = columns[i];
        const Plan& plan = s.plans[i];
        if (plan.empty) continue;
        store32(entry, c.column);
        entry[4] = static_cast<std::uint8_t>(plan.encoding);
        entry[5] = plan.width;
        entry[6] = plan.shift;
        entry[7] = static_cast<std::uint8_t>(plan.scale | (plan.optional ? 0x80 : 0));
        store64(entry + 8, static_cast<std::uint64_t>(plan.min));
        store16(entry + 16, static_cast<std::uint16_t>(data - p));
        entry += kEntry;
        if (plan.optional) {
            for (std::size_t r = 0; r < rows; ++r)
                if (c.has(begin + r)) data[r / 8] = static_cast<std::uint8_t>(data[r / 8] | 1u << (r % 8));
            data += (rows + 7) / 8;
        }
        if (plan.encoding == Encoding::words) {
            indexes.clear();
            std::uint32_t heap = 0;
            s.distinct(c, begin, stop, kSlots / 2, heap, &indexes);
            store16(data, static_cast<std::uint16_t>(s.distinct_rows.size()));
            std::uint8_t* ends = data + 2;
            std::uint8_t* bytes = ends + (s.distinct_rows.size() + 1) * 2;
            std::size_t at = 0;
            for (std::size_t d = 0; d < s.distinct_rows.size(); ++d) {
                const std::size_t r = begin + s.distinct_rows[d];
                const std::string_view text = c.has(r) ? c.bytes(r) : std::string_view{};
                store16(ends + 2 * d, static_cast<std::uint16_t>(at));
                if (!text.empty()) std::memcpy(bytes + at, text.data(), text.size());
                at += text.size();
            }
            store16(ends + 2 * s.distinct_rows.size(), static_cast<std::uint16_t>(at));
            BitWriter bits(bytes + at);
            for (const std::uint16_t index : indexes) bits.put(index, plan.width);
            data = plan.width == 0 ? bytes + at : bits.finish();
        } else if (plan.encoding == Encoding::text || plan.encoding == Encoding::value) {
            BitWriter bits(data);
            std::size_t at = 0;
            for (std::size_t r = begin; r < stop; ++r) {
                bits.put(at, plan.width);
                if (c.has(r)) at += c.bytes(r).size();
            }
            bits.put(at, plan.width);
            data = plan.width == 0 ? data : bits.finish();
            for (std::size_t r = begin; r < stop; ++r) {
                if (!c.has(r)) continue;
                const std::string_view text = c.bytes(r);
                if (!text.empty()) std::memcpy(data, text.data(), text.size());
                data += text.size();
            }
        } else if (plan.width == 64) {
            for (std::size_t r = begin; r < stop; ++r, data += 8) {
                if (!c.has(r)) continue;
                const bool decimal = plan.encoding == Encoding::decimal;
                store64(data, static_cast<std::uint64_t>(
                                  decimal ? Scratch::scaled(c, r, plan.scale) : c.number(r)));
            }
        } else if (plan.width != 0) {
            BitWriter bits(data);
            const bool rescale = plan.encoding == Encoding::decimal && c.scales != nullptr;
            for (std::size_t r = begin; r < stop; ++r) {
                if (!c.has(r)) {
                    bits.put(0, plan.width);
                    continue;
                }
                const std::int64_t v = rescale ? Scratch::scaled(c, r, plan.scale) : c.number(r);
                bits.put((static_cast<std::uint64_t>(v) - static_cast<std::uint64_t>(plan.min)) >>
                             plan.shift,
                         plan.width);
            }
            data = bits.finish();
        }
    }
    // BitWriter clears up to eight bytes past its array; nothing may follow the last payload but slack.
    store64(data, 0);
    out.resize(static_cast<std::size_t>(data - p) + kSlack);
    store32(p, checksum(key, p, out.size()));
    return stop;
}

}  // namespace entente::storage
