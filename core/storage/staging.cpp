// SPDX-License-Identifier: MIT
#include "core/storage/staging.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <bit>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

constexpr std::int64_t kExact = 1ll << 53;

std::string decimal_text(std::int64_t mantissa, std::uint8_t scale) {
    const bool negative = mantissa < 0;
    std::string digits = fmt::format_int(negative ? 0 - static_cast<std::uint64_t>(mantissa)
                                                  : static_cast<std::uint64_t>(mantissa)).str();
    if (scale > 0) {
        if (digits.size() <= scale) digits.insert(0, scale + 1u - digits.size(), '0');
        digits.insert(digits.size() - scale, ".");
    }
    return negative ? "-" + digits : digits;
}

/// The heap of a column as it grows.
struct TextsMade {
    explicit TextsMade(std::size_t rows) { offsets.reserve(rows + 1); }
    void begin_row() { offsets.push_back(static_cast<std::uint32_t>(heap.size())); }
    void into(StagedColumn& column) {
        begin_row();
        column.heap = std::move(heap);
        column.offsets = std::move(offsets);
    }
    std::string heap;
    std::vector<std::uint32_t> offsets;
};

}  // namespace

std::string StagedColumn::text(std::size_t row) const {
    switch (kind) {
        case Column::Kind::decimal: return decimal_text(numbers[row], scales[row]);
        case Column::Kind::text: return std::string(bytes(row));
        default: return to_text(value(row));
    }
}

Value StagedColumn::value(std::size_t row) const {
    switch (kind) {
        case Column::Kind::empty: return {};
        case Column::Kind::boolean: return numbers[row] != 0;
        case Column::Kind::integer: return numbers[row];
        case Column::Kind::decimal: return decimal_to_double(numbers[row], scales[row]);
        case Column::Kind::real: return std::bit_cast<double>(numbers[row]);
        case Column::Kind::date: return Date::from_code(numbers[row]);
        case Column::Kind::text: return bytes(row);
        case Column::Kind::value: {
            ByteReader in(bytes(row));
            return read_value(in);
        }
    }
    return {};
}

StagedColumn stage_texts(std::string name, const std::vector<std::string_view>& texts) {
    StagedColumn s;
    s.name = std::move(name);
    s.kind = Column::Kind::text;
    s.fixed = true;
    TextsMade made(texts.size());
    std::size_t total = 0;
    for (const auto& t : texts) total += t.size();
    made.heap.reserve(total);
    bool absent = false;
    for (const auto& t : texts) {
        made.begin_row();
        made.heap += t;
        absent |= t.empty();
    }
    made.into(s);
    if (!absent) return s;
    std::vector<std::uint8_t> present;
    present.reserve(texts.size());
    for (const auto& t : texts) present.push_back(t.empty() ? 0 : 1);
    s.present = std::move(present);
    return s;
}

StagedColumn stage_column(Column&& c, std::size_t rows) {
    StagedColumn s;
    if (c.kind == Column::Kind::text) {
        s = stage_texts(std::move(c.name), c.texts);
    } else {
        s.name = std::move(c.name);
        s.kind = c.kind;
        s.numbers = std::move(c.numbers);
        s.scales = std::move(c.scales);
        if (c.kind == Column::Kind::value) {
            TextsMade made(rows);
            for (std::size_t r = 0; r < rows; ++r) {
                made.begin_row();
                if (c.has(r)) append_value(made.heap, c.values[r]);
            }
            made.into(s);
        }
    }
    s.fixed = c.fixed;
    s.present = std::move(c.present);
    return s;
}

void JoinedKind::join(Column::Kind other, bool other_fixed) {
    using Kind = Column::Kind;
    if (other == Kind::empty) return;
    if (kind == Kind::empty) {
        kind = other;
        fixed = other_fixed;
        return;
    }
    if (kind == other) {
        fixed |= other_fixed;
        return;
    }
    const auto numeric = [](Kind k) { return k == Kind::integer || k == Kind::decimal; };
    if (fixed || other_fixed || kind == Kind::value || other == Kind::value)
        kind = Kind::value;
    else if (numeric(kind) && numeric(other))
        kind = Kind::decimal;
    else if ((kind == Kind::real && numeric(other)) || (other == Kind::real && numeric(kind)))
        kind = Kind::real;
    else
        kind = Kind::text;
    fixed |= other_fixed;
}

