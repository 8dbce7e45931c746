// SPDX-License-Identifier: MIT
#include "core/storage/record_block.hpp"

#include <array>
#include <bit>
#include <charconv>

#include "core/storage/bits.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {

// checksum u32 | rows u16 | columns u16 | lower u64 | first id u64 | id width u8, 3 zeros |
// offset of ids u16, 0 u16 | directory[columns] | payloads | slack
//
// directory entry: column u32 | encoding u8 | width u8 | shift u8 | scale u7, optional u1 | min i64 |
// offset u16 | 0 u16
namespace layout {
constexpr std::size_t kHeader = 32;
constexpr std::size_t kEntry = 20;
}  // namespace layout

std::string record_key(Table table, std::uint64_t upper) {
    std::string key(1, static_cast<char>(table));
    append_big_endian(key, upper, kRecordKeyBytes);
    return key;
}

double decimal_value(std::int64_t mantissa, std::uint8_t scale) {
    static constexpr std::array<double, 23> kPowers = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    // Both operands are exact below 2^53 and 10^22, so the quotient is correctly rounded; writers
    // keep to that.
    return static_cast<double>(mantissa) / kPowers[scale < 23 ? scale : 22];
}

double decimal_to_double(std::int64_t mantissa, std::uint8_t scale) {
    constexpr std::int64_t kExact = std::int64_t{1} << 53;
    if (mantissa > -kExact && mantissa < kExact && scale <= 22) return decimal_value(mantissa, scale);
    const std::string text = std::to_string(mantissa) + "e-" + std::to_string(scale);
    double out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

Value value_of(const Cell& cell) {
    switch (cell.kind) {
        case Encoding::integer: return cell.number;
        case Encoding::decimal: return decimal_value(cell.number, cell.scale);
        case Encoding::real: return std::bit_cast<double>(cell.number);
        case Encoding::boolean: return cell.number != 0;
        case Encoding::date: return Date::from_code(cell.number);
        case Encoding::words:
        case Encoding::text: return cell.bytes;
        case Encoding::value: {
            ByteReader in(cell.bytes);
            return read_value(in);
        }
    }
    throw_corrupt("a column has no known encoding");
}

RecordBlock::RecordBlock(const std::uint8_t* value)
    : value_(value), rows_(load16(value + 4)), columns_(load16(value + 6)) {}

bool RecordBlock::valid(const std::uint8_t* value, std::size_t size) {
    if (size < layout::kHeader + kSlack || size > kBlockBytes) return false;
    const std::size_t rows = load16(value + 4), columns = load16(value + 6);
    if (layout::kHeader + columns * layout::kEntry + kSlack > size) return false;
    const std::size_t room = size - kSlack;
    const unsigned id_width = value[24];
    const std::size_t id_offset = load16(value + 28);
    if (id_width > kMaxWidth || id_offset + packed_bytes(rows, id_width) > room) return false;
    for (std::size_t i = 0; i < columns; ++i) {
        const std::uint8_t* e = value + layout::kHeader + i * layout::kEntry;
        const unsigned width = e[5];
        std::size_t offset = load16(e + 16);
        if ((e[7] & 0x80) != 0) offset += (rows + 7) / 8;
        if (width > 64 || (width > kMaxWidth && width != 64)) return false;
        const auto encoding = static_cast<Encoding>(e[4]);
        if (encoding > Encoding::value || offset > room) return false;
        if (encoding == Encoding::words) {
            if (offset + 2 > room) return false;
            const std::size_t distinct = load16(value + offset);
            std::size_t at = offset + 2 + (distinct + 1) * 2;
            if (at > room) return false;
            std::size_t before = 0;
            for (std::size_t d = 0; d <= distinct; ++d) {
                const std::size_t end = load16(value + offset + 2 + 2 * d);
                if (end < before || at + end > room) return false;
                before = end;
            }
            at += before;
            if (at + packed_bytes(rows, width) > room) return false;
            for (std::size_t r = 0; r < rows; ++r)
                if (unpack(value + at, r, width) >= distinct) return false;
        } else if (encoding == Encoding::text || encoding == Encoding::value) {
            const std::size_t heap = offset + packed_bytes(rows + 1, width);
            if (heap > room) return false;
            std::size_t before = 0;
            for (std::size_t r = 0; r <= rows; ++r) {
                const std::size_t end = unpack(value + offset, r, width);
                if (end < before || heap + end > room) return false;
                before = end;
            }
        } else if (offset + packed_bytes(rows, width) > room) {
            return false;
        }
    }
    return true;
}

std::uint64_t RecordBlock::lower() const { return load64(value_ + 8); }

std::uint64_t RecordBlock::id(std::size_t row) const {
    const unsigned width = value_[24];
    const std::uint64_t first = load64(value_ + 16);
    return width == 0 ? first + row : first + unpack(value_ + load16(value_ + 28), row, width);
}

std::uint32_t RecordBlock::find(std::uint64_t id_wanted) const {
    const std::uint64_t first = load64(value_ + 16);
    if (rows_ == 0 || id_wanted < first) return rows_;
    if (value_[24] == 0)
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(id_wanted - first, rows_));
    std::uint32_t low = 0, high = rows_;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (id(middle) < id_wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rows_ && id(low) == id_wanted ? low : rows_;
}

RecordBlock::ColumnView RecordBlock::view(std::uint32_t index) const {
    const std::uint8_t* e = value_ + layout::kHeader + index * layout::kEntry;
    ColumnView c;
    c.column = load32(e);
    c.encoding = static_cast<Encoding>(e[4]);
    c.width = e[5];
    c.shift = e[6];
    c.scale = e[7] & 0x7f;
    c.optional = (e[7] & 0x80) != 0;
    c.min = static_cast<std::int64_t>(load64(e + 8));
    c.data = value_ + load16(e + 16);
    return c;
}

std::optional<RecordBlock::ColumnView> RecordBlock::find_column(std::uint32_t column) const {
    for (std::uint32_t i = 0; i < columns_; ++i)
        if (load32(value_ + layout::kHeader + i * layout::kEntry) == column) return view(i);
    return std::nullopt;
}

namespace {
const std::uint8_t* payload(const RecordBlock::ColumnView& c, std::uint32_t rows) {
    return c.data + (c.optional ? (rows + 7) / 8 : 0);
}
}  // namespace

std::int64_t RecordBlock::number(const ColumnView& c, std::size_t row) const {
    const std::uint8_t* data = payload(c, rows_);
    if (c.width == 64) return static_cast<std::int64_t>(load64(data + 8 * row));
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(c.min) +
                                     (unpack(data, row, c.width) << c.shift));
}

