// SPDX-License-Identifier: MIT
#include "core/storage/block_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/storage/record_block.hpp"

namespace entente::storage {
namespace {

const TupleSchema* schema_of(char table) {
    for (const TupleSchema& s : kTupleTables)
        if (static_cast<char>(s.table) == table) return &s;
    return nullptr;
}

bool is_records(char table) {
    return table == static_cast<char>(Table::actors) ||
           table == static_cast<char>(Table::relationships);
}

/// Lengths of the keys of plain entries; nothing for a table that there is not.
std::optional<std::pair<std::size_t, std::size_t>> plain_key(char table) {
    switch (static_cast<Table>(table)) {
        case Table::state: return {{1, 2}};
        case Table::blobs: return {{11, 11}};
        case Table::change_sets: return {{5, 5}};
        case Table::evidence_detail: return {{11, 11}};
        case Table::history: return {{2, 32}};
        case Table::merges: return {{6, 10}};
        case Table::sources: return {{5, 5}};
        case Table::dictionary: return {{6, 6}};
        default: return std::nullopt;
    }
}

std::string printable(char table) {
    const auto byte = static_cast<unsigned char>(table);
    return byte > 0x20 && byte < 0x7f ? std::string(1, table) : fmt::format("0x{:02x}", byte);
}

}  // namespace

void BlockCheck::tell(const std::string& problem) {
    if (problems_.size() < 100) problems_.push_back(problem);
}

void BlockCheck::begin_table(char table) {
    end_table();
    table_ = table;
    seen_.push_back(table);
    upper_ = {};
    upper_record_ = 0;
    whole_ = schema_of(table) == nullptr && !is_records(table);
}

void BlockCheck::end_table() {
    if (!whole_) tell(fmt::format("the last block of table '{}' is missing", printable(table_)));
    whole_ = true;
}

void BlockCheck::entry(std::string_view key, std::string_view value) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(value.data());
    const char table = key.front();
    if (table != table_) begin_table(table);
    const TupleSchema* schema = schema_of(table);
    const auto plain = plain_key(table);
    if (schema == nullptr && !is_records(table) && !plain)
        return tell(fmt::format("there is no table '{}'", printable(table)));
    if (value.size() < 4 || load32(bytes) != checksum(key, bytes, value.size()))
        return tell(fmt::format("an entry of table '{}' fails its checksum", printable(table)));
    if (plain) {
        if (key.size() < plain->first || key.size() > plain->second)
            tell(fmt::format("a key of table '{}' has the wrong length", printable(table)));
        return;
    }
    ++blocks_;
    if (schema != nullptr)
        tuples(*schema, key, value);
    else
        records(key, value);
}

void BlockCheck::tuples(const TupleSchema& schema, std::string_view key, std::string_view value) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(value.data());
    const std::string name = printable(key.front());
    std::size_t length = 1;
    for (unsigned c = 0; c < schema.columns; ++c) length += schema.bytes[c];
    if (key.size() != length)
        return tell(fmt::format("a key of table '{}' has the wrong length", name));
    if (!TupleBlock::valid(bytes, value.size(), schema))
        return tell(fmt::format("a block of table '{}' has a broken header", name));
    const TupleBlock block(bytes, schema);
    const Tuple upper = tuple_of_key(schema, key), lower = block.lower();
    if (lower != upper_) tell(fmt::format("a block of table '{}' is missing", name));
    const bool first = upper_ == Tuple{};
    upper_ = upper;
    whole_ = upper == greatest(schema);
    Tuple before = lower;
    const Tuple most = greatest(schema);
    for (std::uint32_t i = 0; i < block.rows(); ++i) {
        const Tuple row = block.row(i);
        const bool ascends = before < row || (i == 0 && first && row == Tuple{});
        bool fits = ascends && row <= upper;
        for (unsigned c = 0; c < schema.columns; ++c) fits = fits && row[c] <= most[c];
        if (!fits) return tell(fmt::format("a block of table '{}' is out of order", name));
        before = row;
    }
}

void BlockCheck::records(std::string_view key, std::string_view value) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(value.data());
    const std::string name = printable(key.front());
    if (key.size() != 1 + kRecordKeyBytes)
        return tell(fmt::format("a key of table '{}' has the wrong length", name));
    if (!RecordBlock::valid(bytes, value.size()))
        return tell(fmt::format("a block of table '{}' has a broken header", name));
    const RecordBlock block(bytes);
    if (block.lower() != upper_record_) tell(fmt::format("a block of table '{}' is missing", name));
    upper_record_ = read_big_endian(reinterpret_cast<const std::uint8_t*>(key.data()) + 1,
                                    kRecordKeyBytes);
    whole_ = upper_record_ == kLastRecord;
    std::uint64_t before = block.lower();
    for (std::uint32_t i = 0; i < block.rows(); ++i) {
        const std::uint64_t id = block.id(i);
        if (id <= before || id > upper_record_)
            return tell(fmt::format("a block of table '{}' is out of order", name));
        before = id;
    }
    std::vector<std::uint32_t> columns;
    for (std::uint32_t i = 0; i < block.columns(); ++i) columns.push_back(block.view(i).column);
    std::sort(columns.begin(), columns.end());
    if (std::adjacent_find(columns.begin(), columns.end()) != columns.end())
        tell(fmt::format("a block of table '{}' repeats a column", name));
}

void BlockCheck::finish() {
    end_table();
    const auto expect = [&](char table) {
        if (seen_.find(table) == std::string::npos)
            tell(fmt::format("table '{}' is missing", printable(table)));
    };
    for (const TupleSchema& s : kTupleTables)
        if (s.table != Table::indexed) expect(static_cast<char>(s.table));
    for (const Table t : {Table::state, Table::actors, Table::relationships})
        expect(static_cast<char>(t));
}

}  // namespace entente::storage