void convert(StagedColumn& c, JoinedKind to, std::size_t rows) {
    using Kind = Column::Kind;
    if (c.kind == Kind::empty) return;
    Kind target = to.kind;
    if (target == Kind::decimal && c.kind == Kind::decimal) {
        // Beyond 53 bits a mantissa and a scale no longer give the nearest double by one division.
        for (std::size_t r = 0; r < rows; ++r)
            if (c.has(r) && (std::llabs(c.numbers[r]) >= kExact / 1000 || c.scales[r] > 15))
                target = Kind::real;
    }
    if (c.kind == target) return;
    StagedColumn out;
    out.name = std::move(c.name);
    out.kind = target;
    out.present = c.present;
    if (target == Kind::decimal && c.kind == Kind::integer) {
        bool exact = true;
        for (std::size_t r = 0; r < rows; ++r)
            exact &= !c.has(r) || std::llabs(c.numbers[r]) < kExact / 1000;
        if (exact) {
            out.numbers = std::move(c.numbers);
            out.scales = std::vector<std::uint8_t>(rows, 0);
            c = std::move(out);
            return;
        }
        out.kind = target = Kind::real;
    }
    if (target == Kind::real) {
        out.numbers = std::vector<std::int64_t>(rows, 0);
        for (std::size_t r = 0; r < rows; ++r) {
            if (!c.has(r)) continue;
            const double d = c.kind == Kind::integer ? static_cast<double>(c.numbers[r])
                                                     : decimal_to_double(c.numbers[r], c.scales[r]);
            out.numbers[r] = std::bit_cast<std::int64_t>(d);
        }
    } else {
        TextsMade made(rows);
        for (std::size_t r = 0; r < rows; ++r) {
            made.begin_row();
            if (!c.has(r)) continue;
            if (target == Kind::text)
                made.heap += c.text(r);
            else
                append_value(made.heap, c.value(r));
        }
        made.into(out);
    }
    c = std::move(out);
}

void keep_rows(StagedColumn& c, std::span<const std::uint8_t> keep, std::size_t rows) {
    const auto squeeze = [&](auto& array) {
        auto kept = array.take();
        keep_rows(kept, keep);
        array = std::move(kept);
    };
    squeeze(c.present);
    squeeze(c.numbers);
    squeeze(c.scales);
    if (c.offsets.empty()) return;
    TextsMade made(rows);
    for (std::size_t r = 0; r < rows; ++r) {
        if (keep[r] == 0) continue;
        made.begin_row();
        made.heap += c.bytes(r);
    }
    made.into(c);
}

ColumnSource source_of(const StagedColumn& c, std::uint32_t number) {
    ColumnSource s;
    s.column = number;
    switch (c.kind) {
        case Column::Kind::empty:
        case Column::Kind::integer: s.kind = Encoding::integer; break;
        case Column::Kind::boolean: s.kind = Encoding::boolean; break;
        case Column::Kind::decimal: s.kind = Encoding::decimal; break;
        case Column::Kind::real: s.kind = Encoding::real; break;
        case Column::Kind::date: s.kind = Encoding::date; break;
        case Column::Kind::text: s.kind = Encoding::text; break;
        case Column::Kind::value: s.kind = Encoding::value; break;
    }
    s.numbers = c.numbers.data();
    s.scales = c.scales.empty() ? nullptr : c.scales.data();
    s.heap = c.heap.data();
    s.offsets = c.offsets.data();
    s.present = c.present.empty() ? nullptr : c.present.data();
    return s;
}

bool fits_inline(const StagedColumn& c, std::size_t rows) {
    if (c.offsets.empty()) return true;
    for (std::size_t r = 0; r < rows; ++r)
        if (c.offsets[r + 1] - c.offsets[r] > kLongestCell) return false;
    return true;
}

bool fits_inline(const std::vector<StagedColumn>& columns, std::size_t rows) {
    if (columns.size() > 24) return false;
    std::vector<std::size_t> total(rows, 0);
    for (const StagedColumn& c : columns) {
        if (c.offsets.empty()) continue;
        for (std::size_t r = 0; r < rows; ++r) {
            const std::size_t n = c.offsets[r + 1] - c.offsets[r];
            if (n > kLongestCell) return false;
            total[r] += n;
        }
    }
    for (const std::size_t n : total)
        if (n > 2400) return false;
    return true;
}

