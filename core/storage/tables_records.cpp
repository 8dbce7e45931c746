// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "core/error.hpp"
#include "core/storage/tables.hpp"
#include "core/storage/value_codec.hpp"

namespace entente::storage {
namespace {

/// A row with more cells than this keeps only the first ones as columns.
constexpr std::size_t kMostCells = 40;
/// A row's texts and values together take at most this much of a block.
constexpr std::size_t kMostBytes = 2400;
/// In a block of many columns, those with a value in fewer rows than one in this many go to the rest.
constexpr std::size_t kSparse = 4;

bool textual(Encoding e) { return e >= Encoding::words; }

bool is_blob_mark(const Cell& c) {
    return c.kind == Encoding::value && c.bytes.size() == 1 &&
           static_cast<std::uint8_t>(c.bytes[0]) == kBlobMark;
}
bool is_blob_mark(const OwnedCell& c) { return is_blob_mark(c.view()); }

std::optional<Cell> in_rest(std::string_view bytes, std::uint32_t column) {
    std::optional<Cell> found;
    for_each_rest(bytes, [&](const Cell& c) {
        if (c.column == column) found = c;
        return !found;
    });
    return found;
}

}  // namespace

const OwnedCell* Row::find(std::uint32_t column) const {
    const auto at = std::lower_bound(cells.begin(), cells.end(), column,
                                     [](const OwnedCell& c, std::uint32_t n) { return c.column < n; });
    return at != cells.end() && at->column == column ? &*at : nullptr;
}

OwnedCell owned(const Cell& cell) {
    return {cell.column, cell.kind == Encoding::words ? Encoding::text : cell.kind, cell.scale,
            cell.number, std::string(cell.bytes)};
}

OwnedCell cell_of(std::uint32_t column, const Value& value) {
    OwnedCell cell;
    cell.column = column;
    switch (value.kind()) {
        case Value::Kind::integer:
            cell.number = value.integer();
            return cell;
        case Value::Kind::boolean:
            cell.kind = Encoding::boolean;
            cell.number = value.boolean() ? 1 : 0;
            return cell;
        case Value::Kind::date:
            cell.kind = Encoding::date;
            cell.number = value.date().code();
            return cell;
        case Value::Kind::text:
            cell.kind = Encoding::text;
            cell.bytes = value.text();
            return cell;
        case Value::Kind::real: {
            const double d = value.real();
            if (std::abs(d) < 1e9 && !(d == 0 && std::signbit(d))) {
                double power = 1;
                for (std::uint8_t scale = 0; scale <= 6; ++scale, power *= 10) {
                    const double m = std::round(d * power);
                    if (m / power == d) {
                        cell.kind = Encoding::decimal;
                        cell.scale = scale;
                        cell.number = static_cast<std::int64_t>(m);
                        return cell;
                    }
                }
            }
            cell.kind = Encoding::real;
            cell.number = std::bit_cast<std::int64_t>(d);
            return cell;
        }
        default:
            cell.kind = Encoding::value;
            append_value(cell.bytes, value);
            return cell;
    }
}

std::string blob_key(Table table, std::uint64_t id, std::uint32_t column) {
    std::string key(1, static_cast<char>(Table::blobs));
    key.push_back(static_cast<char>(table));
    append_big_endian(key, id, kRecordKeyBytes);
    append_big_endian(key, column, 4);
    return key;
}

std::string_view Tables::blob(Table table, std::uint64_t id, std::uint32_t column) const {
    const auto found = get(blob_key(table, id, column));
    if (!found) throw_corrupt("a long value is missing");
    return *found;
}

Tables::LocatedRecords Tables::locate(Table table, std::uint64_t id) const {
    settle_to_read(table);
    return locate_written(table, id);
}

Tables::LocatedRecords Tables::locate_written(Table table, std::uint64_t id) const {
    const std::string key = record_key(table, id);
    const auto entry = transaction_.seek(key);
    if (!entry || entry->key.size() != key.size() || entry->key.front() != key.front())
        throw_corrupt("a block of records is missing");
    verify(entry->key, entry->value, nullptr);
    LocatedRecords found{RecordBlock(entry->value.data),
                         read_big_endian(
                             reinterpret_cast<const std::uint8_t*>(entry->key.data()) + 1,
                             kRecordKeyBytes)};
    if (id != 0 && found.block.lower() >= id) throw_corrupt("a block of records is missing");
    return found;
}

std::optional<Cell> Tables::cell(Table table, const RecordBlock& block, std::uint32_t index,
                                 std::uint64_t id, std::uint32_t column) const {
    auto found = block.cell(column, index);
    if (!found || !is_blob_mark(*found)) return found;
    if (found->column == column) {
        resolve(table, id, *found);
        return found;
    }
    return in_rest(blob(table, id, column::kRest).substr(1), column);
}

std::optional<Cell> Tables::cell(Table table, const Row& waiting, std::uint32_t column) const {
    if (const OwnedCell* own = waiting.find(column)) {
        Cell found = own->view();
        if (is_blob_mark(found)) resolve(table, waiting.id, found);
        return found;
    }
    const OwnedCell* rest = waiting.find(column::kRest);
    if (rest == nullptr) return std::nullopt;
    Cell all = rest->view();
    if (is_blob_mark(all)) resolve(table, waiting.id, all);
    return in_rest(all.bytes, column);
}

std::optional<Cell> Tables::cell(Table table, std::uint64_t id, std::uint32_t column) const {
    if (const Row* row = waiting(table, id)) return cell(table, *row, column);
    const LocatedRecords found = locate_written(table, id);
    const std::uint32_t index = found.block.find(id);
    if (index >= found.block.rows()) return std::nullopt;
    return cell(table, found.block, index, id, column);
}

void Tables::resolve(Table table, std::uint64_t id, Cell& cell) const {
    // A blob holds the encoding that the cell has by rights, then its bytes.
    const std::string_view content = blob(table, id, cell.column);
    if (content.empty()) throw_corrupt("a long value is empty");
    cell.kind = static_cast<Encoding>(content.front());
    cell.bytes = content.substr(1);
}

void Tables::expand(Table table, std::vector<Cell>& cells, Row& out) const {
    out.cells.clear();
    for (Cell& c : cells) {
        if (is_blob_mark(c)) resolve(table, out.id, c);
        if (c.column == column::kRest)
            for_each_rest(c.bytes, [&](const Cell& inner) {
                out.cells.push_back(owned(inner));
                return true;
            });
        else
            out.cells.push_back(owned(c));
    }
    std::sort(out.cells.begin(), out.cells.end(),
              [](const OwnedCell& a, const OwnedCell& b) { return a.column < b.column; });
}

void Tables::expand(Table table, const RecordBlock& block, std::uint32_t index, Row& out) const {
    std::vector<Cell> cells;
    block.cells(index, cells);
    out.id = block.id(index);
    expand(table, cells, out);
}

std::optional<Row> Tables::row(Table table, std::uint64_t id) const {
    Row out;
    out.id = id;
    if (const Row* row = waiting(table, id)) {
        std::vector<Cell> cells;
        cells.reserve(row->cells.size());
        for (const OwnedCell& c : row->cells) cells.push_back(c.view());
        expand(table, cells, out);
        return out;
    }
    const LocatedRecords found = locate_written(table, id);
    const std::uint32_t index = found.block.find(id);
    if (index >= found.block.rows()) return std::nullopt;
    expand(table, found.block, index, out);
    return out;
}

std::int64_t Tables::make_room(Table table, Row& row) {
    std::int64_t blobs = 0;
    const auto move_out = [&](OwnedCell& c) {
        std::string content(1, static_cast<char>(c.kind));
        content += c.bytes;
        const std::string key = blob_key(table, row.id, c.column);
        if (!transaction_.get(key)) ++blobs;
        put(key, content);
        c.kind = Encoding::value;
        c.bytes.assign(1, static_cast<char>(kBlobMark));
    };
    if (row.cells.size() > kMostCells) {
        OwnedCell rest;
        rest.column = column::kRest;
        rest.kind = Encoding::value;
        std::vector<OwnedCell> kept;
        for (OwnedCell& c : row.cells) {
            if (kept.size() < kMostCells / 2 || c.column < column::kFirstProperty)
                kept.push_back(std::move(c));
            else
                append_rest(rest.bytes, c.view());
        }
        kept.push_back(std::move(rest));
        std::sort(kept.begin(), kept.end(),
                  [](const OwnedCell& a, const OwnedCell& b) { return a.column < b.column; });
        row.cells = std::move(kept);
    }
    std::size_t total = 0;
    for (OwnedCell& c : row.cells) {
        if (c.bytes.size() > kLongestCell) move_out(c);
        total += c.bytes.size();
    }
    while (total > kMostBytes) {
        auto longest = std::max_element(
            row.cells.begin(), row.cells.end(),
            [](const OwnedCell& a, const OwnedCell& b) { return a.bytes.size() < b.bytes.size(); });
        total -= longest->bytes.size() - 1;
        move_out(*longest);
    }
    return blobs;
}

std::int64_t Tables::put(Table table, std::vector<Row> rows) {
    std::int64_t blobs = 0;
    std::vector<Row> merged;
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < rows.size();) {
        const LocatedRecords found = locate(table, rows[i].id);
        const std::uint64_t lower = found.block.lower(), upper = found.upper;
        merged.clear();
        merged.reserve(found.block.rows() + 1);
        // Rows that stay are taken over as they lie, blob marks and all.
        const auto keep = [&](std::uint32_t index) {
            Row r;
            r.id = found.block.id(index);
            found.block.cells(index, cells);
            r.cells.reserve(cells.size());
            for (const Cell& c : cells) r.cells.push_back(owned(c));
            std::sort(r.cells.begin(), r.cells.end(),
                      [](const OwnedCell& a, const OwnedCell& b) { return a.column < b.column; });
            merged.push_back(std::move(r));
        };
        std::uint32_t at = 0;
        std::vector<std::size_t> fresh;
        std::vector<std::pair<std::uint64_t, std::uint32_t>> stale;
        for (; i < rows.size() && rows[i].id <= upper; ++i) {
            while (at < found.block.rows() && found.block.id(at) < rows[i].id) keep(at++);
            if (at < found.block.rows() && found.block.id(at) == rows[i].id) {
                found.block.cells(at, cells);
                for (const Cell& c : cells)
                    if (is_blob_mark(c)) stale.emplace_back(rows[i].id, c.column);
                ++at;
            }
            fresh.push_back(merged.size());
            merged.push_back(std::move(rows[i]));
        }
        while (at < found.block.rows()) keep(at++);
        for (const auto& [id, column] : stale)
            if (erase(blob_key(table, id, column))) --blobs;
        for (const std::size_t f : fresh) blobs += make_room(table, merged[f]);
        write_records(table, merged, lower, upper);
    }
    return blobs;
}

