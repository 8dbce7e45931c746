// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

#include "core/model/batch.hpp"
#include "importers/name_memo.hpp"

namespace entente::importers {

/// The properties of a batch's rows, of which each row has a few of very many. Rows come in ascending order.
class SparseColumns {
public:
    /// Texts must live until the batch is staged; an empty one is none. A name that the row has already gets
    /// the later value.
    void put(std::uint32_t row, std::string_view name, std::string_view text);
    void put(std::uint32_t row, std::string_view name, Value value);
    /// The row has no such value after all.
    void drop(std::uint32_t row, std::string_view name);
    /// The columns by name, for so many rows; all is as new afterwards.
    [[nodiscard]] std::vector<Column> take(std::size_t rows);

private:
    struct Cell {
        std::uint32_t row = 0;
        std::string_view text;  ///< or, without data:
        std::uint32_t value = 0;  ///< index into the values
    };
    struct Cells {
        std::string name;
        std::vector<Cell> cells;
        bool values = false;  ///< not texts alone
    };
    Cells& column(std::string_view name);
    static Cell& cell(Cells& column, std::uint32_t row);
    void fill(Column& out, const Cells& from, std::size_t rows);

    std::deque<Cells> columns_;
    tsl::robin_map<std::string_view, Cells*> known_;
    NameMemo<Cells*> recent_;
    std::vector<Value> values_;
};

}  // namespace entente::importers