std::string_view RecordBlock::bytes(const ColumnView& c, std::size_t row) const {
    const std::uint8_t* data = payload(c, rows_);
    if (c.encoding == Encoding::words) {
        const std::size_t distinct = load16(data);
        const std::uint8_t* ends = data + 2;
        const std::uint8_t* heap = ends + (distinct + 1) * 2;
        const std::size_t total = load16(ends + 2 * distinct);
        const std::size_t i = unpack(heap + total, row, c.width);
        const std::size_t from = load16(ends + 2 * i), to = load16(ends + 2 * (i + 1));
        return {reinterpret_cast<const char*>(heap + from), to - from};
    }
    const std::uint8_t* heap = data + packed_bytes(rows_ + 1, c.width);
    const std::size_t from = unpack(data, row, c.width), to = unpack(data, row + 1, c.width);
    return {reinterpret_cast<const char*>(heap + from), to - from};
}

Cell RecordBlock::cell_of(const ColumnView& c, std::size_t row) const {
    Cell cell;
    cell.column = c.column;
    cell.kind = c.encoding == Encoding::words ? Encoding::text : c.encoding;
    cell.scale = c.scale;
    if (c.encoding >= Encoding::words)
        cell.bytes = bytes(c, row);
    else
        cell.number = number(c, row);
    if (cell.kind == Encoding::value && cell.column != column::kRest && is_text_value(cell.bytes)) {
        // beside cells of other kinds a text is held as a value; it is a text all the same
        cell.kind = Encoding::text;
        cell.bytes = text_in_value(cell.bytes);
    }
    return cell;
}

std::optional<Cell> RecordBlock::cell(std::uint32_t column, std::size_t row) const {
    if (const auto c = find_column(column); c && c->has(row)) return cell_of(*c, row);
    if (column < column::kFirstProperty) return std::nullopt;
    const auto rest = find_column(column::kRest);
    if (!rest || !rest->has(row)) return std::nullopt;
    const std::string_view packed = bytes(*rest, row);
    if (!packed.empty() && static_cast<std::uint8_t>(packed.front()) == kBlobMark)
        return cell_of(*rest, row);  // the caller fetches the blob and looks in it
    std::optional<Cell> found;
    for_each_rest(packed, [&](const Cell& cell) {
        if (cell.column == column) found = cell;
        return !found;
    });
    return found;
}

void RecordBlock::cells(std::size_t row, std::vector<Cell>& out) const {
    out.clear();
    for (std::uint32_t i = 0; i < columns_; ++i) {
        const ColumnView c = view(i);
        if (c.has(row)) out.push_back(cell_of(c, row));
    }
}

// kind u8 | column varint | number zigzag varint or text
void append_rest(std::string& out, const Cell& cell) {
    out.push_back(static_cast<char>(cell.kind));
    append_varint(out, cell.column);
    switch (cell.kind) {
        case Encoding::words:
        case Encoding::text:
        case Encoding::value: append_text(out, cell.bytes); break;
        case Encoding::decimal: out.push_back(static_cast<char>(cell.scale)); [[fallthrough]];
        default: append_varint(out, zigzag(cell.number)); break;
    }
}

void for_each_rest(std::string_view bytes, const std::function<bool(const Cell&)>& visit) {
    ByteReader in(bytes);
    while (!in.done()) {
        Cell cell;
        cell.kind = static_cast<Encoding>(in.byte());
        if (cell.kind > Encoding::value) throw_corrupt("a cell has no known encoding");
        cell.column = static_cast<std::uint32_t>(in.varint());
        switch (cell.kind) {
            case Encoding::words:
            case Encoding::text:
            case Encoding::value: cell.bytes = in.text(); break;
            case Encoding::decimal: cell.scale = in.byte(); [[fallthrough]];
            default: cell.number = unzigzag(in.varint()); break;
        }
        if (!visit(cell)) return;
    }
}

}  // namespace entente::storage
