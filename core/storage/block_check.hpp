// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/storage/layout.hpp"
#include "core/storage/tuple_block.hpp"

namespace entente::storage {

/// Looks at every entry of a file by itself and at how blocks join: known tables, key lengths,
/// checksums, block headers, rows ascending within their fences, and blocks that cover the whole key
/// space of their table without gap or overlap. Entries come in key order. Needs no LMDB.
class BlockCheck {
public:
    /// Problems are appended to `problems`, which stops growing at a hundred.
    explicit BlockCheck(std::vector<std::string>& problems) : problems_(problems) {}
    void entry(std::string_view key, std::string_view value);
    /// After the last entry: is every table there, and whole?
    void finish();
    [[nodiscard]] std::uint64_t blocks() const { return blocks_; }

private:
    void tell(const std::string& problem);
    void begin_table(char table);
    void end_table();
    void tuples(const TupleSchema& schema, std::string_view key, std::string_view value);
    void records(std::string_view key, std::string_view value);

    std::vector<std::string>& problems_;
    std::uint64_t blocks_ = 0;
    std::string seen_;       ///< tables in order
    char table_ = 0;
    bool whole_ = true;      ///< the last block reached the end of its table
    Tuple upper_{};          ///< of the last block
    std::uint64_t upper_record_ = 0;
};

}  // namespace entente::storage
