// SPDX-License-Identifier: MIT
#include "core/storage/bulk_tuples.hpp"

namespace entente::storage {

void Blocks::add(std::string_view key, std::string_view value) {
    bytes += key;
    bytes += value;
    pieces.push_back({static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(value.size())});
}

void Blocks::write(Tables& tables) const {
    const std::string_view all = bytes;
    std::size_t at = 0;
    for (const Piece& p : pieces) {
        tables.put_block(all.substr(at, p.key), all.substr(at + p.key, p.value));
        at += p.key + p.value;
    }
}

void encode_stretch(const TupleSchema& schema, std::span<const Tuple> rows, const Tuple& lower,
                    const Tuple* upper, Blocks& out) {
    std::string block;
    Tuple below = lower;
    std::size_t at = 0;
    while (at < rows.size() || (upper != nullptr && rows.empty())) {
        const std::size_t n = rows.empty() ? 0 : tuple_fit(rows.subspan(at), schema);
        const bool last = at + n == rows.size();
        const Tuple above = last && upper != nullptr ? *upper : rows[at + n - 1];
        const std::string key = tuple_key(schema, above);
        encode_tuples(rows.subspan(at, n), schema, below, key, block);
        out.add(key, block);
        below = above;
        at += n;
        if (last) break;
    }
}

Blocks StretchEncoder::take() {
    Blocks blocks;
    encode_full(schema_, rows_, below_, [&](std::string_view key, std::string_view block) { blocks.add(key, block); });
    return blocks;
}

Blocks StretchEncoder::finish(const Tuple* upper) {
    Blocks blocks;
    encode_stretch(schema_, rows_, below_, upper, blocks);
    return blocks;
}

void replace_table(Tables& tables, const TupleSchema& schema, std::span<const Tuple> rows) {
    tables.clear(schema);
    Blocks blocks;
    const Tuple last = greatest(schema);
    encode_stretch(schema, rows, {}, &last, blocks);
    blocks.write(tables);
}

}  // namespace entente::storage