bool Tables::has_blobs(Table table, std::uint64_t id) const {
    if (const Row* row = waiting(table, id))
        return std::any_of(row->cells.begin(), row->cells.end(), [](const OwnedCell& c) { return is_blob_mark(c); });
    const LocatedRecords found = locate_written(table, id);
    const std::uint32_t index = found.block.find(id);
    if (index >= found.block.rows()) return false;
    std::vector<Cell> cells;
    found.block.cells(index, cells);
    return std::any_of(cells.begin(), cells.end(), [](const Cell& c) { return is_blob_mark(c); });
}

std::int64_t Tables::put_later(Table table, Row row, bool is_new) {
    // what was moved out for the row that this one replaces would have to go first
    if (!is_new && has_blobs(table, row.id)) {
        std::vector<Row> one;
        one.push_back(std::move(row));
        return put(table, std::move(one));
    }
    const std::int64_t blobs = make_room(table, row);
    waiting_.add(table, std::move(row));
    if (waiting_.full()) settle();
    return blobs;
}

std::uint64_t Tables::open_tail(Table table, std::uint64_t last) {
    const LocatedRecords found = locate(table, kLastRecord);
    const std::uint64_t lower = found.block.lower();
    std::vector<Row> rows;
    for (std::uint32_t i = 0; i < found.block.rows(); ++i) {
        rows.emplace_back();
        rows.back().id = found.block.id(i);
        std::vector<Cell> cells;
        found.block.cells(i, cells);
        for (const Cell& c : cells) rows.back().cells.push_back(owned(c));
        std::sort(rows.back().cells.begin(), rows.back().cells.end(),
                  [](const OwnedCell& a, const OwnedCell& b) { return a.column < b.column; });
    }
    transaction_.erase(record_key(table, kLastRecord));
    if (rows.empty()) return lower;
    write_records(table, rows, lower, last);
    return last;
}