void append_cells(const std::vector<StagedColumn>& columns, std::size_t row, Dictionary& dictionary,
                  Row& out) {
    for (const StagedColumn& c : columns) {
        if (!c.has(row)) continue;
        const std::uint32_t number = column::kFirstProperty + dictionary.property(c.name).value;
        OwnedCell cell;
        cell.column = number;
        switch (c.kind) {
            case Column::Kind::decimal:
                cell.kind = Encoding::decimal;
                cell.scale = c.scales[row];
                cell.number = c.numbers[row];
                break;
            case Column::Kind::value: cell = cell_of(number, c.value(row)); break;
            case Column::Kind::text:
                cell.kind = Encoding::text;
                cell.bytes = c.bytes(row);
                break;
            default: cell = cell_of(number, c.value(row)); break;
        }
        out.cells.push_back(std::move(cell));
    }
    std::sort(out.cells.begin(), out.cells.end(),
              [](const OwnedCell& a, const OwnedCell& b) { return a.column < b.column; });
}

// --- keys ---

KeyMap::KeyMap() : slots_(1024), mask_(1023) {}

std::uint64_t KeyMap::hash(std::string_view key) { return XXH3_64bits(key.data(), key.size()); }

namespace {

/// At most eight bytes, zeros behind them, as memcpy() would put them there; a call for so few takes longer.
std::uint64_t word_of(const char* p, std::size_t n) {
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little) {
        if (n >= 4) {
            std::uint32_t low = 0, high = 0;
            std::memcpy(&low, p, 4);
            std::memcpy(&high, p + n - 4, 4);
            return low | std::uint64_t{high} << (8 * (n - 4));
        }
    }
    for (std::size_t i = 0; i < n; ++i) reinterpret_cast<char*>(&word)[i] = p[i];
    return word;
}

}  // namespace

KeyMap::Slot KeyMap::probe(std::string_view key, std::uint64_t h) {
    if (key.size() > 8) return {h, 0, kLong};
    Slot s;
    s.word = word_of(key.data(), key.size());
    s.where = static_cast<std::uint32_t>(key.size());
    return s;
}

bool KeyMap::same(const Slot& slot, const Slot& wanted, std::string_view key) const {
    if (slot.word != wanted.word) return false;
    if ((wanted.where & kLong) == 0) return slot.where == wanted.where;
    if ((slot.where & kLong) == 0) return false;
    const auto& [offset, length] = long_[slot.where ^ kLong];
    return std::string_view(arena_).substr(offset, length) == key;
}

void KeyMap::reserve(std::size_t keys) {
    while (slots_.size() < keys * 2) grow();
}

void KeyMap::grow() {
    std::vector<Slot> slots(slots_.size() * 2);
    mask_ = slots.size() - 1;
    for (const Slot& s : slots_) {
        if (s.number == 0) continue;
        std::uint64_t h = s.word;
        if ((s.where & kLong) == 0) {
            char key[8];
            std::memcpy(key, &s.word, 8);
            h = hash({key, s.where});
        }
        std::uint64_t at = h & mask_;
        while (slots[at].number != 0) at = (at + 1) & mask_;
        slots[at] = s;
    }
    slots_ = std::move(slots);
}

std::uint32_t KeyMap::find(std::string_view key, std::uint64_t h) const {
    const Slot wanted = probe(key, h);
    for (std::uint64_t at = h & mask_; slots_[at].number != 0; at = (at + 1) & mask_)
        if (same(slots_[at], wanted, key)) return slots_[at].number;
    return 0;
}

std::uint32_t KeyMap::insert(std::string_view key, std::uint32_t number, std::uint64_t h) {
    if (size_ * 2 >= slots_.size()) grow();
    Slot wanted = probe(key, h);
    std::uint64_t at = h & mask_;
    for (; slots_[at].number != 0; at = (at + 1) & mask_)
        if (same(slots_[at], wanted, key)) return slots_[at].number;
    if (wanted.where == kLong) {
        wanted.where = kLong | static_cast<std::uint32_t>(long_.size());
        long_.emplace_back(arena_.size(), static_cast<std::uint32_t>(key.size()));
        arena_ += key;
    }
    wanted.number = number;
    slots_[at] = wanted;
    ++size_;
    return number;
}

}  // namespace entente::storage