void Tables::write_records(Table table, const std::vector<Row>& rows, std::uint64_t lower,
                           std::uint64_t upper) {
    encode_rows(*encoder_, table, rows, lower, upper,
                [&](std::string_view key, std::string_view block) { transaction_.put(key, block); });
}

namespace {

struct Staged {
    Encoding kind = Encoding::integer;
    std::vector<std::int64_t> numbers;
    std::vector<std::uint8_t> scales, present;
    std::string heap;
    std::vector<std::uint32_t> offsets;
};

void encode_span(RecordEncoder& encoder, Table table, std::span<const Row> rows,
                 std::uint64_t lower, std::uint64_t upper,
                 const std::function<void(std::string_view, std::string_view)>& write) {
    std::vector<std::uint64_t> ids;
    // A column whose cells are of several kinds in this span is held as values.
    struct Use {
        std::size_t rows = 0;
        Encoding kind = Encoding::integer;
        bool mixed = false;
        bool marked = false;  ///< a mark names its blob by its column, so it must keep one
    };
    std::map<std::uint32_t, Use> uses;
    for (const Row& r : rows) {
        ids.push_back(r.id);
        for (const OwnedCell& c : r.cells) {
            Use& u = uses[c.column];
            if (u.rows++ == 0) u.kind = c.kind;
            u.mixed |= u.kind != c.kind;
            u.marked |= is_blob_mark(c);
        }
    }
    std::map<std::uint32_t, Staged> staged;
    std::vector<std::string> rest(rows.size());
    bool any_rest = false;
    // A rest that lies in a blob cannot take in further cells.
    const bool crowded = uses.size() > 24 && std::none_of(rows.begin(), rows.end(), [](const Row& r) {
        const OwnedCell* c = r.find(column::kRest);
        return c != nullptr && is_blob_mark(*c);
    });
    for (const auto& [column, use] : uses) {
        if (column == column::kRest) {
            any_rest = true;
            continue;
        }
        if (crowded && !use.marked && column >= column::kFirstProperty &&
            use.rows * kSparse < rows.size())
            continue;
        Staged& s = staged[column];
        s.kind = use.mixed ? Encoding::value : use.kind;
        s.present.assign(rows.size(), 0);
        if (textual(s.kind))
            s.offsets.assign(rows.size() + 1, 0);
        else
            s.numbers.assign(rows.size(), 0);
        if (s.kind == Encoding::decimal) s.scales.assign(rows.size(), 0);
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (auto& [column, s] : staged)
            if (textual(s.kind)) s.offsets[r] = static_cast<std::uint32_t>(s.heap.size());
        for (const OwnedCell& c : rows[r].cells) {
            const auto at = staged.find(c.column);
            if (at == staged.end()) {
                if (c.column == column::kRest)
                    rest[r] = c.bytes + rest[r];
                else
                    append_rest(rest[r], c.view());
                any_rest = true;
                continue;
            }
            Staged& s = at->second;
            s.present[r] = 1;
            if (!textual(s.kind)) {
                s.numbers[r] = c.number;
                if (s.kind == Encoding::decimal) s.scales[r] = c.scale;
            } else if (s.kind == Encoding::value && c.kind != Encoding::value) {
                append_value(s.heap, value_of(c.view()));
            } else {
                s.heap += c.bytes;
            }
        }
    }
    for (auto& [column, s] : staged)
        if (textual(s.kind)) s.offsets[rows.size()] = static_cast<std::uint32_t>(s.heap.size());
    if (any_rest) {
        Staged& s = staged[column::kRest];
        s.kind = Encoding::value;
        s.offsets.assign(rows.size() + 1, 0);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            s.present.push_back(rest[r].empty() ? 0 : 1);
            s.offsets[r] = static_cast<std::uint32_t>(s.heap.size());
            s.heap += rest[r];
        }
        s.offsets[rows.size()] = static_cast<std::uint32_t>(s.heap.size());
    }
    std::vector<ColumnSource> columns;
    for (const auto& [column, s] : staged) {
        ColumnSource c;
        c.column = column;
        c.kind = s.kind;
        c.numbers = s.numbers.data();
        c.scales = s.scales.empty() ? nullptr : s.scales.data();
        c.heap = s.heap.data();
        c.offsets = s.offsets.data();
        if (std::find(s.present.begin(), s.present.end(), 0) != s.present.end())
            c.present = s.present.data();
        columns.push_back(c);
    }
    std::string key, block;
    std::size_t at = 0;
    while (at < rows.size()) {
        at = encoder.encode(table, columns, ids.data(), 0, at, rows.size(), lower, upper, key, block);
        write(key, block);
        lower = ids[at - 1];
    }
}

}  // namespace

void encode_rows(RecordEncoder& encoder, Table table, std::span<const Row> rows, std::uint64_t lower,
                 std::uint64_t upper,
                 const std::function<void(std::string_view key, std::string_view block)>& write) {
    if (rows.empty()) {
        const std::string key = record_key(table, upper);
        std::string block(32 + kSlack, '\0');
        auto* p = reinterpret_cast<std::uint8_t*>(block.data());
        store64(p + 8, lower);
        store32(p, checksum(key, p, block.size()));
        write(key, block);
        return;
    }
    encode_span(encoder, table, rows, lower, upper, write);
}

}  // namespace entente::storage
